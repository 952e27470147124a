/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections make it tridiagonal, implicit QL steps with Wilkinson's
 * shift make that diagonal (Golub & Van Loan, "Matrix Computations", 4th ed., 8.3). About 9 n³ operations; 192 rows take tens of
 * milliseconds. Errors are a few roundings of ‖A‖: eigenvalues that are much smaller than the largest have fewer right digits.
 */
import { addScaled, dot, type Matrix, matrix, rowOf } from './matrix.ts';
import { rotate } from './svd.ts';

export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Row i is the eigenvector of value i, of length 1. */
  readonly vectors: Matrix;
}

/** Each eigenvalue takes one or two. */
const mostSteps = 60;

/** `a` must be symmetric: its lower triangle is read. */
export function symmetricEigen(a: Matrix): SymmetricEigen {
  const n = a.rows;
  const { diagonal, below, reflections, factors } = tridiagonal(a);
  const basis = basisOf(reflections, factors);
  diagonalise(diagonal, below, basis);
  const order = [...diagonal.keys()].sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = matrix(n, n);
  order.forEach((from, to) => {
    rowOf(vectors, to).set(rowOf(basis, from));
  });
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/** The eigenvalues alone, descending: a fifth of the work. */
export function symmetricEigenvalues(a: Matrix): Float64Array {
  const { diagonal, below } = tridiagonal(a);
  diagonalise(diagonal, below, null);
  return diagonal.sort((x, y) => y - x);
}

/**
 * T = H₁ ⋯ Hₙ₋₁ A Hₙ₋₁ ⋯ H₁ with H = I - f v vᵀ, last row first: each clears a row in front of its last entry but one. Row i of
 * `reflections` begins with the i entries of v; `below[i]` stands between the diagonal's entries i and i + 1.
 */
function tridiagonal(a: Matrix) {
  const n = a.rows;
  const work = matrix(n, n, a.values.slice());
  const below = new Float64Array(n);
  const factors = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) {
    const v = rowOf(work, i).subarray(0, i);
    const last = v[i - 1]!;
    const rest = v.subarray(0, i - 1);
    // Scaled, so that squares neither vanish nor overflow.
    const scale = v.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    if (rest.every((value) => value === 0)) {
      below[i - 1] = last;
      continue;
    }
    for (let j = 0; j < i; j++) v[j] = v[j]! / scale;
    const length = Math.sqrt(dot(v, v));
    const target = last > 0 ? -length : length;
    v[i - 1] = v[i - 1]! - target;
    below[i - 1] = target * scale;
    const factor = 2 / dot(v, v);
    factors[i] = factor;
    reflect(work, v, factor, i);
  }
  const diagonal = Float64Array.from({ length: n }, (_, i) => work.values[i * n + i]!);
  return { diagonal, below, reflections: work, factors };
}

/** B becomes H B H for its first `size` rows and columns, of which the lower triangle is kept. */
function reflect(work: Matrix, v: Float64Array, factor: number, size: number): void {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const row = rowOf(work, i);
    product[i] = product[i]! + dot(row.subarray(0, i + 1), v.subarray(0, i + 1));
    addScaled(product.subarray(0, i), v[i]!, row);
  }
  const half = (factor * factor * dot(product, v)) / 2;
  for (let i = 0; i < size; i++) product[i] = factor * product[i]! - half * v[i]!;
  for (let i = 0; i < size; i++) {
    const row = rowOf(work, i);
    const [vi, pi] = [v[i]!, product[i]!];
    for (let j = 0; j <= i; j++) row[j] = row[j]! - (vi * product[j]! + pi * v[j]!);
  }
}

/** H₁ ⋯ Hₙ₋₁: row i is the direction in which T has its entry i. */
function basisOf(reflections: Matrix, factors: Float64Array): Matrix {
  const n = reflections.rows;
  const basis = matrix(n, n);
  for (let i = 0; i < n; i++) {
    basis.values[i * n + i] = 1;
    const factor = factors[i]!;
    if (factor === 0) continue;
    const v = rowOf(reflections, i).subarray(0, i);
    for (let row = 0; row < i; row++) {
      const entries = rowOf(basis, row).subarray(0, i);
      addScaled(entries, -factor * dot(entries, v), v);
    }
  }
  return basis;
}

/** Turns T into its eigenvalues, in `diagonal`, and the rows of `basis` with it. */
function diagonalise(diagonal: Float64Array, below: Float64Array, basis: Matrix | null): void {
  const n = diagonal.length;
  for (let first = 0; first < n; first++) {
    for (let step = 0; step < mostSteps; step++) {
      const last = endOfBlock(diagonal, below, first);
      if (last === first) break;
      qlStep(diagonal, below, basis, first, last);
    }
  }
}

/** The last row of the block that begins at `first`: behind it the entry below the diagonal is rounding. */
function endOfBlock(diagonal: Float64Array, below: Float64Array, first: number): number {
  let last = first;
  for (; last < diagonal.length - 1; last++) {
    const size = Math.abs(diagonal[last]!) + Math.abs(diagonal[last + 1]!);
    if (Math.abs(below[last]!) <= Number.EPSILON * size) break;
  }
  return last;
}

/** One implicit QL step of the block first..last: the bulge goes from the last row to the first. */
function qlStep(diagonal: Float64Array, below: Float64Array, basis: Matrix | null, first: number, last: number): void {
  const ratio = (diagonal[first + 1]! - diagonal[first]!) / (2 * below[first]!);
  const root = Math.sqrt(ratio * ratio + 1);
  const shift = diagonal[first]! - below[first]! / (ratio + (ratio < 0 ? -root : root));
  let bulge = diagonal[last]! - shift;
  let [sine, cosine, moved] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = sine * below[i]!;
    const b = cosine * below[i]!;
    const length = Math.sqrt(f * f + bulge * bulge);
    below[i + 1] = length;
    if (length === 0) {
      // The block falls apart here.
      diagonal[i + 1] = diagonal[i + 1]! - moved;
      below[last] = 0;
      return;
    }
    sine = f / length;
    cosine = bulge / length;
    const kept = diagonal[i + 1]! - moved;
    const turned = (diagonal[i]! - kept) * sine + 2 * cosine * b;
    moved = sine * turned;
    diagonal[i + 1] = kept + moved;
    bulge = cosine * turned - b;
    if (basis) rotate(rowOf(basis, i), rowOf(basis, i + 1), cosine, sine);
  }
  diagonal[first] = diagonal[first]! - moved;
  below[first] = bulge;
  below[last] = 0;
}
