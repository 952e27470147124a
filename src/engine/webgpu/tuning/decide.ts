/** Which of the measured candidates computes a convolution from now on. */
import type { AlgorithmResult } from '../../engine.ts';

/** So much faster than the default, as a share of its time, must another be: less may be noise, and the default needs no trust. */
const worthwhile = 0.07;

/**
 * The fastest candidate that is right and gives the same bits twice, where it beats the default (the first) by more than noise; else
 * the default. Null when the default itself could not be measured.
 */
export function fastestRight<Result extends AlgorithmResult>(results: readonly Result[]): Result | null {
  const [standard] = results;
  if (!standard || standard.ms === null) return null;
  const right = results.filter(({ ms, isExact, isRepeatable }) => ms !== null && isExact && isRepeatable);
  const best = right.reduce((a, b) => (b.ms! < a.ms! ? b : a), standard);
  return best.ms! < standard.ms * (1 - worthwhile) ? best : standard;
}
