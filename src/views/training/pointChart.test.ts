import { describe, expect, it } from 'vitest';
import { pointChart, pointChartSize } from './pointChart.ts';

const widths = [0.25, 0.5, 1, 2, 4];
const points = [
  { x: 1, y: 0.8, error: 0.1 },
  { x: 0.25, y: 0.4, error: null },
];

describe('a chart of measured points', () => {
  const chart = pointChart([{ name: 'tested', points }], widths, { isShare: true, fromZero: true });

  it('has widths that double at equal distances, those without a point too', () => {
    const at = chart?.xTicks.map((tick) => tick.at) ?? [];
    const steps = at.slice(1).map((here, i) => here - at[i]!);
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 6);
  });

  it('joins the points in the order of their widths, with a bar of one standard error around each that has one', () => {
    const [small, large] = chart?.series[0]?.points ?? [];
    expect(small?.x).toBeLessThan(large?.x ?? 0);
    expect(small?.bar).toBeNull();
    const unit = (chart?.yTicks[0]?.at ?? 0) - (chart?.yTicks[1]?.at ?? 0);
    // Ticks are 20 points apart, a standard error is 10.
    expect(chart?.yTicks.map(({ text }) => text)).toEqual(['0 %', '20 %', '40 %', '60 %', '80 %', '100 %']);
    expect((large?.bar?.[1] ?? 0) - (large?.bar?.[0] ?? 0)).toBeCloseTo(unit, 6);
  });

  it('has whole ticks where it counts', () => {
    const counts = pointChart([{ name: 'pairs', points: [{ x: 1, y: 1, error: null }] }], widths, {
      ...{ isCount: true, fromZero: true },
    });
    expect(counts?.yTicks.map(({ text }) => text)).toEqual(['0', '1']);
  });

  it('is none without points; one point, or several alike, stand inside of it', () => {
    expect(pointChart([{ name: 'a', points: [] }], widths, { fromZero: true })).toBeNull();
    const flat = pointChart([{ name: 'a', points: [{ x: 1, y: 0, error: null }] }], widths, {
      ...{ fromZero: true },
    });
    const y = flat?.series[0]?.points[0]?.y ?? Number.NaN;
    expect(y).toBeGreaterThanOrEqual(pointChartSize.top);
    expect(y).toBeLessThanOrEqual(pointChartSize.height);
  });
});
