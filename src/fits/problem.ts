/**
 * One least-squares problem: a kernel W as a matrix [Cout, Cin * taps], what its substitute Ŵ is on the same taps, and how far apart the
 * two are: ‖W - Ŵ‖² on the weights, tr((W - Ŵ) G (W - Ŵ)ᵀ) on the responses to the patches behind G.
 */

import type { GraphNode, GraphParameters } from '../graph/graph.ts';
import { solveSemidefinite } from '../math/cholesky.ts';
import { difference, dot, type Matrix, matrix, multiply, rowOf, submatrix, transposed } from '../math/matrix.ts';
import type { FittedLayer } from './kinds.ts';
import type { PlacedConv, Tap } from './taps.ts';

export interface FitProblem {
  readonly layer: FittedLayer;
  readonly conv: PlacedConv;
  /** The layer's taps in reading order; behind them those that only the substitute has. */
  readonly taps: readonly Tap[];
  /** W, float64: entry of channel c and tap t at column c * taps.length + t. */
  readonly weights: Matrix;
}

/** What a kind's own file finds: the layers in order (the first reads node 'input'), and the kernel that they make together. */
export interface Substitute {
  readonly nodes: readonly GraphNode[];
  readonly parameters: GraphParameters;
  /** Ŵ, before the parameters are rounded to float32. */
  readonly kernel: Matrix;
  /** Free numbers per filter that the picture does not determine: they are as on the weights. 0 on the weights. */
  readonly undetermined: number;
}

/** ‖W‖² (gram null) or tr(W G Wᵀ). */
export function energyOf(weights: Matrix, gram: Matrix | null): number {
  const measured = gram ? multiply(weights, gram) : weights;
  // The trace of a positive semidefinite product, which rounding may leave below 0.
  return Math.max(0, dot(weights.values, measured.values));
}

/** √(energy of W - Ŵ / energy of W): 0 is the layer itself, 1 as far off as no layer at all. */
export function relativeError(weights: Matrix, kernel: Matrix, gram: Matrix | null): number {
  const lost = energyOf(difference(weights, kernel), gram);
  return lost === 0 ? 0 : Math.sqrt(lost / energyOf(weights, gram));
}

/**
 * The kernel Ŵ moved to its optimum in the weights at columns `free` of rows `outputs`, all others kept: Δ G[free, free] = ((W - Ŵ) G)[., free].
 * It is an increment, so that what the patches leave open stays as it was.
 */
export function regress(
  { weights }: Pick<FitProblem, 'weights'>,
  kernel: Matrix,
  gram: Matrix,
  free: Int32Array,
  outputs: ArrayLike<number>,
): { readonly kernel: Matrix; readonly undetermined: number } {
  const all = Int32Array.from({ length: gram.rows }, (_, i) => i);
  const residual = multiply(submatrix(difference(weights, kernel), outputs, all), submatrix(gram, all, free));
  const { solution, rank } = solveSemidefinite(submatrix(gram, free, free), transposed(residual));
  const moved = matrix(kernel.rows, kernel.columns, kernel.values.slice());
  for (let i = 0; i < outputs.length; i++) {
    const row = rowOf(moved, outputs[i]!);
    free.forEach((column, j) => {
      row[column] = row[column]! + solution.values[j * outputs.length + i]!;
    });
  }
  return { kernel: moved, undetermined: free.length - rank };
}
