import { describe, expect, it } from 'vitest';
import { memoryBudgetOf } from './memoryBudget.ts';

const mebibyte = 2 ** 20;
const desktop = { memoryGiB: null, hasCoarsePointer: false, screenSide: 900 };

describe('the memory budget', () => {
  it.each([
    [0.5, 256],
    [2, 256],
    [4, 512],
    [8, 1024],
    [32, 1024],
  ])('of a machine with %d GiB is %d MiB: an eighth, within its ends', (memoryGiB, budget) => {
    expect(memoryBudgetOf({ ...desktop, memoryGiB })).toBe(budget * mebibyte);
  });

  it('is the least for a phone that does not tell its memory, the most for other machines', () => {
    expect(memoryBudgetOf({ memoryGiB: null, hasCoarsePointer: true, screenSide: 390 })).toBe(256 * mebibyte);
    expect(memoryBudgetOf({ memoryGiB: null, hasCoarsePointer: true, screenSide: 820 })).toBe(1024 * mebibyte);
    expect(memoryBudgetOf(desktop)).toBe(1024 * mebibyte);
    expect(memoryBudgetOf({ ...desktop, screenSide: 500 })).toBe(1024 * mebibyte);
  });

  it('goes by what the machine tells even on a phone', () => {
    expect(memoryBudgetOf({ memoryGiB: 8, hasCoarsePointer: true, screenSide: 390 })).toBe(1024 * mebibyte);
  });
});
