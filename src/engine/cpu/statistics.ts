/**
 * Statistics of one map in two passes: extremes and moments first, then a histogram of 256 bins over [min, max], from which the
 * percentiles are read, interpolated within their bin. So they are right to 1/256 of max - min; where they fall among exact zeros,
 * which a ReLU makes many of, they are 0.
 */
import type { MapStatistics } from '../engine.ts';

const percentileBins = 256;

/** What is known of a map: `variance` as in `MapMoments`. */
export interface MapFacts extends MapStatistics {
  readonly variance: number;
}

/** Statistics of `count` values from `start` on; sums are kept in float64, those of the variance over differences from the first value. */
export function mapStatistics(values: Float32Array, start: number, count: number): MapFacts {
  const end = start + count;
  const first = values[start]!;
  let differences = 0;
  let squaredDifferences = 0;
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
    const difference = value - first;
    differences += difference;
    squaredDifferences += difference * difference;
  }
  const counts = histogramOf(values, start, count, percentileBins, min, max);
  return {
    min,
    max,
    mean: sum / count,
    energy: squares / count,
    variance: Math.max(0, squaredDifferences / count - (differences / count) ** 2),
    sparsity: zeros / count,
    p1: percentile(counts, 0.01 * count, zeros, min, max),
    p99: percentile(counts, 0.99 * count, zeros, min, max),
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

/**
 * The value below which `rank` values lie, taking the values of a bin as spread evenly over it, but for the `zeros` among them, which
 * all lie at 0.
 */
function percentile(counts: Uint32Array, rank: number, zeros: number, min: number, max: number): number {
  const width = (max - min) / counts.length;
  let below = 0;
  for (const [bin, count] of counts.entries()) {
    if (below + count < rank || count === 0) {
      below += count;
      continue;
    }
    const lowest = min + width * bin;
    // Zero stands in this bin, or at the end of the last one.
    const hasZeros = zeros > 0 && zeros <= count && lowest <= 0 && (lowest + width > 0 || bin === counts.length - 1);
    const spread = hasZeros ? count - zeros : count;
    const beforeZero = hasZeros && width > 0 ? spread * Math.min(1, -lowest / width) : spread;
    const into = rank - below;
    if (into <= beforeZero || !hasZeros) return spread > 0 ? lowest + (width * into) / spread : lowest;
    return into <= beforeZero + zeros || spread === 0 ? 0 : lowest + (width * (into - zeros)) / spread;
  }
  return max;
}
