/**
 * Statistics of one map in two passes: extremes and moments first, then a histogram of 256 bins over [min, max], from which the
 * percentiles are read, interpolated within their bin. So they are right to 1/256 of max - min.
 */
import type { MapStatistics } from '../engine.ts';

const percentileBins = 256;

/** Statistics of `count` values from `start` on; sums are kept in float64. */
export function mapStatistics(values: Float32Array, start: number, count: number): MapStatistics {
  const end = start + count;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  let zeros = 0;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    if (value < min) min = value;
    if (value > max) max = value;
    if (value === 0) zeros += 1;
    sum += value;
    squares += value * value;
  }
  const counts = histogramOf(values, start, count, percentileBins, min, max);
  return {
    min,
    max,
    mean: sum / count,
    energy: squares / count,
    sparsity: zeros / count,
    p1: percentile(counts, 0.01 * count, min, max),
    p99: percentile(counts, 0.99 * count, min, max),
  };
}

/** Counts in `bins` equal bins over [lo, hi]; hi falls into the last bin, values outside into none. */
export function histogramOf(
  values: Float32Array,
  start: number,
  count: number,
  bins: number,
  lo: number,
  hi: number,
): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(bins);
  const scale = hi > lo ? bins / (hi - lo) : 0;
  for (let index = start; index < start + count; index += 1) {
    const value = values[index]!;
    if (!(value >= lo && value <= hi)) continue;
    const bin = Math.min(bins - 1, Math.floor((value - lo) * scale));
    counts[bin] = counts[bin]! + 1;
  }
  return counts;
}

/** The value below which `rank` values lie, taking the values of a bin as spread evenly over it. */
function percentile(counts: Uint32Array, rank: number, min: number, max: number): number {
  let below = 0;
  for (const [bin, count] of counts.entries()) {
    if (below + count >= rank && count > 0) return min + ((max - min) * (bin + (rank - below) / count)) / counts.length;
    below += count;
  }
  return max;
}
