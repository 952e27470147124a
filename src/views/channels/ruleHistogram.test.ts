import { expect, it } from 'vitest';
import { ruleAxis, ruleSquares } from './ruleHistogram.ts';

it('gives exact zeros a place of their own, left of every threshold above 0', () => {
  const axis = ruleAxis(Float64Array.of(0, 0, 1e-3, 2), 1e-6, false, 600);
  expect(axis.x(0)).toBeLessThan(axis.x(1e-6));
  expect(axis.valueAt(axis.x(0))).toBe(0);
  expect(axis.valueAt(axis.x(1e-3))).toBeCloseTo(1e-3, 5);
});

it('draws one square for each channel, none outside of the drawing', () => {
  const values = Float64Array.from({ length: 300 }, (_, i) => (i < 200 ? 0 : i));
  const squares = ruleSquares(values, ruleAxis(values, 1e-6, false, 600), 600, 90);
  expect(new Set(squares.map(({ channel }) => channel)).size).toBe(300);
  expect(squares.every(({ x, y, width }) => x >= 0 && y >= 0 && x + width <= 600)).toBe(true);
});
