import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowAt, rowTops, rowWindow } from './windowing.ts';

const heights = fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 60 });

it('every row in sight is drawn, and rows that are not take their room', () => {
  fc.assert(
    fc.property(heights, fc.nat(4000), fc.integer({ min: 1, max: 400 }), (list, top, height) => {
      const tops = rowTops(list);
      const { from, to, before, behind } = rowWindow(tops, { top, height }, 1);
      const drawn = list.slice(from, to).reduce((a, b) => a + b, 0);
      expect(before + drawn + behind).toBe(tops.at(-1));
      for (let row = 0; row < list.length; row++) {
        const isInSight = tops[row]! < top + height && tops[row + 1]! > top;
        if (isInSight) expect(row >= from && row < to).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

it('the row at a height is the one that contains it, the nearest beyond the ends', () => {
  const tops = rowTops([10, 20, 30]);
  expect([-5, 0, 9, 10, 29, 30, 59, 99].map((y) => rowAt(tops, y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
});
