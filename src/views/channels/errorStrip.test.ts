import { expect, it } from 'vitest';
import { errorStrip } from './errorStrip.ts';

it('stands errors on an axis of eight powers of ten; nothing stands where nothing changes', () => {
  const errors = [0, 1e-8, 1e-4, 1, null].map((relative, i) => ({ node: String(i), relative }));
  const { columns, ticks } = errorStrip(errors, { width: 100, height: 80 });
  expect(columns.map(({ height }) => Math.round(height))).toEqual([0, 1, 40, 80, 80]);
  expect(columns.map(({ x }) => x)).toEqual([0, 20, 40, 60, 80]);
  expect(ticks.map(({ y }) => Math.round(y))).toEqual([0, 20, 40, 60, 80]);
});
