import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paddingModes } from '../../operators/conv2d/attributes.ts';
import { createConv2d, sourceIndex } from '../../operators/conv2d/index.ts';
import {
  type AxisGeometry,
  convGeometry,
  outputCentredOn,
  outputsReading,
  positionsOfTap,
  runsOf,
  tapsOf,
} from './convGeometry.ts';

const anyAxis: fc.Arbitrary<AxisGeometry> = fc
  .record({
    input: fc.integer({ min: 8, max: 24 }),
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    before: fc.integer({ min: 0, max: 5 }),
    after: fc.integer({ min: 0, max: 5 }),
    paddingMode: fc.constantFrom(...paddingModes),
  })
  .map(({ input, kernel, stride, dilation, before, after, paddingMode }) => {
    const padding = { top: before, bottom: after, left: 0, right: 0 };
    const shape = { kernelSize: [kernel, 1], stride: [stride, 1], dilation: [dilation, 1] } as const;
    const conv = createConv2d({ inChannels: 1, outChannels: 1, ...shape, padding, paddingMode });
    return convGeometry(conv, [input, 1]).h;
  })
  .filter((axis) => axis.outputs > 0);

describe('which pixels a convolution reads', () => {
  it('is rows -1, 1 and 3 for output 0 of a 3-tap kernel with dilation 2 and padding 1', () => {
    const conv = createConv2d({
      inChannels: 3,
      outChannels: 9,
      kernelSize: [3, 3],
      dilation: [2, 2],
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
    });
    const { h } = convGeometry(conv, [30, 45]);
    expect(tapsOf(h, 0)).toEqual([-1, 1, 3]);
    expect(h.outputs).toBe(28);
  });

  it('a pixel is read by exactly the outputs that have it among their taps, padding copies included', () => {
    fc.assert(
      fc.property(anyAxis, fc.nat(23), (axis, n) => {
        const pixel = n % axis.input;
        const readers = Array.from({ length: axis.outputs }, (_, o) => o).filter((o) =>
          tapsOf(axis, o).some((i) => sourceIndex(i, axis.input, axis.mode) === pixel),
        );
        expect(outputsReading(axis, pixel)).toEqual(readers);
      }),
    );
  });

  it('one weight meets one position for each output, all of them together every position that is read', () => {
    fc.assert(
      fc.property(anyAxis, (axis) => {
        const byTap = Array.from({ length: axis.kernel }, (_, t) => positionsOfTap(axis, t));
        for (const positions of byTap) expect(positions).toHaveLength(axis.outputs);
        const byOutput = Array.from({ length: axis.outputs }, (_, o) => tapsOf(axis, o));
        expect(new Set(byTap.flat())).toEqual(new Set(byOutput.flat()));
      }),
    );
  });

  it('the window centred on a pixel lies nearer to it than any other', () => {
    fc.assert(
      fc.property(anyAxis, fc.nat(23), (axis, n) => {
        const pixel = n % axis.input;
        const distance = (o: number) => {
          const taps = tapsOf(axis, o);
          return Math.abs((taps[0]! + taps.at(-1)!) / 2 - pixel);
        };
        const nearest = Math.min(...Array.from({ length: axis.outputs }, (_, o) => distance(o)));
        expect(distance(outputCentredOn(axis, pixel))).toBeCloseTo(nearest, 9);
      }),
    );
  });

  it('joins neighbouring positions: 0, 1, 2, 5 are 0 to 2 and 5', () => {
    expect(runsOf([0, 1, 2, 5])).toEqual([
      { lo: 0, hi: 2 },
      { lo: 5, hi: 5 },
    ]);
  });
});
