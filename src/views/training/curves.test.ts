import { describe, expect, it } from 'vitest';
import { pathOf, rangeOfCurves, smoothed, thinned } from './curves.ts';

const points = (ys: readonly number[]) => ys.map((y, x) => ({ x, y }));

describe('curves of training', () => {
  it('are means over the last steps, over fewer at the beginning', () => {
    expect(smoothed([4, 2, 0, 6], 2)).toEqual([4, 3, 1, 3]);
  });

  it('keep their first and last point, however many are left out', () => {
    const thin = thinned(points([0, 1, 2, 3, 4, 5, 6, 7, 8]), 3);
    expect(thin.map(({ x }) => x)).toEqual([0, 3, 6, 8]);
  });

  it('leave out what is no number', () => {
    const same = (value: number) => value;
    expect(pathOf(points([1, Number.NaN, 2]), same, same)).toBe('M0.0 1.0L2.0 2.0');
    expect(rangeOfCurves([points([Number.NaN, 1, 9]), points([3])], 4)).toEqual([1, 4]);
    expect(rangeOfCurves([points([])])).toBeNull();
  });
});
