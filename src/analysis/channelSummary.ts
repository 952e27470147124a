/** What is known of one channel over all images so far; batches are joined in float64. */
import type { ChannelStatistics } from '../engine/engine.ts';

export interface ChannelSummary extends ChannelStatistics {
  /** Pixels of all images. */
  readonly count: number;
}

/** Largest |a|. */
export function largestMagnitude({ min, max }: Pick<ChannelStatistics, 'min' | 'max'>): number {
  return Math.max(Math.abs(min), Math.abs(max));
}

/** Average percentage of zeros, as a share (Hu et al. 2016, arXiv 1607.03250): exact zeros among all pixels of all images. */
export function averageZeros({ zeros, count }: Pick<ChannelSummary, 'zeros' | 'count'>): number {
  return zeros / count;
}

/** Both batches together; variances by Chan's formula (Chan, Golub, LeVeque 1983). */
export function joinSummaries(a: ChannelSummary, b: ChannelSummary): ChannelSummary {
  const count = a.count + b.count;
  const difference = b.mean - a.mean;
  const [shareA, shareB] = [a.count / count, b.count / count];
  return {
    count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    zeros: a.zeros + b.zeros,
    mean: a.mean + shareB * difference,
    variance: shareA * a.variance + shareB * b.variance + shareA * shareB * difference * difference,
  };
}
