import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deformConv2dCases } from '../../../tests/support/cases/deformConv2d.ts';
import type { DeformConv2d } from './attributes.ts';
import { createDeformConv2d, deformConv2d } from './index.ts';
import { bilinearCorners, samplingPoints, withOffset } from './points.ts';
import { cornersOf, namedInputs } from './samples.ts';

describe('the four pixels around a sampling point', () => {
  it('have weights by their nearness: (1.25, 0.5) takes 3/8, 3/8, 1/8, 1/8', () => {
    expect(bilinearCorners(1.25, 0.5, 4, 4)).toEqual([
      { y: 1, x: 0, weight: 0.375, isInside: true },
      { y: 1, x: 1, weight: 0.375, isInside: true },
      { y: 2, x: 0, weight: 0.125, isInside: true },
      { y: 2, x: 1, weight: 0.125, isInside: true },
    ]);
  });

  it('are told even outside of the input, where they count as 0', () => {
    expect(bilinearCorners(-0.5, 3.25, 4, 4).map(({ isInside }) => isInside)).toEqual([false, false, true, false]);
  });

  it('weigh 1 together, and inside exactly what the convolution takes', () => {
    const place = fc.double({ min: -4, max: 8, noNaN: true });
    fc.assert(
      fc.property(place, place, (y, x) => {
        const corners = bilinearCorners(y, x, 4, 5);
        expect(corners.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
        const inside = corners.filter(({ isInside }) => isInside).map(({ isInside: _, ...corner }) => corner);
        expect(inside).toEqual(cornersOf(y, x, 4, 5));
      }),
    );
  });
});

describe('the sampling points of a unit', () => {
  it('of one channel, weighed by kernel and mask, add up to its value', () => {
    const cases = deformConv2dCases.random.filter(({ operator }) => (operator as DeformConv2d).inChannels === 1);
    fc.assert(
      fc.property(cases, fc.nat(), ({ operator, inputs, parameters }, pick) => {
        const conv = operator as DeformConv2d;
        const { output } = deformConv2d.reference(conv, inputs, parameters);
        const [, , rows, columns] = output.shape;
        const unit = { u: pick % rows, v: pick % columns };
        const named = namedInputs(conv, inputs);
        const sum = samplingPoints(conv, named, unit).reduce((total, { tap, mask, corners }) => {
          const value = corners
            .filter(({ isInside }) => isInside)
            .reduce((s, { y, x, weight }) => s + weight * named.x.values[y * named.x.shape[3] + x]!, 0);
          return total + parameters!.weight[tap]! * mask * value;
        }, parameters?.bias?.[0] ?? 0);
        expect(sum).toBeCloseTo(output.values[unit.u * columns + unit.v]!, 6);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a dragged point', () => {
  const conv = createDeformConv2d({ inChannels: 2, outChannels: 1, kernelSize: [1, 2], offsetGroups: 2 });
  const x = { shape: [1, 2, 3, 4], values: new Float32Array(24) } as const;
  const offset = { shape: [1, 8, 3, 3], values: Float32Array.from({ length: 72 }, (_, i) => i / 8) } as const;
  const pointsAt = (moved: typeof offset | ReturnType<typeof withOffset>, u: number, v: number) =>
    samplingPoints(conv, { x, offset: moved, mask: null }, { u, v });

  it('stands where it was dropped, and nothing else has moved', () => {
    const before = pointsAt(offset, 1, 2);
    const { from } = before[3]!;
    expect(before[3]).toMatchObject({ group: 1, tap: 1, from: { y: 1, x: 3 } });
    const edit = { group: 1, tap: 1, dy: 0.5 - from.y, dx: 2.25 - from.x, where: { u: 1, v: 2 } };
    const moved = withOffset(conv, offset, edit);
    expect(pointsAt(moved, 1, 2)[3]).toMatchObject({ y: 0.5, x: 2.25 });
    expect(pointsAt(moved, 1, 2).slice(0, 3)).toEqual(before.slice(0, 3));
    expect(moved.values.filter((value, i) => value !== offset.values[i])).toHaveLength(2);
  });

  it('moves the same way everywhere where all positions follow', () => {
    const moved = withOffset(conv, offset, { group: 0, tap: 1, dy: -1, dx: 0.5, where: 'everywhere' });
    for (const [u, v] of [
      [0, 0],
      [2, 1],
    ] as const) {
      const { y, x: column, from } = pointsAt(moved, u, v)[1]!;
      expect([y - from.y, column - from.x]).toEqual([-1, 0.5]);
    }
    expect(moved.values.filter((value, i) => value !== offset.values[i]).length).toBeLessThanOrEqual(18);
  });
});
