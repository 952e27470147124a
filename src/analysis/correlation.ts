/**
 * Correlation between channels (docs/channels.md): Pearson's R[i, j] = S12[i, j] / √(S11[i, i] S22[j, j]), and the whitened
 * cross-covariance M = (S11 + e1 I)^(-1/2) S12 (S22 + e2 I)^(-1/2) with symmetric roots and e = ridge · tr(S) / C, as Ioannou et al.
 * (Deep Roots, 2016) plot it. The singular values of M are the canonical correlations of the two layers, 0 to 1.
 */
import { type Matrix, matrix, multiply, rowOf, transposed } from '../math/matrix.ts';
import { symmetricEigen, symmetricEigenvalues } from '../math/symmetricEigen.ts';
import type { CrossMoments, PairMoments } from './secondMoments.ts';

export const defaultRidge = 1e-5;

/** A deviation below this share of the mean is rounding of float32 responses: such a channel counts as constant. */
const constantShare = 1e-5;

/** Whether correlations with channel c are undefined. `moments`: within one layer. */
function isConstant({ products, means, count }: CrossMoments, c: number): boolean {
  const variance = products.values[c * products.columns + c]! / count;
  return !(variance > (constantShare * means[0][c]!) ** 2);
}

/** Standard deviations up to a common factor; 0 where the channel is constant. */
function deviations(within: CrossMoments): Float64Array {
  const { rows, columns, values } = within.products;
  return Float64Array.from({ length: rows }, (_, c) =>
    isConstant(within, c) ? 0 : Math.sqrt(values[c * columns + c]!),
  );
}

/** [C1, C2], each in -1..1; 0 where it is undefined, since a channel is constant. */
export function pearson({ first, second, between }: PairMoments): Matrix {
  const [rows, columns] = [deviations(first), deviations(second)];
  const correlation = matrix(rows.length, columns.length);
  for (const [i, x] of rows.entries())
    for (const [j, y] of columns.entries()) {
      if (x === 0 || y === 0) continue;
      const value = between.products.values[i * columns.length + j]! / (x * y);
      correlation.values[i * columns.length + j] = Math.max(-1, Math.min(1, value));
    }
  return correlation;
}

/** Pearson within one layer, [C, C]. */
export function pearsonWithin(within: CrossMoments): Matrix {
  return pearson({ first: within, second: within, between: within });
}

/** M, [C1, C2]. `ridge`: of the mean variance; more than 0, since dead and duplicate channels make S singular. */
export function whitened({ first, second, between }: PairMoments, ridge = defaultRidge): Matrix {
  const { rows, columns, values } = between.products;
  const covariance = matrix(
    rows,
    columns,
    values.map((value) => value / Math.max(1, between.count - 1)),
  );
  return multiply(multiply(inverseRoot(first, ridge), covariance), inverseRoot(second, ridge));
}

/** (S + e I)^(-1/2); zeros where all channels are constant. */
function inverseRoot({ products, count }: CrossMoments, ridge: number): Matrix {
  const n = products.rows;
  const covariance = matrix(
    n,
    n,
    products.values.map((value) => value / Math.max(1, count - 1)),
  );
  let trace = 0;
  for (let c = 0; c < n; c++) trace += covariance.values[c * n + c]!;
  if (!(trace > 0)) return matrix(n, n);
  const { values, vectors } = symmetricEigen(covariance);
  const scaled = matrix(n, n);
  for (let i = 0; i < n; i++) {
    // Rounding may leave an eigenvalue of 0 a little below it.
    const root = Math.sqrt(Math.max(0, values[i]!) + (ridge * trace) / n);
    rowOf(scaled, i).set(rowOf(vectors, i).map((value) => value / root));
  }
  return multiply(transposed(vectors), scaled);
}

/** Canonical correlations from M, min(C1, C2) of them, descending; those below 1e-8 are rounding. */
export function canonicalCorrelations(m: Matrix): Float64Array {
  const turned = transposed(m);
  const gram = m.rows <= m.columns ? multiply(m, turned) : multiply(turned, m);
  return symmetricEigenvalues(gram).map((value) => Math.min(1, Math.sqrt(Math.max(0, value))));
}
