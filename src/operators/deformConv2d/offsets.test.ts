import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostTensor } from '../operator.ts';
import { createDeformConv2d, deformConv2d } from './index.ts';
import { type OffsetPreset, offsetShapeOf, presetOffsets } from './offsets.ts';
import { samplingPoints } from './points.ts';

const conv = createDeformConv2d({
  inChannels: 1,
  outChannels: 1,
  kernelSize: [3, 3],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
});

/** A picture of 24 x 24 whose brightness at (y, x) is `at(y, x)`. */
function picture(at: (y: number, x: number) => number): HostTensor {
  return {
    shape: [1, 1, 24, 24],
    values: Float32Array.from({ length: 576 }, (_, i) => at(Math.floor(i / 24), i % 24)),
  };
}

const plain = picture(() => 0.5);

/** Where the nine taps of unit (12, 12) stand from its middle, [y, x]. */
function tapsAt(preset: OffsetPreset, x = plain, layer = conv): readonly (readonly [number, number])[] {
  const offset = presetOffsets(layer, x, preset);
  return samplingPoints(layer, { x, offset, mask: null }, { u: 12, v: 12 }).map((point) => [
    point.y - 12,
    point.x - 12,
  ]);
}

function expectTaps(got: readonly (readonly [number, number])[], expected: readonly (readonly [number, number])[]) {
  got.forEach(([y, x], i) => {
    expect(y).toBeCloseTo(expected[i]![0], 5);
    expect(x).toBeCloseTo(expected[i]![1], 5);
  });
}

/** Row by row from the top left: the square kernel itself. */
const square = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x) => [y, x] as const));

describe('preset offsets', () => {
  it('of none leave every tap where it is', () => {
    expect(tapsAt({ kind: 'none' })).toEqual(square);
    expect(presetOffsets(conv, plain, { kind: 'none' }).shape).toEqual([1, 18, 24, 24]);
  });

  it('rotate by 90 degrees clockwise: the right tap goes below, the upper one to the right', () => {
    const taps = tapsAt({ kind: 'rotate', degrees: 90 });
    expectTaps(
      [taps[5]!, taps[1]!, taps[4]!],
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    );
  });

  it('scale by 2 like a dilation of 2', () => {
    const dilated = { ...conv, dilation: [2, 2], padding: { top: 2, bottom: 2, left: 2, right: 2 } } as const;
    expectTaps(tapsAt({ kind: 'scale', factor: 2 }), tapsAt({ kind: 'none' }, plain, dilated));
    expect(tapsAt({ kind: 'scale', factor: 2 })[0]).toEqual([-2, -2]);
  });

  it('shear by 1: the upper row goes to the left, the lower one to the right', () => {
    const taps = tapsAt({ kind: 'shear', amount: 1 });
    expect([taps[1], taps[4], taps[7]]).toEqual([
      [-1, -1],
      [0, 0],
      [1, 1],
    ]);
  });

  it('are the same in every image and offset group', () => {
    const layer = { ...conv, inChannels: 2, offsetGroups: 2 };
    const two = { shape: [2, 2, 24, 24] as const, values: new Float32Array(4 * 576) };
    const { shape, values } = presetOffsets(layer, two, { kind: 'rotate', degrees: 30 });
    expect(shape).toEqual([2, 36, 24, 24]);
    const group = values.slice(0, 18 * 576);
    for (let start = 0; start < values.length; start += group.length)
      expect(values.slice(start, start + group.length)).toEqual(group);
  });

  it('fit their layer, whatever its geometry', () => {
    const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
    fc.assert(
      fc.property(pair(4), pair(3), pair(3), fc.integer({ min: 1, max: 3 }), (kernelSize, stride, dilation, groups) => {
        const layer = { ...conv, kernelSize, stride, dilation, inChannels: groups, offsetGroups: groups };
        const x = [1, groups, 24, 24] as const;
        expect(deformConv2d.outputShape(layer, [x, offsetShapeOf(layer, x)]).ok).toBe(true);
        const values = Float32Array.from({ length: groups * 576 }, (_, i) => Math.sin(i));
        const offset = presetOffsets(layer, { shape: x, values }, { kind: 'gradient' });
        expect(offset.values.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('offsets that follow the gradient', () => {
  it('move nothing on a plain picture', () => {
    expect(tapsAt({ kind: 'gradient' })).toEqual(square);
  });

  it('leave the kernel where brightness grows to the right, and turn it by 90 degrees where it grows downwards', () => {
    const right = tapsAt(
      { kind: 'gradient' },
      picture((_, x) => x / 24),
    );
    expectTaps(right, square);
    const down = tapsAt(
      { kind: 'gradient' },
      picture((y) => y / 24),
    );
    // The coherence of a straight edge is 1 but for the allowance for flat pictures.
    expect(down[5]![0]).toBeCloseTo(1, 2);
    expect(down[5]![1]).toBeCloseTo(0, 2);
  });

  it('turn the kernel by 30 degrees where the picture changes in that direction', () => {
    const [cos, sin] = [Math.cos(Math.PI / 6), 0.5];
    const waves = picture((y, x) => Math.sin((cos * x + sin * y) / 3));
    const [y, x] = tapsAt({ kind: 'gradient' }, waves)[5]!;
    expect(y / x).toBeCloseTo(Math.tan(Math.PI / 6), 1);
    expect(Math.hypot(y, x)).toBeGreaterThan(0.9);
  });
});
