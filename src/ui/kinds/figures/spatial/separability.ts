/** A kernel as a sum of columns times rows: the terms of its singular value decomposition, and the least rank that is the kernel itself. */
import { ranksOfKernel } from '../../../../fits/singleKernel.ts';
import { matrix, rowOf } from '../../../../math/matrix.ts';
import { svd } from '../../../../math/svd.ts';
import type { FloatArray, Pair } from '../../../../operators/operator.ts';

/** One column [kh] times one row [kw], each with half of the singular value. */
export interface SeparableTerm {
  readonly column: Float32Array;
  readonly row: Float32Array;
}

export interface Separability {
  readonly singularValues: readonly number[];
  /** Rank 1, 2, ...: the best kernel of that rank, and its error relative to the original. */
  readonly ranked: readonly { readonly rank: number; readonly kernel: Float32Array; readonly relativeError: number }[];
  readonly terms: readonly SeparableTerm[];
  /** The least rank with which nothing is missed; 0: all weights are zero. */
  readonly rank: number;
}

/** Errors below this are the rounding of float32 weights. */
const rounding = 1e-6;

export function separabilityOf(kernel: FloatArray, size: Pair): Separability {
  const { singularValues, ranked } = ranksOfKernel(kernel, size);
  const { values, left, right } = svd(matrix(size[0], size[1], Float64Array.from(kernel)));
  const largest = Math.max(...Array.from(kernel, Math.abs));
  const isZero = (singularValues[0] ?? 0) === 0;
  const exact = ranked.find(({ relativeError }) => relativeError < rounding);
  return {
    singularValues: [...singularValues],
    ranked: ranked.map((each) => ({
      ...each,
      // Zeros that came out of the arithmetic are zeros.
      kernel: Float32Array.from(each.kernel, (weight) => (Math.abs(weight) < rounding * largest ? 0 : weight)),
    })),
    terms: [...values].map((value, i) => ({
      column: Float32Array.from(rowOf(left, i), (entry) => entry * Math.sqrt(value)),
      row: Float32Array.from(rowOf(right, i), (entry) => entry * Math.sqrt(value)),
    })),
    rank: isZero ? 0 : (exact?.rank ?? ranked.length),
  };
}
