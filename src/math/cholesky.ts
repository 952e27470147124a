/**
 * Normal equations A X = B with a Gram matrix A, which is symmetric and positive semidefinite and often singular (a grey photo gives
 * three equal channels). Cholesky with diagonal pivoting on A scaled to a diagonal of ones (Higham, "Analysis of the Cholesky
 * decomposition of a semi-definite matrix", 1990): an unknown that the chosen ones already explain stays out and is 0.
 */
import type { Matrix } from './matrix.ts';
import { matrix } from './matrix.ts';

export interface SemidefiniteSolution {
  /** [n, right-hand sides]. One of many solutions where rank < n: then n - rank unknowns are 0. */
  readonly solution: Matrix;
  /** How many unknowns A determines. */
  readonly rank: number;
}

/** A column counts as explained by the others when they leave less than this share of its energy: rounding makes about 1e-13. */
const explained = 1e-12;

/** `a` [n, n], `b` [n, m]: consistent equations, as least squares gives them. */
export function solveSemidefinite(a: Matrix, b: Matrix): SemidefiniteSolution {
  const n = a.rows;
  const scale = Float64Array.from({ length: n }, (_, i) => {
    const energy = a.values[i * n + i]!;
    return energy > 0 ? 1 / Math.sqrt(energy) : 0;
  });
  const { factor, order, rank } = pivotedCholesky(a, scale);
  const solution = matrix(n, b.columns);
  const y = new Float64Array(rank);
  for (let column = 0; column < b.columns; column++) {
    for (let k = 0; k < rank; k++) {
      const row = order[k]!;
      let sum = b.values[row * b.columns + column]! * scale[row]!;
      for (let l = 0; l < k; l++) sum -= factor[row * n + l]! * y[l]!;
      y[k] = sum / factor[row * n + k]!;
    }
    for (let k = rank - 1; k >= 0; k--) {
      const row = order[k]!;
      const value = y[k]! / factor[row * n + k]!;
      for (let l = 0; l < k; l++) y[l] = y[l]! - factor[row * n + l]! * value;
      solution.values[row * b.columns + column] = value * scale[row]!;
    }
  }
  return { solution, rank };
}

/** L with L Lᵀ = S A S over the first `rank` rows of `order`; row i of L stands at i * n, whatever its turn was. */
function pivotedCholesky(a: Matrix, scale: Float64Array) {
  const n = a.rows;
  const factor = new Float64Array(n * n);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const left = scale.map((value) => (value > 0 ? 1 : 0));
  let rank = 0;
  for (; rank < n; rank++) {
    let best = rank;
    for (let i = rank + 1; i < n; i++) if (left[order[i]!]! > left[order[best]!]!) best = i;
    const pivot = order[best]!;
    if (left[pivot]! <= explained) break;
    order[best] = order[rank]!;
    order[rank] = pivot;
    const root = Math.sqrt(left[pivot]!);
    factor[pivot * n + rank] = root;
    for (let i = rank + 1; i < n; i++) {
      const row = order[i]!;
      let sum = a.values[row * n + pivot]! * scale[row]! * scale[pivot]!;
      for (let k = 0; k < rank; k++) sum -= factor[row * n + k]! * factor[pivot * n + k]!;
      const value = sum / root;
      factor[row * n + rank] = value;
      left[row] = left[row]! - value * value;
    }
  }
  return { factor, order, rank };
}
