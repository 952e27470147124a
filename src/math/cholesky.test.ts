import { describe, expect, it } from 'vitest';
import { solveSemidefinite } from './cholesky.ts';
import { difference, dot, type Matrix, matrix, multiply, transposed } from './matrix.ts';
import { normalAt } from './random.ts';

function random(rows: number, columns: number, seed: number): Matrix {
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, (_, i) => normalAt(seed, 0, i)),
  );
}

const sizeOf = (a: Matrix) => Math.sqrt(dot(a.values, a.values));

describe('normal equations', () => {
  it('(4 2; 2 3) x = (2, 3) have the solution (0, 1)', () => {
    const { solution, rank } = solveSemidefinite(
      matrix(2, 2, Float64Array.of(4, 2, 2, 3)),
      matrix(2, 1, Float64Array.of(2, 3)),
    );
    expect(rank).toBe(2);
    expect(solution.values[0]).toBeCloseTo(0, 15);
    expect(solution.values[1]).toBeCloseTo(1, 14);
  });

  it('of any regular Gram matrix are solved for all right-hand sides', () => {
    const x = random(20, 30, 1);
    const gram = multiply(x, transposed(x));
    const wanted = random(20, 3, 2);
    const { solution, rank } = solveSemidefinite(gram, multiply(gram, wanted));
    expect(rank).toBe(20);
    expect(sizeOf(difference(solution, wanted)) / sizeOf(wanted)).toBeLessThan(1e-10);
  });

  it('with twice the same unknown give its whole share to one of the two and say that one is open', () => {
    const x = random(4, 30, 3);
    x.values.copyWithin(90, 0, 30);
    const gram = multiply(x, transposed(x));
    const right = multiply(gram, matrix(4, 1, Float64Array.of(1, 2, 3, 4)));
    const { solution, rank } = solveSemidefinite(gram, right);
    expect(rank).toBe(3);
    expect(solution.values[0]! + solution.values[3]!).toBeCloseTo(5, 10);
    expect(Math.min(Math.abs(solution.values[0]!), Math.abs(solution.values[3]!))).toBe(0);
    expect(sizeOf(difference(multiply(gram, solution), right)) / sizeOf(right)).toBeLessThan(1e-12);
  });

  it('do not take a faint channel for an open one: 1e-6 of the others is still determined', () => {
    const x = random(3, 30, 4);
    for (let i = 0; i < 30; i++) x.values[i]! *= 1e-6;
    const gram = multiply(x, transposed(x));
    const { solution, rank } = solveSemidefinite(gram, multiply(gram, matrix(3, 1, Float64Array.of(7, 8, 9))));
    expect(rank).toBe(3);
    expect(solution.values[0]).toBeCloseTo(7, 6);
  });

  it('of zeros determine nothing', () => {
    const { solution, rank } = solveSemidefinite(matrix(3, 3), matrix(3, 2));
    expect(rank).toBe(0);
    expect(solution.values.every((value) => value === 0)).toBe(true);
  });
});
