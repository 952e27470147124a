/**
 * Low rank: Ŵ = U V with `rank` channels in the middle, the layer's own kernel to them and 1x1 from them; of a pointwise layer 1x1 and
 * 1x1. On the weights the truncated SVD of W [Cout, Cin kh kw] (Eckart & Young 1936). On the responses reduced-rank regression on the
 * layer's own output, also in closed form: Ŵ = U Uᵀ W, U the leading eigenvectors of W G Wᵀ (Izenman 1975).
 */
import { type Matrix, matrix, multiply, rowOf, transposed } from '../math/matrix.ts';
import { svd } from '../math/svd.ts';
import { symmetricEigen } from '../math/symmetricEigen.ts';
import { pointwiseAfter } from './chain.ts';
import type { FitProblem, Substitute } from './problem.ts';
import { shareOut, twoLayers } from './twoLayers.ts';

export function lowRankOnWeights(problem: FitProblem, rank: number): Substitute {
  const { values, left, right } = svd(problem.weights);
  const first = matrix(rank, right.columns);
  const mixing = matrix(rank, left.columns);
  for (let r = 0; r < rank; r++) {
    shareOut(rowOf(first, r), values[r]!, rowOf(right, r));
    shareOut(rowOf(mixing, r), values[r]!, rowOf(left, r));
  }
  return substituteOf(problem, first, transposed(mixing));
}

export function lowRankOnResponses(problem: FitProblem, rank: number, gram: Matrix): Substitute {
  const { weights } = problem;
  const { vectors } = symmetricEigen(multiply(multiply(weights, gram), transposed(weights)));
  const leading = matrix(rank, weights.rows, vectors.values.slice(0, rank * weights.rows));
  return substituteOf(problem, multiply(leading, weights), transposed(leading));
}

function substituteOf(problem: FitProblem, first: Matrix, second: Matrix): Substitute {
  const { conv, padding } = problem.conv;
  const columns = Int32Array.from({ length: first.columns }, (_, i) => i);
  const blocks = Array.from({ length: first.rows }, (_, row) => [{ row, columns }]);
  const layers = {
    first: ['reduce', { conv: { ...conv, outChannels: first.rows }, padding }],
    second: ['expand', pointwiseAfter(conv, first.rows)],
  } as const;
  return twoLayers(problem, { blocks, first, second }, layers, 0);
}
