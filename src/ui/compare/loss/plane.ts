/** The plane of cost against error: which substitutes no other betters in both, and an error as it is printed. */

import { exactCount } from '../../../math/format.ts';

export interface PlanePoint {
  /** The place of the substitute in the list. */
  readonly place: number;
  /** Operations relative to the layer. */
  readonly ratio: number;
  /** Relative error of the maps. */
  readonly error: number;
}

/** Those that no other one is both cheaper (or as cheap) and nearer than, from the cheapest on (Pareto's frontier). */
export function frontier(points: readonly PlanePoint[]): readonly PlanePoint[] {
  const sorted = [...points].sort((a, b) => a.ratio - b.ratio || a.error - b.error);
  const kept: PlanePoint[] = [];
  for (const point of sorted) if (point.error < (kept.at(-1)?.error ?? Number.POSITIVE_INFINITY)) kept.push(point);
  return kept;
}

/** The axis of cost: from below the cheapest to the layer itself or the dearest. */
export function costDomain(points: readonly PlanePoint[]): readonly [lo: number, hi: number] {
  const ratios = points.map(({ ratio }) => ratio).filter((ratio) => ratio > 0);
  return [Math.min(0.1, ...ratios) * 0.8, Math.max(1, ...ratios) * 1.15];
}

/** 0.2345 → "23.5 %"; what is below 1 % keeps two decimals, below 0.01 % it says so; ten times and more is "12×". */
export function errorText(error: number): string {
  if (error === 0) return '0\u202f%';
  if (error >= 9.995) return `${exactCount(Math.round(error))}×`;
  if (error < 1e-4) return '<\u202f0.01\u202f%';
  const share = 100 * error;
  return `${share.toFixed(share < 1 ? 2 : share < 99.95 ? 1 : 0)}\u202f%`;
}

const gains = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** By how much a difference of this relative error is enlarged to be seen, at most to half of what it is the difference of. */
export function gainOf(error: number): number {
  return gains.findLast((gain) => gain * error <= 0.5) ?? 1;
}
