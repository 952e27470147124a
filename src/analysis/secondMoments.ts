/**
 * Second moments of the channels of two layers over the same samples: every pixel of every image, sizes matched nearest. Batches are
 * centred on their own means and joined in float64 by Chan's formula (Chan, Golub, LeVeque 1983).
 */
import type { ChannelProducts } from '../engine/channelProducts.ts';
import { type Matrix, matrix } from '../math/matrix.ts';

/** Sums of products of differences from the means: covariances are these over count - 1. */
export interface CrossMoments {
  readonly count: number;
  /** [C1] and [C2]. */
  readonly means: readonly [Float64Array, Float64Array];
  /** [C1, C2]. */
  readonly products: Matrix;
}

/** Of a pair of layers: within the first, within the second, between them. */
export interface PairMoments {
  readonly first: CrossMoments;
  readonly second: CrossMoments;
  readonly between: CrossMoments;
}

/** Moments of a batch from sums of products about `centres`; `times`: how often each sample counts. */
export function momentsOf(
  { count, sumsA, sumsB, products }: ChannelProducts,
  centres: readonly [Float32Array, Float32Array],
  times = 1,
): CrossMoments {
  const [rows, columns] = [sumsA.length, sumsB.length];
  const about = matrix(rows, columns, products.slice());
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      about.values[i * columns + j] = times * (about.values[i * columns + j]! - (sumsA[i]! * sumsB[j]!) / count);
  const meanOf = (sums: Float64Array, centre: Float32Array) => sums.map((sum, c) => centre[c]! + sum / count);
  return { count: times * count, means: [meanOf(sumsA, centres[0]), meanOf(sumsB, centres[1])], products: about };
}

export function joinMoments(a: CrossMoments, b: CrossMoments): CrossMoments {
  const count = a.count + b.count;
  const { rows, columns } = a.products;
  const differences = ([0, 1] as const).map((side) => b.means[side].map((mean, c) => mean - a.means[side][c]!));
  const [first, second] = [differences[0]!, differences[1]!];
  const weight = (a.count * b.count) / count;
  const products = matrix(rows, columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      products.values[at] = a.products.values[at]! + b.products.values[at]! + weight * first[i]! * second[j]!;
    }
  const joined = (side: 0 | 1, difference: Float64Array) =>
    a.means[side].map((mean, c) => mean + (b.count / count) * difference[c]!);
  return { count, means: [joined(0, first), joined(1, second)], products };
}

export function joinPairs(a: PairMoments, b: PairMoments): PairMoments {
  return {
    first: joinMoments(a.first, b.first),
    second: joinMoments(a.second, b.second),
    between: joinMoments(a.between, b.between),
  };
}
