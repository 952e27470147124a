import { describe, expect, it } from 'vitest';
import { blockShare } from './blockShare.ts';
import { matrix } from './matrix.ts';

describe('the share inside the diagonal blocks', () => {
  // 1 2 | 0 2
  // 0 0 | 3 1      inside 1 + 4 + 9 + 1 = 15, all 19
  it('counts squares, whatever their sign', () => {
    expect(blockShare(matrix(2, 4, Float64Array.of(1, -2, 0, 2, 0, 0, 3, -1)), 2)).toBeCloseTo(15 / 19, 12);
  });

  it('is 1 / g where all pairs are alike, and 1 with one group', () => {
    const even = matrix(8, 8, new Float64Array(64).fill(-0.5));
    for (const groups of [1, 2, 4, 8]) expect(blockShare(even, groups)).toBeCloseTo(1 / groups, 12);
  });

  it('has nothing outside where there is nothing', () => {
    expect(blockShare(matrix(4, 4), 2)).toBe(1);
  });
});
