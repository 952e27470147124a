import { describe, expect, it } from 'vitest';
import { difference, dot, type Matrix, matrix, multiply, rowOf, transposed } from './matrix.ts';
import { normalAt } from './random.ts';
import { svd } from './svd.ts';
import { symmetricEigen, symmetricEigenvalues } from './symmetricEigen.ts';

function random(rows: number, columns: number, seed: number): Matrix {
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, (_, i) => normalAt(seed, 0, i)),
  );
}

const sizeOf = (a: Matrix) => Math.sqrt(dot(a.values, a.values));

/** ‖A Aᵀ - identity‖: 0 where the rows are orthogonal and of length 1. */
function unevenness(a: Matrix): number {
  const product = multiply(a, transposed(a));
  for (let i = 0; i < a.rows; i++) product.values[i * a.rows + i]! -= 1;
  return sizeOf(product);
}

describe('the singular value decomposition', () => {
  it('of (3 0; 4 5) is √45 and √5: their squares are the roots of λ² - 50 λ + 225', () => {
    const { values } = svd(matrix(2, 2, Float64Array.of(3, 0, 4, 5)));
    expect(values[0]).toBeCloseTo(Math.sqrt(45), 13);
    expect(values[1]).toBeCloseTo(Math.sqrt(5), 13);
  });

  it.each([
    [7, 4],
    [4, 7],
    [1, 5],
    [24, 24],
  ])('of any %i x %i matrix multiplies back to it, from orthogonal vectors and falling values', (rows, columns) => {
    const a = random(rows, columns, rows * 100 + columns);
    const { values, left, right } = svd(a);
    const scaled = matrix(
      left.rows,
      left.columns,
      left.values.map((value, i) => value * values[Math.floor(i / left.columns)]!),
    );
    expect(sizeOf(difference(multiply(transposed(scaled), right), a)) / sizeOf(a)).toBeLessThan(1e-13);
    expect(unevenness(left)).toBeLessThan(1e-12);
    expect(unevenness(right)).toBeLessThan(1e-12);
    expect([...values]).toEqual([...values].sort((x, y) => y - x));
    expect(dot(values, values)).toBeCloseTo(dot(a.values, a.values), 9);
  });

  it('of a matrix of rank 2 has exactly two values that are not 0', () => {
    const { values, left } = svd(multiply(random(9, 2, 1), random(2, 6, 2)));
    expect([...values].filter((value) => value > 0)).toHaveLength(2);
    expect([...rowOf(left, 2)].every((value) => value === 0)).toBe(true);
  });

  it('of zeros is zeros', () => {
    expect([...svd(matrix(3, 2)).values]).toEqual([0, 0]);
  });
});

describe('the eigenvalues of a symmetric matrix', () => {
  it('of (2 1; 1 2) are 3 and 1, with the vectors (1 1) and (1 -1) over √2', () => {
    const { values, vectors } = symmetricEigen(matrix(2, 2, Float64Array.of(2, 1, 1, 2)));
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(vectors.values[0]! / vectors.values[1]!).toBeCloseTo(1, 14);
    expect(vectors.values[2]! / vectors.values[3]!).toBeCloseTo(-1, 14);
  });

  it('satisfy A v = λ v, negative ones too', () => {
    const half = random(12, 12, 5);
    const a = matrix(
      12,
      12,
      half.values.map((value, i) => value + half.values[(i % 12) * 12 + Math.floor(i / 12)]!),
    );
    const { values, vectors } = symmetricEigen(a);
    expect(values[11]).toBeLessThan(0);
    const scaled = matrix(
      12,
      12,
      vectors.values.map((value, i) => value * values[Math.floor(i / 12)]!),
    );
    expect(sizeOf(difference(multiply(vectors, a), scaled)) / sizeOf(a)).toBeLessThan(1e-13);
    expect(unevenness(vectors)).toBeLessThan(1e-12);
  });

  it('of a Gram matrix A Aᵀ are the squares of the singular values of A', () => {
    const a = random(6, 9, 3);
    const { values } = symmetricEigen(multiply(a, transposed(a)));
    svd(a).values.forEach((value, i) => {
      expect(values[i]! / value ** 2).toBeCloseTo(1, 12);
    });
  });

  it('of a covariance of 192 channels with dead ones and copies multiply back to it, from orthogonal vectors', () => {
    const channels = random(192, 300, 7);
    for (const dead of [0, 17, 191]) rowOf(channels, dead).fill(0);
    for (const copy of [5, 100]) rowOf(channels, copy).set(rowOf(channels, 4));
    const a = multiply(channels, transposed(channels));
    const { values, vectors } = symmetricEigen(a);
    const scaled = matrix(
      192,
      192,
      vectors.values.map((value, i) => value * values[Math.floor(i / 192)]!),
    );
    expect(sizeOf(difference(multiply(transposed(vectors), scaled), a)) / sizeOf(a)).toBeLessThan(1e-13);
    expect(unevenness(vectors)).toBeLessThan(1e-12);
    // Three dead and two copies: five eigenvalues that are 0 but for rounding.
    expect([...values].filter((value) => Math.abs(value) < 1e-12 * values[0]!)).toHaveLength(5);
    for (const [i, value] of symmetricEigenvalues(a).entries())
      expect(Math.abs(value - values[i]!)).toBeLessThan(1e-13 * values[0]!);
  });

  it('of zeros, of one number and of a diagonal are what stands there', () => {
    expect([...symmetricEigen(matrix(3, 3)).values]).toEqual([0, 0, 0]);
    expect([...symmetricEigenvalues(matrix(1, 1, Float64Array.of(-2)))]).toEqual([-2]);
    expect([...symmetricEigen(matrix(2, 2, Float64Array.of(1, 0, 0, 1e-200))).values]).toEqual([1, 1e-200]);
  });
});
