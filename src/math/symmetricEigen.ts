/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, "Matrix Computations", 4th ed.,
 * 8.5): each turns one pair of axes so that their entry becomes 0.
 */
import { dot, type Matrix, matrix, rowOf } from './matrix.ts';
import { rotate } from './svd.ts';

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row i is the eigenvector of value i, of length 1. */
  readonly vectors: Matrix;
}

const mostSweeps = 60;

/** `a` must be symmetric: both triangles are read. */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  const work = matrix(n, n, a.values.slice());
  const basis = matrix(n, n);
  for (let i = 0; i < n; i++) basis.values[i * n + i] = 1;
  const threshold = Number.EPSILON * Number.EPSILON * dot(a.values, a.values);
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(work) > threshold; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) annihilate(work, basis, p, q);
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => work.values[i * n + i]!);
  const order = [...diagonal.keys()].sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = matrix(n, n);
  order.forEach((from, to) => {
    rowOf(vectors, to).set(rowOf(basis, from));
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

function offDiagonal({ rows, values }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) sum += 2 * values[i * rows + j]! ** 2;
  return sum;
}

function annihilate(work: Matrix, basis: Matrix, p: number, q: number): void {
  const { rows: n, values } = work;
  const entry = values[p * n + q]!;
  if (entry === 0) return;
  const theta = (values[q * n + q]! - values[p * n + p]!) / (2 * entry);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(1 + theta * theta));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = c * t;
  for (let i = 0; i < n; i++) {
    const [u, v] = [values[i * n + p]!, values[i * n + q]!];
    values[i * n + p] = c * u - s * v;
    values[i * n + q] = s * u + c * v;
  }
  rotate(rowOf(work, p), rowOf(work, q), c, s);
  values[p * n + q] = 0;
  values[q * n + p] = 0;
  rotate(rowOf(basis, p), rowOf(basis, q), c, s);
}
