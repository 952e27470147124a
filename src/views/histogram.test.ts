import { describe, expect, it } from 'vitest';
import { histogramPath } from './histogram.ts';

describe('a histogram', () => {
  it('rises to the top for the fullest bin and, by square root, to half for a quarter of it', () => {
    expect(histogramPath([4, 1, 0], 30, 10)).toBe('M0 10V0H10V5H20V10H30V10Z');
  });

  it('is a flat line without values', () => {
    expect(histogramPath([0, 0], 30, 10)).toBe('M0 10H30');
  });
});
