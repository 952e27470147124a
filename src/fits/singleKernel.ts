/** Whether one kernel is separable, and how nearly: the SVD of the [kh, kw] matrix (Sobel and Gaussian have rank 1, a Laplacian 2). */
import { addScaled, matrix, rowOf } from '../math/matrix.ts';
import { svd } from '../math/svd.ts';
import type { FloatArray, Pair } from '../operators/operator.ts';

/** The best kernel of one rank: a sum of `rank` columns times rows (Eckart & Young 1936). */
export interface RankedKernel {
  readonly rank: number;
  /** [kh, kw], reading order. */
  readonly kernel: Float64Array;
  /** ‖kernel - its original‖ / ‖original‖; 0 where the original is all zeros. */
  readonly relativeError: number;
}

export interface KernelRanks {
  /** min(kh, kw) of them, descending. */
  readonly singularValues: Float64Array;
  /** Rank 1, 2, ..., min(kh, kw). */
  readonly ranked: readonly RankedKernel[];
}

export function ranksOfKernel(kernel: FloatArray, [kh, kw]: Pair): KernelRanks {
  const { values, left, right } = svd(matrix(kh, kw, Float64Array.from(kernel)));
  const sum = matrix(kh, kw);
  const ranked: RankedKernel[] = [];
  values.forEach((value, r) => {
    const column = rowOf(left, r);
    for (let a = 0; a < kh; a++) addScaled(rowOf(sum, a), value * column[a]!, rowOf(right, r));
    const lost = Math.hypot(...values.subarray(r + 1));
    const relativeError = lost === 0 ? 0 : lost / Math.hypot(...values);
    ranked.push({ rank: r + 1, kernel: sum.values.slice(), relativeError });
  });
  return { singularValues: values, ranked };
}
