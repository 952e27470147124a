/** Groups that do not come in fours, read from blocks as they lie on a GPU, against the float64 reference over the edges of blocks and tiles. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { DirectChoice } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { Chosen } from './testing/chosen.ts';
import { createConv2d, onEverySide, outputSizeOf } from './testing/convolutions.ts';
import type { Case } from './testing/exactness.ts';

const choices: readonly DirectChoice[] = [
  { algorithm: 'dense', pixels: 2, filters: 8 },
  { algorithm: 'dense', pixels: 4, filters: 4 },
  { algorithm: 'deepWindow', pixels: 2, columns: 2, filters: 4 },
];

const upTo = (min: number, max: number) => fc.integer({ min, max });

const layer: fc.Arbitrary<Case> = fc
  .record({
    groups: upTo(2, 9),
    inputs: upTo(1, 7),
    outputs: upTo(1, 9),
    kernelSize: fc.tuple(fc.constant(3), upTo(1, 3)),
    stride: fc.tuple(upTo(1, 2), upTo(1, 2)),
    size: fc.tuple(upTo(1, 9), upTo(1, 11)),
    images: fc.constantFrom(1, 1, 2),
    bias: fc.boolean(),
    activation: fc.constantFrom('none', 'relu'),
    isDual: fc.boolean(),
    seed: upTo(1, 1e6),
  })
  .map(({ groups, inputs, outputs, size, images, activation, isDual, seed, ...rest }): Case => {
    const channels = { inChannels: groups * inputs, outChannels: groups * outputs };
    const conv = createConv2d({ ...rest, ...channels, groups, padding: onEverySide(1) });
    return { conv, shape: [images, conv.inChannels, ...size], activation, isDual, seed } as const as Case;
  })
  .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);

const devices: readonly { readonly name: string; readonly traits: Partial<DeviceTraits>; readonly runs: number }[] = [
  { name: 'as a GPU has them', traits: { canBroadcast: false }, runs: 24 },
  { name: 'with weights in storage buffers', traits: { canBroadcast: false, maxUniformBinding: 0 }, runs: 8 },
];

describe.each(devices)('groups that share blocks of four channels, $name', ({ traits, runs }) => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ traits }));
  afterAll(() => chosen.engine.destroy());

  it('are exact for random channels, attributes and shapes', async () => {
    await fc.assert(
      fc.asyncProperty(layer, fc.constantFrom(...choices), async (one, choice) => {
        await chosen.expectExact(choice, one);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
