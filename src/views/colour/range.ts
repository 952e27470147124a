/** What a person has chosen for the ends of the colour map, as the engines and the legend read it. */
import { displayEnds, type Ends } from '../../engine/displayRange.ts';
import type { DisplayRange, MapStatistics } from '../../engine/engine.ts';

export interface RangeChoice {
  readonly range: 'per-map' | 'per-layer' | 'fixed';
  readonly fixed: readonly [lo: number, hi: number];
  readonly percentiles: boolean;
}

/** `symmetric`: 0 stands in the middle, as a diverging colour map needs it. Fixed ends are taken as they are. */
export function displayRange(choice: RangeChoice, symmetric: boolean): DisplayRange {
  if (choice.range === 'fixed') {
    const [a, b] = choice.fixed;
    return { mode: 'fixed', lo: Math.min(a, b), hi: Math.max(a, b) };
  }
  return { mode: choice.range, percentiles: choice.percentiles, symmetric };
}

/** The numbers at both ends for one map, or null while its statistics are not there. */
export function knownEnds(
  range: DisplayRange,
  statistics: readonly MapStatistics[] | null,
  channel: number,
): Ends | null {
  if (range.mode === 'fixed') return { lo: range.lo, hi: range.hi };
  return statistics?.[channel] ? displayEnds(range, statistics, channel) : null;
}
