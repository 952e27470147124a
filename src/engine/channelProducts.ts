/**
 * Sums of products of channels over the pixels and images of a batch: what covariances are made of. Sizes are matched as in the
 * literature, the smaller map enlarged to the larger by its nearest value.
 */
import type { Pair, Shape } from '../operators/operator.ts';

export interface Sampling {
  /** Numbers near the means of the channels of A [N, Ca, Ha, Wa] and B [N, Cb, Hb, Wb]: products are of differences from them. */
  readonly centreA: Float32Array;
  readonly centreB: Float32Array;
  /** Rows and columns of the samples: each (y, x) reads (floor(y H / rows), floor(x W / columns)) of both. */
  readonly size: Pair;
}

/** Over all samples of the batch, all about the centres. */
export interface ChannelProducts {
  readonly count: number;
  /** [Ca] and [Cb]. */
  readonly sumsA: Float64Array;
  readonly sumsB: Float64Array;
  /** [Ca, Cb], row-major. */
  readonly products: Float64Array;
}

/** The size of the samples of two sets of maps: the larger on each axis. */
export function commonSize(a: Shape, b: Shape): Pair {
  return [Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** What is wrong with a request for products of A and B, for developers; null where nothing is. */
export function mismatch(a: Shape, b: Shape, { centreA, centreB }: Sampling): string | null {
  const isRight = a[0] === b[0] && centreA.length === a[1] && centreB.length === b[1];
  return isRight ? null : `no products of [${a}] and [${b}] about ${centreA.length} and ${centreB.length} centres`;
}

/**
 * The products of `count` samples from one or more matrices [rows, columns] that add up to them. Behind the channels stands one of
 * ones: the last column has the sums of A, the last row those of B. Of symmetric ones the upper half is read.
 */
export function productsOf(
  matrices: Float32Array | Float64Array,
  rows: number,
  columns: number,
  count: number,
  isSymmetric: boolean,
): ChannelProducts {
  const entry = (i: number, j: number) => {
    const at = isSymmetric && j < i ? j * columns + i : i * columns + j;
    let sum = 0;
    for (let k = at; k < matrices.length; k += rows * columns) sum += matrices[k]!;
    return sum;
  };
  const [a, b] = [rows - 1, columns - 1];
  const products = new Float64Array(a * b);
  for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) products[i * b + j] = entry(i, j);
  return {
    count,
    sumsA: Float64Array.from({ length: a }, (_, i) => entry(i, b)),
    sumsB: Float64Array.from({ length: b }, (_, j) => entry(a, j)),
    products,
  };
}
