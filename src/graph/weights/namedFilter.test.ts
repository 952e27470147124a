import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pair } from '../../operators/operator.ts';
import { type NamedFilter, namedFilters } from './filterState.ts';
import { namedFilter } from './namedFilter.ts';

function expectFilter(name: NamedFilter, size: Pair, values: readonly number[], exact = true) {
  const slice = namedFilter(name, size);
  expect(slice.exact).toBe(exact);
  expect(slice.values.length).toBe(values.length);
  values.forEach((value, i) => {
    expect(slice.values[i]).toBeCloseTo(value, 12);
  });
}

describe('the 3 x 3 filters of the textbooks', () => {
  it.each<[NamedFilter, readonly number[], number]>([
    ['identity', [0, 0, 0, 0, 1, 0, 0, 0, 0], 1],
    ['box', [1, 1, 1, 1, 1, 1, 1, 1, 1], 9],
    ['gaussian', [1, 2, 1, 2, 4, 2, 1, 2, 1], 16],
    ['sobel_x', [-1, 0, 1, -2, 0, 2, -1, 0, 1], 1],
    ['sobel_y', [-1, -2, -1, 0, 0, 0, 1, 2, 1], 1],
    ['scharr_x', [-3, 0, 3, -10, 0, 10, -3, 0, 3], 1],
    ['scharr_y', [-3, -10, -3, 0, 0, 0, 3, 10, 3], 1],
    ['prewitt_x', [-1, 0, 1, -1, 0, 1, -1, 0, 1], 1],
    ['prewitt_y', [-1, -1, -1, 0, 0, 0, 1, 1, 1], 1],
    ['laplacian', [0, 1, 0, 1, -4, 1, 0, 1, 0], 1],
    ['sharpen', [0, -1, 0, -1, 5, -1, 0, -1, 0], 1],
    ['emboss', [-2, -1, 0, -1, 1, 1, 0, 1, 2], 1],
  ])('%s is %j / %d', (name, numbers, divisor) => {
    expectFilter(
      name,
      [3, 3],
      numbers.map((value) => value / divisor),
    );
  });
});

describe('the same filters at other sizes', () => {
  it('Sobel of one row of 3 is a difference; of 2 x 2 it has no middle', () => {
    expectFilter('sobel_x', [1, 3], [-4, 0, 4]);
    expectFilter('sobel_x', [2, 2], [-2, 2, -2, 2]);
  });

  it('Sobel of 5 x 5 has the slope -1 -2 0 2 1 and the smoothing 1 4 6 4 1', () => {
    const { values } = namedFilter('sobel_x', [5, 5]);
    const row = [...values.slice(10, 15)];
    expect(row).toEqual([-0.5, -1, 0, 1, 0.5]);
    expect(values[4]! / row[4]!).toBeCloseTo(1 / 6, 12);
  });

  it('a slope along one pixel is nothing: what is left is the smoothing, and it says so', () => {
    expectFilter('sobel_x', [3, 1], [0.25, 0.5, 0.25], false);
    expectFilter('sobel_y', [1, 1], [1], false);
  });

  it('the Laplacian of one row is 1 -2 1', () => {
    expectFilter('laplacian', [1, 3], [1, -2, 1]);
    expectFilter('sharpen', [3, 1], [-1, 3, -1]);
  });

  it('sharpen needs a middle: at 4 x 4 it is the 3 x 3 one around the tap before the middle', () => {
    expectFilter('sharpen', [4, 4], [0, -1, 0, 0, -1, 5, -1, 0, 0, -1, 0, 0, 0, 0, 0, 0], false);
  });

  it('Scharr has no smoothing over 2 rows', () => {
    expectFilter('scharr_x', [2, 3], [-16, 0, 16, 0, 0, 0], false);
  });
});

const size = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 }));
const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe('at every size up to 15 x 15', () => {
  it.each(namedFilters)('%s fills the kernel with numbers, not all of them zero', (name) => {
    fc.assert(
      fc.property(size, ([kh, kw]) => {
        const { values } = namedFilter(name, [kh, kw]);
        expect(values.length).toBe(kh * kw);
        expect(values.every(Number.isFinite)).toBe(true);
        expect(values.some((value) => Math.abs(value) > 1e-3)).toBe(true);
      }),
    );
  });

  it('what smooths sums to 1, what differentiates to 0, what sharpens to 1', () => {
    fc.assert(
      fc.property(size, (at) => {
        for (const name of namedFilters) {
          const { values, exact } = namedFilter(name, at);
          const isEdge = !['identity', 'box', 'gaussian', 'sharpen', 'emboss'].includes(name);
          if (exact) expect(sumOf(values), `${name} ${at}`).toBeCloseTo(isEdge ? 0 : 1, 10);
        }
      }),
    );
  });

  it('the y filters are the x filters with rows and columns exchanged', () => {
    fc.assert(
      fc.property(size, ([kh, kw]) => {
        for (const name of ['sobel', 'scharr', 'prewitt'] as const) {
          const x = namedFilter(`${name}_x`, [kw, kh]);
          const y = namedFilter(`${name}_y`, [kh, kw]);
          expect(y.exact).toBe(x.exact);
          y.values.forEach((value, i) => {
            expect(value).toBe(x.values[(i % kw) * kh + Math.floor(i / kw)]);
          });
        }
      }),
    );
  });
});
