import { describe, expect, it } from 'vitest';
import { bilinearCorners, type SamplingPoint } from '../../../../operators/deformConv2d/points.ts';
import { newKind } from '../../../../store/kind.ts';
import { interpolationOf } from './interpolation.ts';
import { pixelsIn, stageWindow } from './stageWindow.ts';
import { isRegular, pointsOf, tapsOf, withTap } from './taps.ts';

const size = [20, 30] as const;

/** A point of tap `tap` that stands at `from` and is moved by [dy, dx]. */
function point(tap: number, from: readonly [number, number], [dy, dx]: readonly [number, number]): SamplingPoint {
  const [y, x] = [from[0] + dy, from[1] + dx];
  return { group: 0, tap, y, x, from: { y: from[0], x: from[1] }, mask: 1, corners: bilinearCorners(y, x, ...size) };
}

/** 3 x 3 around (10, 12), nothing moved. */
const grid = Array.from({ length: 9 }, (_, tap) => point(tap, [9 + Math.floor(tap / 3), 11 + (tap % 3)], [0, 0]));

describe('a sample that is written out', () => {
  it('has weights that add up to 1 and products that add up to the value', () => {
    const { neighbours, value } = interpolationOf(point(0, [4, 7], [0.25, 0.5]), [1, 3, 5, 7]);
    expect(neighbours.map(({ y, x }) => [y, x])).toEqual([
      [4, 7],
      [4, 8],
      [5, 7],
      [5, 8],
    ]);
    expect(neighbours.map(({ weight }) => weight)).toEqual(['0.375', '0.375', '0.125', '0.125']);
    expect(neighbours[0]!.factors).toEqual(['(1−.25)', '(1−.50)']);
    expect(neighbours[3]!.factors).toEqual(['.25', '.50']);
    expect(neighbours.map(({ product }) => product)).toEqual(['0.375', '1.125', '0.625', '0.875']);
    expect(value).toBe('3.000');
  });

  it('prints thirds so that they still make 1', () => {
    const { neighbours } = interpolationOf(point(0, [4, 7], [1 / 3, 1 / 3]), null);
    const weights = neighbours.map(({ weight }) => Number(weight));
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeCloseTo(4 / 9, 2);
  });

  it('is weighed by its mask', () => {
    const { masked } = interpolationOf({ ...point(0, [4, 7], [0, 0]), mask: 0.25 }, [2, 0, 0, 0]);
    expect(masked).toBe('0.500');
  });

  it('names what lies outside of the input', () => {
    const { neighbours } = interpolationOf(point(0, [-1, 0], [0.5, 0]), [0, 0, 1, 1]);
    expect(neighbours.map(({ isInside }) => isInside)).toEqual([false, false, true, true]);
  });
});

describe('taps in the hand', () => {
  it('begin where they stand, and one is moved alone', () => {
    const turned = grid.map((each) => point(each.tap, [each.from.y, each.from.x], [0.366, -0.5]));
    const taps = withTap(tapsOf(turned), 4, { dy: 2, dx: 100 });
    expect(taps[3]).toEqual({ dy: 0.366, dx: -0.5, mask: 1 });
    // Nothing is moved by more than 64 pixels.
    expect(taps[4]).toEqual({ dy: 2, dx: 64, mask: 1 });
  });

  it('follow the workspace although the run is a step behind', () => {
    const offsets = { by: 'hand', taps: [{ dy: 1.5, dx: -2, mask: 0.5 }] } as const;
    const state = { ...newKind('deformable'), offsets };
    const [first, second] = pointsOf(grid, state, size);
    expect(first).toMatchObject({ y: 10.5, x: 9, mask: 1 });
    expect(second).toMatchObject({ y: 9, x: 12 });
    const masked = pointsOf(grid, { ...state, attributes: { ...state.attributes, hasMask: true } }, size);
    expect(masked[0]!.mask).toBe(0.5);
  });

  it('are back when none is moved and all weigh 1', () => {
    expect(isRegular(grid)).toBe(true);
    expect(isRegular([...grid.slice(1), { ...grid[0]!, mask: 0.5 }])).toBe(false);
    expect(isRegular([...grid.slice(1), point(0, [9, 11], [0, 0.1])])).toBe(false);
  });
});

describe('the part of the photo that is enlarged', () => {
  it('stands around the regular grid with room to drag', () => {
    expect(stageWindow(grid)).toEqual({ y: 7, x: 8, height: 7, width: 9 });
  });

  it('grows with a point that is far away, and stays where it is', () => {
    const { y, x, height, width } = stageWindow([...grid, point(0, [9, 11], [-9, 0])]);
    expect(y).toBeLessThanOrEqual(0 - 1);
    expect([y + (height - 1) / 2, x + (width - 1) / 2]).toEqual([10, 12]);
  });

  it('shows pixels of the photo, and nothing beside it', () => {
    const rgba = Uint8ClampedArray.from({ length: 4 * 2 * 2 }, (_, i) => i + 1);
    const pixels = pixelsIn({ rgba, width: 2, height: 2 }, { y: -1, x: 1, height: 3, width: 2 });
    expect([...pixels.subarray(0, 8)]).toEqual(Array(8).fill(0));
    expect([...pixels.subarray(8, 16)]).toEqual([5, 6, 7, 8, 0, 0, 0, 0]);
    expect([...pixels.subarray(16, 20)]).toEqual([13, 14, 15, 16]);
  });
});
