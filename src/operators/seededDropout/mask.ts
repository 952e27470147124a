/** Which values dropout keeps: value i of a step where the upper 24 bits of mix(hash(seed, stream, step) + i) are at least p 2^24. */
import { hash32, mix32 } from '../../math/random.ts';
import type { SeededDropout } from './attributes.ts';

export interface Mask {
  /** What kept values are multiplied by, in float32. */
  readonly scale: number;
  isKept(index: number): boolean;
}

/** Of the upper 24 bits, those below are dropped. */
export function thresholdOf({ p }: SeededDropout): number {
  return Math.round(Math.min(Math.max(p, 0), 1) * 2 ** 24);
}

export function scaleOf({ p }: SeededDropout): number {
  return p < 1 ? Math.fround(1 / (1 - p)) : 0;
}

export function maskOf(operator: SeededDropout, step: number): Mask {
  const key = hash32(operator.seed, operator.stream, step);
  const threshold = thresholdOf(operator);
  return { scale: scaleOf(operator), isKept: (index) => mix32((key + index) >>> 0) >>> 8 >= threshold };
}
