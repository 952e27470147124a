import { describe, expect, it } from 'vitest';
import { bestAssignment } from './assignment.ts';
import { type Matrix, matrix } from './matrix.ts';
import { uniformAt } from './random.ts';

const benefitOf = ({ rows, values }: Matrix, columns: Iterable<number>) =>
  [...columns].reduce((sum, column, row) => sum + values[row * rows + column]!, 0);

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) => Array.from({ length: n }, (_, at) => rest.toSpliced(at, 0, n - 1)));
}

describe('the best assignment', () => {
  it('of (1 2; 3 9) takes the diagonal: 1 + 9 is more than 2 + 3', () => {
    expect([...bestAssignment(matrix(2, 2, Float64Array.of(1, 2, 3, 9)))]).toEqual([0, 1]);
  });

  it('gives up a row’s best where that is better for all: 8 + 7 is more than 9 + 1', () => {
    expect([...bestAssignment(matrix(2, 2, Float64Array.of(9, 8, 7, 1)))]).toEqual([1, 0]);
  });

  it('is as good as the best of all 720 permutations of 6', () => {
    for (let seed = 0; seed < 20; seed++) {
      const benefit = matrix(
        6,
        6,
        Float64Array.from({ length: 36 }, (_, i) => uniformAt(seed, 0, i)),
      );
      const columns = bestAssignment(benefit);
      expect(new Set(columns).size).toBe(6);
      const best = Math.max(...permutations(6).map((order) => benefitOf(benefit, order)));
      expect(benefitOf(benefit, columns)).toBeCloseTo(best, 12);
    }
  });
});
