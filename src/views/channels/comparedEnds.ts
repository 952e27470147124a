/** Ranges in which a map is shown before and after, the same for both, and their difference, which has one of its own. */
import type { Ends } from '../../engine/displayRange.ts';
import type { MapStatistics } from '../../engine/engine.ts';

export interface ComparedEnds {
  readonly maps: Ends;
  /** Around 0. */
  readonly difference: Ends;
}

/** Of one channel each. `isSymmetric`: the maps' colours have 0 in their middle. A map of one value has a range around it. */
export function comparedEnds(
  before: MapStatistics,
  after: MapStatistics,
  difference: MapStatistics,
  isSymmetric: boolean,
): ComparedEnds {
  const [lo, hi] = [Math.min(before.min, after.min), Math.max(before.max, after.max)];
  const around = (most: number): Ends => ({ lo: -(most || 1), hi: most || 1 });
  const whole = lo === hi ? { lo: Math.min(0, lo), hi: Math.max(0, hi) || 1 } : { lo, hi };
  return {
    maps: isSymmetric ? around(Math.max(-lo, hi)) : whole,
    difference: around(Math.max(-difference.min, difference.max)),
  };
}
