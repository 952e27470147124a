/**
 * The two values that stand at the ends of the colour map, from a display range and the statistics of the maps. Percentiles of
 * a whole layer are the outermost of its maps' percentiles, so that no map is clipped more than it would be alone.
 */
import type { DisplayRange, MapStatistics } from './engine.ts';

export interface Ends {
  readonly lo: number;
  readonly hi: number;
}

/** The ends for map `channel`; `statistics` of all maps of the layer, in channel order. */
export function displayEnds(range: DisplayRange, statistics: readonly MapStatistics[], channel: number): Ends {
  if (range.mode === 'fixed') return { lo: range.lo, hi: range.hi };
  const own = statistics[channel];
  const maps = range.mode === 'per-layer' ? statistics : own ? [own] : [];
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (const map of maps) {
    lo = Math.min(lo, range.percentiles ? map.p1 : map.min);
    hi = Math.max(hi, range.percentiles ? map.p99 : map.max);
  }
  if (lo > hi) return { lo: 0, hi: 0 };
  if (!range.symmetric) return { lo, hi };
  // A map of zeros alone keeps 0 in the middle of the diverging colour map.
  const reach = Math.max(Math.abs(lo), Math.abs(hi)) || 1;
  return { lo: -reach, hi: reach };
}

/** Position of `value` in a colour map of 256 entries. In a range without width only larger values are at the high end; NaN is at the low end. */
export function colourIndex(value: number, { lo, hi }: Ends): number {
  if (!(hi > lo)) return value > hi ? 255 : 0;
  const position = Math.round(((value - lo) / (hi - lo)) * 255);
  return position > 0 ? Math.min(255, position) : 0;
}
