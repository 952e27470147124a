import { describe, expect, it } from 'vitest';
import { stepsToLoss } from './runSummary.ts';

const results = [4, 3, 2, 1].map((loss) => ({ loss, right: 0 }));

describe('steps to a loss', () => {
  it('are those after which the mean of the last ones is there', () => {
    expect(stepsToLoss({ results }, 2.5, 2)).toBe(3);
    expect(stepsToLoss({ results }, 1.5, 2)).toBe(4);
    expect(stepsToLoss({ results }, 1, 2)).toBeNull();
  });

  it('are not told from fewer steps than the mean is of', () => {
    expect(stepsToLoss({ results: results.slice(0, 1) }, 5, 2)).toBeNull();
  });
});
