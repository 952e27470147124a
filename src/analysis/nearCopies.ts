/** Redundancy: pairs of channels of one layer of which one is nearly a multiple of the other plus a constant. */
import { pearsonWithin } from './correlation.ts';
import type { CrossMoments } from './secondMoments.ts';

export interface NearCopy {
  /** The channel that stays: of the two the one that varies more. */
  readonly kept: number;
  readonly copy: number;
  /** Pearson's correlation. */
  readonly correlation: number;
  /** Least squares: copy ≈ slope · kept + intercept. */
  readonly slope: number;
  readonly intercept: number;
}

/** Pairs with |correlation| of at least `threshold`, the strongest first. `within`: moments within the layer. */
export function nearCopies(within: CrossMoments, threshold = 0.99): readonly NearCopy[] {
  const { rows: n, values } = within.products;
  const correlation = pearsonWithin(within).values;
  const means = within.means[0];
  const pairs: NearCopy[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (Math.abs(correlation[i * n + j]!) < threshold) continue;
      const [kept, copy] = values[j * n + j]! > values[i * n + i]! ? [j, i] : [i, j];
      const slope = values[i * n + j]! / values[kept * n + kept]!;
      const intercept = means[copy]! - slope * means[kept]!;
      pairs.push({ kept, copy, correlation: correlation[i * n + j]!, slope, intercept });
    }
  }
  return pairs.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
}
