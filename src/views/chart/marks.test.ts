import { expect, it } from 'vitest';
import { snapped, spread } from './marks.ts';

it('a slider over few values goes to the nearest, and by keys to the next', () => {
  const values = [8, 16, 32, 64];
  expect(snapped(45, 16, values)).toBe(32);
  expect(snapped(17, 16, values)).toBe(32);
  expect(snapped(15, 16, values)).toBe(8);
  expect(snapped(65, 64, values)).toBe(64);
});

it('labels that would lie on each other are moved up, the lowest kept', () => {
  expect(spread([50, 48, 20], 9)).toEqual([50, 41, 20]);
});
