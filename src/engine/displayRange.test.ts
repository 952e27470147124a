import { describe, expect, it } from 'vitest';
import { colourIndex, displayEnds } from './displayRange.ts';
import type { MapStatistics } from './engine.ts';

const map = (min: number, max: number, p1 = min, p99 = max): MapStatistics => ({
  min,
  max,
  p1,
  p99,
  mean: 0,
  energy: 0,
  sparsity: 0,
});
const maps = [map(-1, 2, -0.5, 1), map(0, 8, 0.25, 3), map(0, 0)];

describe('the ends of the colour map', () => {
  const plain = { percentiles: false, symmetric: false } as const;

  it('are the extremes of the map, of all maps, or fixed numbers', () => {
    expect(displayEnds({ mode: 'per-map', ...plain }, maps, 1)).toEqual({ lo: 0, hi: 8 });
    expect(displayEnds({ mode: 'per-layer', ...plain }, maps, 1)).toEqual({ lo: -1, hi: 8 });
    expect(displayEnds({ mode: 'fixed', lo: 3, hi: 4 }, maps, 1)).toEqual({ lo: 3, hi: 4 });
  });

  it('are percentiles where asked, of a layer the outermost', () => {
    expect(displayEnds({ mode: 'per-map', percentiles: true, symmetric: false }, maps, 1)).toEqual({ lo: 0.25, hi: 3 });
    expect(displayEnds({ mode: 'per-layer', percentiles: true, symmetric: false }, maps, 1)).toEqual({
      lo: -0.5,
      hi: 3,
    });
  });

  it('widen to both sides of 0 alike when symmetric, also for a map of zeros', () => {
    expect(displayEnds({ mode: 'per-map', percentiles: false, symmetric: true }, maps, 0)).toEqual({ lo: -2, hi: 2 });
    const zeros = displayEnds({ mode: 'per-map', percentiles: false, symmetric: true }, maps, 2);
    expect(colourIndex(0, zeros)).toBe(128);
  });
});

describe('a value', () => {
  it('takes the nearest of 256 colours, clamped', () => {
    const ends = { lo: -1, hi: 1 };
    expect([-2, -1, 0, 0.999, 1, 2].map((value) => colourIndex(value, ends))).toEqual([0, 0, 128, 255, 255, 255]);
  });

  it('is at the low end of a range without width unless it is larger', () => {
    expect([4, 5, 6].map((value) => colourIndex(value, { lo: 5, hi: 5 }))).toEqual([0, 0, 255]);
  });
});
