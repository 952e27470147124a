/** Windows of several columns, as few filters have them on a GPU, against the float64 reference over the edges of their tiles. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { DirectChoice } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { Chosen } from './testing/chosen.ts';
import { createConv2d, onEverySide, outputSizeOf } from './testing/convolutions.ts';
import type { Case } from './testing/exactness.ts';

const window = (pixels: number, columns: number, filters: number): DirectChoice => ({
  algorithm: 'window',
  pixels,
  columns,
  filters,
});
const deepWindow = (pixels: number, columns: number): DirectChoice => ({
  algorithm: 'deepWindow',
  pixels,
  columns,
  filters: 4,
});

const upTo = (min: number, max: number) => fc.integer({ min, max });

/** Small enough for a software adapter, with few texts: compiling one takes a while there. [groups, inputs, outputs per group]. */
const layerOf = (channels: fc.Arbitrary<readonly [number, number, number]>): fc.Arbitrary<Case> =>
  fc
    .record({
      channels,
      kernelSize: fc.tuple(fc.constant(3), upTo(1, 5)),
      stride: fc.tuple(upTo(1, 2), upTo(1, 3)),
      dilation: fc.tuple(upTo(1, 2), upTo(1, 3)),
      size: fc.tuple(upTo(1, 15), upTo(1, 19)),
      images: fc.constantFrom(1, 1, 2),
      padding: fc.record({ top: upTo(0, 4), bottom: upTo(0, 4), left: upTo(0, 4), right: upTo(0, 4) }),
      bias: fc.boolean(),
      activation: fc.constantFrom('none', 'relu'),
      isDual: fc.boolean(),
      seed: upTo(1, 1e6),
    })
    .map(({ channels: [groups, inputs, outputs], size, images, activation, isDual, seed, ...rest }): Case => {
      const conv = createConv2d({ ...rest, groups, inChannels: groups * inputs, outChannels: groups * outputs });
      return { conv, shape: [images, conv.inChannels, ...size], activation, isDual, seed } as const as Case;
    })
    .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);

/** An image, and groups that do not come in fours. */
const planar = layerOf(
  fc.oneof(fc.tuple(fc.constant(1), upTo(1, 4), upTo(1, 14)), fc.tuple(fc.constant(2), upTo(1, 3), upTo(1, 7))),
);
const blocked = layerOf(
  fc.oneof(
    fc.tuple(fc.constant(1), upTo(5, 13), upTo(1, 6)),
    fc.tuple(upTo(2, 3), fc.constantFrom(4, 8), fc.constant(4)),
  ),
);

/** Kernels no larger than the stride, most of them without a border: then no load is tested for it. */
const apart = fc
  .record({
    kernel: upTo(1, 3),
    stride: fc.tuple(fc.constant(3), upTo(1, 3)),
    border: fc.constantFrom(0, 0, 1),
    channels: fc.constantFrom([1, 3, 5], [2, 3, 3], [8, 1, 1], [8, 1, 2]),
    size: fc.tuple(upTo(4, 17), upTo(4, 17)),
    images: fc.constantFrom(1, 2),
    seed: upTo(1, 1e6),
  })
  .map(({ kernel, border, channels: [groups, inputs, outputs], size, images, seed, ...rest }): Case => {
    const channels = { inChannels: groups! * inputs!, outChannels: groups! * outputs! };
    const window = { kernelSize: [3, kernel], padding: onEverySide(border) } as const;
    const conv = createConv2d({ ...rest, ...window, ...channels, groups: groups! });
    return { conv, shape: [images, conv.inChannels, ...size], seed };
  })
  .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);

const devices: readonly {
  readonly name: string;
  readonly traits: Partial<DeviceTraits>;
  readonly runs: number;
}[] = [
  { name: 'as a GPU has them', traits: { canBroadcast: false }, runs: 10 },
  { name: 'with weights in storage buffers', traits: { canBroadcast: false, maxUniformBinding: 0 }, runs: 6 },
  { name: 'with weights by broadcast', traits: {}, runs: 4 },
];

describe.each(devices)('columns side by side, $name', ({ traits, runs }) => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ traits }));
  afterAll(() => chosen.engine.destroy());

  it.each([
    { name: 'a window of planar maps', layer: planar, choices: [window(4, 2, 8), window(2, 4, 4), window(3, 2, 12)] },
    { name: 'a window of blocks of channels', layer: blocked, choices: [deepWindow(2, 2), deepWindow(1, 4)] },
  ])('$name is exact for random attributes, shapes and activations', async ({ layer, choices }) => {
    await fc.assert(
      fc.asyncProperty(layer, fc.constantFrom(...choices), async (one, choice) => {
        await chosen.expectExact(choice, one);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('of kernels that share nothing are exact to the edge of the input', async () => {
    await fc.assert(
      fc.asyncProperty(apart, fc.constantFrom(window(4, 1, 8), window(2, 2, 4)), async (one, choice) => {
        const { groups, outChannels } = one.conv;
        const depthwise = { algorithm: 'depthwise', pixels: 4, filters: (4 * outChannels) / groups } as const;
        await chosen.expectExact(groups === 8 ? depthwise : choice, one);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('are exact short of the tile, at it and past it, beside columns that a dilation keeps apart', async () => {
    for (const extra of [-1, 0, 1]) {
      for (const dilation of [1, 3]) {
        const width = 8 * dilation + extra;
        const rest = { kernelSize: [3, 3], dilation: [1, dilation], padding: onEverySide(dilation) } as const;
        const image = createConv2d({ ...rest, inChannels: 2, outChannels: 8 });
        await chosen.expectExact(window(4, 2, 8), { conv: image, shape: [1, 2, 9, width] });
        const deep = createConv2d({ ...rest, inChannels: 8, outChannels: 8, groups: 2 });
        await chosen.expectExact(deepWindow(2, 2), { conv: deep, shape: [1, 8, 9, width] });
      }
    }
  });
});

describe('columns side by side, cut into many dispatches', () => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ traits: { canBroadcast: false }, rate: 1 }));
  afterAll(() => chosen.engine.destroy());

  it('are exact', async () => {
    const conv = createConv2d({ inChannels: 3, outChannels: 20, kernelSize: [3, 3], padding: onEverySide(1) });
    await chosen.expectExact(window(4, 2, 8), { conv, shape: [1, 3, 27, 13], isDual: true, activation: 'relu' });
  });
});
