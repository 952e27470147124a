/**
 * Closed integer intervals [lo, hi]. Receptive fields are intervals: each operator maps an output interval to the input
 * interval that it reads (Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", 2019).
 */

/** The integers lo..hi, both included. Empty when hi < lo. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** How many integers the interval holds; 0 when it is empty. */
export function sizeOf(interval: Interval): number {
  return Math.max(0, interval.hi - interval.lo + 1);
}

/** The part of `interval` that lies in 0..size-1; may be empty. */
export function clipTo(interval: Interval, size: number): Interval {
  return { lo: Math.max(0, interval.lo), hi: Math.min(size - 1, interval.hi) };
}
