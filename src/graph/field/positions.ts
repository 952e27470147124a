/**
 * Sets of whole numbers along one axis of a map: rows, columns or channels. Most are intervals, and stay two numbers; dilation, stride and
 * shuffles leave holes, and then a mask tells which of lo..hi belong. A set is never empty: where nothing is left there is `null`.
 */
import type { Interval } from '../../math/intervals.ts';

export interface Positions extends Interval {
  /** 1 for each of lo..hi that belongs; null where all do. */
  readonly mask: Uint8Array | null;
}

export function between(lo: number, hi: number): Positions {
  return { lo, hi, mask: null };
}

export function holds({ lo, hi, mask }: Positions, at: number): boolean {
  return at >= lo && at <= hi && (mask === null || mask[at - lo] === 1);
}

/** How many belong, of those in `within` where it is given. */
export function countOf(set: Positions, within: Interval = set): number {
  const lo = Math.max(set.lo, within.lo);
  const hi = Math.min(set.hi, within.hi);
  if (hi < lo) return 0;
  if (set.mask === null) return hi - lo + 1;
  let count = 0;
  for (let at = lo; at <= hi; at++) count += set.mask[at - set.lo]!;
  return count;
}

/** Does `a` hold all of `b`? */
export function covers(a: Positions, b: Positions): boolean {
  if (a === b) return true;
  if (b.lo < a.lo || b.hi > a.hi) return false;
  if (a.mask === null) return true;
  for (let at = b.lo; at <= b.hi; at++) if (holds(b, at) && !holds(a, at)) return false;
  return true;
}

export function equals(a: Positions, b: Positions): boolean {
  return a.lo === b.lo && a.hi === b.hi && covers(a, b) && covers(b, a);
}

export function union(a: Positions, b: Positions): Positions {
  if (covers(a, b)) return a;
  if (covers(b, a)) return b;
  const lo = Math.min(a.lo, b.lo);
  const marks = new Uint8Array(Math.max(a.hi, b.hi) - lo + 1);
  for (const set of [a, b]) for (let at = set.lo; at <= set.hi; at++) if (holds(set, at)) marks[at - lo] = 1;
  return packed(marks, lo)!;
}

/** Those of `set` for which `isKept`. */
export function filtered(set: Positions, isKept: (at: number) => boolean): Positions | null {
  return imageOf(set, set.hi + 1, (at) => (isKept(at) ? [at] : []));
}

/** All that `sources` names for the members of `set`, each in 0..size-1. */
export function imageOf(set: Positions, size: number, sources: (at: number) => Iterable<number>): Positions | null {
  const marks = new Uint8Array(size);
  for (let at = set.lo; at <= set.hi; at++) {
    if (set.mask !== null && set.mask[at - set.lo] === 0) continue;
    for (const source of sources(at)) marks[source] = 1;
  }
  return packed(marks, 0);
}

/** The set that holds `first + i` for every mark i. */
export function packed(marks: Uint8Array, first: number): Positions | null {
  const lo = marks.indexOf(1);
  if (lo < 0) return null;
  const hi = marks.lastIndexOf(1);
  const mask = marks.subarray(lo, hi + 1);
  return { lo: first + lo, hi: first + hi, mask: mask.includes(0) ? mask : null };
}

/** The members, ascending. */
export function membersOf(set: Positions): readonly number[] {
  const members: number[] = [];
  for (let at = set.lo; at <= set.hi; at++) if (holds(set, at)) members.push(at);
  return members;
}

/** The intervals that the set consists of, ascending: what is drawn as one bar each. */
export function runsOf(set: Positions): readonly Interval[] {
  if (set.mask === null) return [{ lo: set.lo, hi: set.hi }];
  const runs: Interval[] = [];
  let lo = set.lo;
  for (let at = set.lo; at <= set.hi + 1; at++) {
    if (holds(set, at)) continue;
    if (at > lo) runs.push({ lo, hi: at - 1 });
    lo = at + 1;
  }
  return runs;
}
