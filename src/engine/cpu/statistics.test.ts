import { describe, expect, it } from 'vitest';
import { histogramOf, mapStatistics } from './statistics.ts';

describe('statistics of a map', () => {
  it('of 0..1000 are minimum 0, maximum 1000, mean 500, percentiles 10 and 990', () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => i);
    const { min, max, mean, energy, sparsity, p1, p99 } = mapStatistics(values, 0, 1001);
    expect({ min, max, mean }).toEqual({ min: 0, max: 1000, mean: 500 });
    // Sum of squares of 0..n is n(n + 1)(2n + 1) / 6.
    expect(energy).toBeCloseTo((1000 * 1001 * 2001) / 6 / 1001, 6);
    expect(sparsity).toBeCloseTo(1 / 1001, 9);
    expect(Math.abs(p1 - 10)).toBeLessThanOrEqual(1000 / 256);
    expect(Math.abs(p99 - 990)).toBeLessThanOrEqual(1000 / 256);
  });

  it('are of the values from start on alone', () => {
    expect(mapStatistics(new Float32Array([9, 1, 3, 9]), 1, 2)).toMatchObject({ min: 1, max: 3, mean: 2, energy: 5 });
  });

  it('have percentiles of exactly 0 where they fall among exact zeros: at an end, or between the others', () => {
    const rectified = Float32Array.from({ length: 1000 }, (_, i) => Math.max(0, i - 300));
    expect(mapStatistics(rectified, 0, 1000)).toMatchObject({ min: 0, p1: 0 });
    const below = rectified.map((value) => -value);
    expect(mapStatistics(below, 0, 1000).p99).toBeCloseTo(0, 12);
    // One value below, then zeros, then others.
    const between = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? -5 : i < 500 ? 0 : i));
    expect(mapStatistics(between, 0, 1000).p1).toBe(0);
  });

  it('spread the other values of the bin that holds the zeros', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i < 5 ? 0 : i));
    expect(Math.abs(mapStatistics(values, 0, 1000).p1 - 10)).toBeLessThanOrEqual(1000 / 256);
  });

  it('of a constant map have that constant everywhere', () => {
    expect(mapStatistics(new Float32Array(10).fill(2), 0, 10)).toMatchObject({
      min: 2,
      max: 2,
      mean: 2,
      energy: 4,
      p1: 2,
      p99: 2,
    });
  });
});

describe('a histogram', () => {
  it('closes its last bin and leaves out what lies outside', () => {
    const values = new Float32Array([-0.1, 0, 0.5, 1, 1.5, 2, 2.1, Number.NaN]);
    expect([...histogramOf(values, 0, 8, 2, 0, 2)]).toEqual([2, 3]);
  });

  it('of a range without width puts all its values into the first bin', () => {
    expect([...histogramOf(new Float32Array([3, 3, 4]), 0, 3, 4, 3, 3)]).toEqual([2, 0, 0, 0]);
  });
});
