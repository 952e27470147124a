import { expect, it } from 'vitest';
import { heightOf, slotUnder, tileAt, tileGrid } from './tileGrid.ts';

it('four maps stand two by two in 206 px: tiles of 100 x 50 and a gap of 6', () => {
  const grid = tileGrid(206, { shown: 4, height: 20, width: 40 });
  expect(tileAt(grid, 3)).toEqual({ x: 106, y: 56, width: 100, height: 50 });
  expect(heightOf(grid)).toBe(106);
});

it('all 64 maps stand eight in a row, sixteen where there is room', () => {
  const maps = { shown: 64, height: 10, width: 10 };
  expect(tileGrid(237, maps)).toMatchObject({ across: 8, width: 27 });
  expect(tileGrid(477, maps)).toMatchObject({ across: 16, width: 27 });
});

it('a point is in the tile under it, and in none between two', () => {
  const grid = tileGrid(206, { shown: 3, height: 20, width: 40 });
  expect(slotUnder(grid, 10, 60)).toBe(2);
  expect(slotUnder(grid, 199, 10)).toBe(1);
  expect(slotUnder(grid, 103, 10)).toBeNull();
  // The fourth place is empty.
  expect(slotUnder(grid, 150, 70)).toBeNull();
});
