/**
 * The singular value decomposition A = U diag(s) Vᵀ by one-sided Jacobi rotations (Hestenes 1958; Golub & Van Loan, "Matrix
 * Computations", 4th ed., 8.6.3): columns of A are turned in pairs until all are orthogonal. Their lengths are the singular values.
 * Its error is a few roundings of ‖A‖, and it is the same on every machine.
 */
import { dot, type Matrix, matrix, rowOf, transposed } from './matrix.ts';

export interface Svd {
  /** min(rows, columns) of them, descending. Those below n ε ‖A‖ are rounding and are given as 0. */
  readonly values: Float64Array;
  /** Row i is the left singular vector of value i; zeros where the value is 0. */
  readonly left: Matrix;
  /** Row i is the right singular vector of value i; zeros where the value is 0. */
  readonly right: Matrix;
}

const mostSweeps = 60;
/** Columns with a smaller cosine are as orthogonal as rounding lets them be. */
const orthogonal = 1e-14;

export function svd(a: Matrix): Svd {
  if (a.rows < a.columns) {
    const { values, left, right } = svd(transposed(a));
    return { values, left: right, right: left };
  }
  const n = a.columns;
  // Row j of `turned` is column j of A, row j of `basis` the combination of A's columns that it has become.
  const turned = transposed(a);
  const basis = matrix(n, n);
  for (let j = 0; j < n; j++) basis.values[j * n + j] = 1;
  const noise = (n * Number.EPSILON) ** 2 * dot(turned.values, turned.values);
  for (let sweep = 0; sweep < mostSweeps && orthogonalise(turned, basis, noise); sweep++);
  return sorted(turned, basis, noise);
}

/** One rotation of every pair; false when all were orthogonal already. */
function orthogonalise(turned: Matrix, basis: Matrix, noise: number): boolean {
  let hasTurned = false;
  // Squared lengths, kept in step within a sweep: a rotation moves t γ from one to the other.
  const squares = squaredLengths(turned);
  for (let p = 0; p < turned.rows; p++) {
    for (let q = p + 1; q < turned.rows; q++) {
      const [alpha, beta] = [squares[p]!, squares[q]!];
      if (Math.min(alpha, beta) <= noise) continue;
      const [x, y] = [rowOf(turned, p), rowOf(turned, q)];
      const gamma = dot(x, y);
      if (Math.abs(gamma) <= orthogonal * Math.sqrt(alpha * beta)) continue;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + t * t);
      rotate(x, y, cosine, cosine * t);
      rotate(rowOf(basis, p), rowOf(basis, q), cosine, cosine * t);
      squares[p] = alpha - t * gamma;
      squares[q] = beta + t * gamma;
      hasTurned = true;
    }
  }
  return hasTurned;
}

/** (x, y) becomes (c x - s y, s x + c y). */
export function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i]!, y[i]!];
    x[i] = c * u - s * v;
    y[i] = s * u + c * v;
  }
}

function squaredLengths(turned: Matrix): Float64Array {
  return Float64Array.from({ length: turned.rows }, (_, j) => dot(rowOf(turned, j), rowOf(turned, j)));
}

function sorted(turned: Matrix, basis: Matrix, noise: number): Svd {
  const squares = squaredLengths(turned);
  const order = [...squares.keys()].sort((a, b) => squares[b]! - squares[a]! || a - b);
  const values = new Float64Array(turned.rows);
  const left = matrix(turned.rows, turned.columns);
  const right = matrix(basis.rows, basis.columns);
  order.forEach((from, to) => {
    if (squares[from]! <= noise) return;
    const length = Math.sqrt(squares[from]!);
    values[to] = length;
    rowOf(left, to).set(rowOf(turned, from).map((value) => value / length));
    rowOf(right, to).set(rowOf(basis, from));
  });
  return { values, left, right };
}
