/** Transposed convolutions of few filters, all phases of a place at once, as a GPU has them, against the float64 reference. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseOf, isValid, seed } from '../../../tests/support/cases/operatorCase.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Engine } from '../engine.ts';
import { expectExactOperator } from '../testing/exactOperator.ts';
import { createWebGPUEngine } from './index.ts';

const upTo = (min: number, max: number) => fc.integer({ min, max });
const crop = upTo(0, 5);

/** Few texts, since compiling one takes a while on a software adapter; a dilation along the axis without a stride alone. */
const axes = fc.constantFrom<{ readonly stride: Pair; readonly dilation: Pair }>(
  { stride: [2, 2], dilation: [1, 1] },
  { stride: [3, 1], dilation: [1, 2] },
);

const layers = fc
  .record({
    axes,
    kernelSize: fc.tuple(upTo(1, 7), upTo(1, 7)),
    outputPadding: fc.tuple(upTo(0, 1), fc.constant(0)),
    padding: fc.record({ top: crop, bottom: crop, left: crop, right: crop }),
    bias: fc.boolean(),
    // [groups, inputs, outputs] of each group: blocks, planes, planes whose filters stand alone.
    channels: fc.oneof(
      fc.tuple(fc.constant(1), upTo(3, 13), upTo(1, 4)),
      fc.tuple(upTo(2, 3), fc.constantFrom(4, 8), fc.constant(4)),
      fc.tuple(fc.constant(1), upTo(1, 2), upTo(1, 8)),
      fc.tuple(upTo(2, 3), upTo(1, 3), upTo(2, 7)),
    ),
    size: fc.tuple(upTo(1, 9), upTo(1, 9)),
    images: fc.constantFrom(1, 1, 2),
    seed,
  })
  .map(({ axes, channels: [groups, inputs, outputs], size, images, seed, ...rest }) => {
    const channels = { groups, inChannels: groups * inputs, outChannels: groups * outputs };
    const conv = createConvTranspose2d({ ...rest, ...axes, ...channels });
    return caseOf(conv, [[images, conv.inChannels, ...size]], seed);
  })
  .filter(isValid);

const devices = [
  { name: 'a GPU', options: { traits: { canBroadcast: false, busyInvocations: 1 } } },
  { name: 'one that is cut into many dispatches', options: { traits: { canBroadcast: false }, rate: 1 } },
];

describe.each(devices)('transposed layers of few filters on $name', ({ options }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, ...options });
  });
  afterAll(() => engine.destroy());

  it('are exact in one invocation for all phases, whatever kernel, crop and groups', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (one) => {
        const programs = await expectExactOperator(engine, one);
        expect(programs.filter((name) => /^transposed (blocks|planes) s\dx\d P/.test(name))).toHaveLength(1);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
