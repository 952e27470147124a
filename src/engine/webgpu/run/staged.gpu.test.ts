/** Convolutions in several programs against the float64 reference, over the edges of their tiles and parts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationNames } from '../../../operators/activation/attributes.ts';
import type { ConvChoice } from '../../../operators/conv2d/choice.ts';
import { problemKey } from '../../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import { createWebGPUEngine } from '../index.ts';
import { createConv2d, extentOf } from '../testing/convolutions.ts';
import { type Case, expectExact } from '../testing/exactness.ts';

const devices: readonly {
  readonly name: string;
  readonly defaultLimits: boolean;
  readonly traits: Partial<DeviceTraits>;
}[] = [
  { name: 'with the adapter’s limits', defaultLimits: false, traits: {} },
  {
    name: 'with WebGPU’s default limits and weights in storage buffers',
    defaultLimits: true,
    traits: { canBroadcast: false, maxUniformBinding: 0 },
  },
];

const padding = fc.record({
  top: fc.integer({ min: 0, max: 3 }),
  bottom: fc.integer({ min: 0, max: 3 }),
  left: fc.integer({ min: 0, max: 3 }),
  right: fc.integer({ min: 0, max: 3 }),
});
const rest = {
  padding,
  bias: fc.boolean(),
  activation: fc.constantFrom(...activationNames),
  isDual: fc.boolean(),
  images: fc.constantFrom(1, 1, 2),
  seed: fc.integer({ min: 1, max: 1e6 }),
};
const tile = fc.constantFrom([1, 16], [1, 4], [2, 8], [4, 8], [8, 4]);

interface Staged {
  readonly one: Case;
  readonly choice: ConvChoice;
}

/** Any number of parts, filled up or not, with strides and dilations. */
const splitCase: fc.Arbitrary<Staged> = fc
  .record({
    ...rest,
    tile,
    parts: fc.integer({ min: 2, max: 5 }),
    fours: fc.integer({ min: 1, max: 2 }),
    missing: fc.integer({ min: 0, max: 3 }),
    outChannels: fc.integer({ min: 1, max: 20 }),
    kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    extra: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
  })
  .map(({ tile: [pixels, filters], parts, fours, missing, outChannels, kernel, images, extra, ...one }) => {
    const { activation, isDual, seed, ...attributes } = one;
    const inChannels = 4 * fours * parts - missing;
    const size = (axis: 0 | 1) => (kernel[axis] - 1) * one.dilation[axis] + 1 + extra[axis];
    return {
      one: {
        conv: createConv2d({ inChannels, outChannels, kernelSize: kernel, ...attributes }),
        shape: [images, inChannels, size(0), size(1)],
        activation,
        isDual,
        seed,
      },
      choice: { algorithm: 'split', parts, pixels: pixels!, filters: filters! },
    };
  });

/** Odd sizes, one pixel, any border, channels that do not fill a vec4. */
const winogradCase: fc.Arbitrary<Staged> = fc
  .record({
    ...rest,
    tile,
    outputs: fc.constantFrom(2, 4),
    inChannels: fc.integer({ min: 1, max: 13 }),
    outChannels: fc.integer({ min: 1, max: 20 }),
    size: fc.tuple(fc.integer({ min: 3, max: 13 }), fc.integer({ min: 3, max: 13 })),
  })
  .map(({ tile: [pixels, filters], outputs, inChannels, outChannels, size, images, ...one }) => {
    const { activation, isDual, seed, ...attributes } = one;
    return {
      one: {
        conv: createConv2d({ inChannels, outChannels, kernelSize: [3, 3], ...attributes }),
        shape: [images, inChannels, ...size],
        activation,
        isDual,
        seed,
      },
      choice: { algorithm: 'winograd', outputs: outputs as 2 | 4, pixels: pixels!, filters: filters! },
    };
  });

describe.each(devices)('on a device $name', ({ defaultLimits, traits }) => {
  const run = async ({ one, choice }: Staged): Promise<void> => {
    const choices = new Map([[problemKey(one.conv, extentOf(one)), choice]]);
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, defaultLimits, traits, choices });
    const programs = await expectExact(engine, one);
    const dense = `dense P${choice.pixels}C${choice.filters}`;
    const expected =
      choice.algorithm === 'winograd'
        ? [`winograd F(${choice.outputs},3) input`, dense, `winograd F(${choice.outputs},3) output`]
        : [dense, 'split sum'];
    expect(programs.filter((name) => name !== 'gather')).toEqual(expected);
    engine.destroy();
  };

  it('a convolution split over its channels is exact for random attributes, shapes and activations', async () => {
    await fc.assert(fc.asyncProperty(splitCase, run), { numRuns: 25, endOnFailure: true });
  });

  it('Winograd’s convolutions are exact on evenly spread values, over the edges of their tiles', async () => {
    await fc.assert(fc.asyncProperty(winogradCase, run), { numRuns: 25, endOnFailure: true });
  });
});

describe('where whole arrays do not fit', () => {
  const one: Case = {
    conv: createConv2d({ inChannels: 32, outChannels: 16, kernelSize: [1, 1] }),
    shape: [1, 32, 8, 8],
  };
  const choice: ConvChoice = { algorithm: 'split', parts: 4, pixels: 2, filters: 8 };
  const choices = new Map([[problemKey(one.conv, extentOf(one)), choice]]);
  // 4 parts x 16 filters x 64 pixels in float32, and 16 bytes of zeros.
  const partialSums = 16400;

  it.each([
    { name: 'partial sums that fill a binding are split', maxStorageBinding: partialSums, ran: 'split sum' },
    { name: 'partial sums beyond a binding are one program', maxStorageBinding: partialSums - 4, ran: 'dense P4C16' },
  ])('$name', async ({ maxStorageBinding, ran }) => {
    const traits = { maxStorageBinding, maxUniformBinding: 0, pixels: 4 };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, traits, choices });
    expect((await expectExact(engine, one)).at(-1)).toBe(ran);
    engine.destroy();
  });
});
