/** Weights that the device draws: in every packing the bits that packing those of the host gives. */
import '../../operators/conv2d/moreTexts.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convTranspose2dCases } from '../../../tests/support/cases/convTranspose2d.ts';
import { deformConv2dCases } from '../../../tests/support/cases/deformConv2d.ts';
import { linearCases } from '../../../tests/support/cases/linear.ts';
import { locallyConnected2dCases } from '../../../tests/support/cases/locallyConnected2d.ts';
import type { DrawnParameters } from '../../graph/graph.ts';
import { materialiseDrawn } from '../../graph/weights/drawnParameters.ts';
import { distributions } from '../../graph/weights/filterState.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { StagedChoice } from '../../operators/conv2d/choice.ts';
import { planStaged } from '../../operators/conv2d/staged/index.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import { passesOf } from '../../operators/passes.ts';
import type { Range } from '../../operators/programs/cuts.ts';
import { identity } from '../../operators/programs/epilogue.ts';
import { halfWeights } from '../../operators/programs/halfWeights.ts';
import type { PassPlan } from '../../operators/programs/passes.ts';
import { type Packing, packingOf, type WeightOrder } from '../../operators/programs/weights.ts';
import { BufferPool } from './device/buffers.ts';
import { openDevice } from './device/device.ts';
import { Pace } from './device/pace.ts';
import { PackedWeights } from './device/packedWeights.ts';
import { Pipelines } from './device/pipelines.ts';
import { readBuffer } from './device/readback.ts';
import { Recorder } from './device/recorder.ts';
import { type Device, NotCompiled } from './evaluation.ts';
import { createDrawing } from './run/drawing.ts';
import { createConv2d } from './testing/convolutions.ts';

/** What packed weights need of the engine. */
async function openWeights(): Promise<{ readonly gpu: GPUDevice; readonly device: Device }> {
  const { gpu, traits } = await openDevice((await navigator.gpu.requestAdapter())!, false, {});
  const pool = new BufferPool(gpu, 2 ** 26);
  const recorder = new Recorder(gpu, pool);
  const weights = new PackedWeights(pool, recorder, traits.maxStorageBinding);
  // So slow that larger weights are drawn in several dispatches.
  const pace = new Pace(true, 1e6);
  const device: Device = {
    ...{ pool, recorder, weights, traits, pace, pipelines: new Pipelines(gpu) },
    ...{ choices: new Map(), passes: null, staged: null, planRun: null },
  };
  weights.drawing = createDrawing(device);
  return { gpu, device };
}

const recipes: fc.Arbitrary<DrawnParameters> = fc.record({
  kind: fc.constant('drawn' as const),
  distribution: fc.constantFrom(...distributions),
  seed: fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  stream: fc.nat(2 ** 32 - 1),
});

const few = (most: number) => fc.integer({ min: 1, max: most });

/** A convolution and one of the orders that its weights may be packed in. */
const orders: fc.Arbitrary<{ readonly conv: Conv2d; readonly order: WeightOrder }> = fc
  .record({
    taps: fc.constantFrom('rows', 'blocks', 'planes', 'columns'),
    filters: fc.constantFrom(4, 8, 16),
    groups: few(3),
    members: fc.constantFrom(1, 1, 2, 3),
    slices: few(9),
    perGroup: few(21),
    kernel: fc.tuple(few(5), few(5)),
  })
  .map(({ slices, perGroup, ...rest }) => {
    const { kernel } = rest;
    const isBlocked = rest.taps === 'blocks' || rest.taps === 'columns';
    const members = isBlocked ? rest.members : 1;
    const groups = rest.groups * members;
    const channels = { inChannels: groups * slices, outChannels: groups * perGroup };
    return {
      conv: createConv2d({ ...channels, groups, kernelSize: kernel }),
      order: { ...rest, ...channels, members },
    };
  });

const packingsOf = (plan: PassPlan | null): readonly Packing[] =>
  (plan?.passes ?? [])
    .flatMap(({ operands }) => operands)
    .flatMap((operand) => (operand.of === 'packed' ? [operand.packing] : []));

/** Parts of 1/8 of all blocks and more, told by two numbers below 8. */
const parts = fc.tuple(fc.nat(7), fc.nat(7));
const rangeOf = (blocks: number, [a, b]: readonly [number, number]): Range => {
  const [first, last] = [a, b].toSorted((x, y) => x - y).map((eighth) => Math.floor((eighth * blocks) / 8));
  return [first!, last! + 1];
};

describe('weights drawn on the device', () => {
  let device: Device;
  let gpu: GPUDevice;
  beforeAll(async () => {
    ({ device, gpu } = await openWeights());
  });
  afterAll(() => gpu.destroy());

  /** The bits of a part of the packed weights. */
  async function drawn(operator: Operator, recipe: DrawnParameters, given: Packing, part: Range): Promise<Uint32Array> {
    const { weights } = device;
    // Uniform buffers cannot be read back; they are copies of these.
    const packing = { ...given, where: 'storage' as const };
    for (;;) {
      try {
        const { buffer, size } = weights.packed(weights.drawing!.valuesOf(operator, recipe), packing, part);
        return new Uint32Array(await readBuffer(device, buffer, 0, size!));
      } catch (error) {
        if (!(error instanceof NotCompiled)) throw error;
        await device.pipelines.compile(error.program);
      } finally {
        weights.recorded();
      }
    }
  }

  async function expectSameBits(operator: Operator, recipe: DrawnParameters, packing: Packing, part: Range) {
    const expected = packing.pack(materialiseDrawn(operator, recipe), part);
    const found = await drawn(operator, recipe, packing, part);
    const bits = new Uint32Array(expected.buffer);
    const wrong = bits.findIndex((word, i) => word !== found[i]);
    expect({ length: found.length, wrong }).toEqual({ length: bits.length, wrong: -1 });
  }

  it('have the bits of the host’s, in every order of a convolution’s weights and in parts of them', async () => {
    await fc.assert(
      fc.asyncProperty(orders, recipes, parts, async ({ conv, order }, recipe, some) => {
        const packing = packingOf(order, 'storage');
        await expectSameBits(conv, recipe, packing, rangeOf(packing.blocks, some));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it.each([
    ['linear', linearCases],
    ['transposed', convTranspose2dCases],
    ['deformable', deformConv2dCases],
    ['locally connected', locallyConnected2dCases],
  ])('and so have those of layers of other kinds: %s', async (_, { random, edges }) => {
    // Without the values, which nothing here reads.
    const cases = fc
      .oneof(random, fc.constantFrom(...edges))
      .map(({ operator, inputs }) => ({ operator, shapes: inputs.map(({ shape }) => shape) }));
    await fc.assert(
      fc.asyncProperty(cases, recipes, parts, async ({ operator, shapes }, recipe, some) => {
        const output = rulesOf(operator).outputShape(operator, shapes);
        if (!output.ok) throw new Error(output.error.message);
        const packings = packingsOf(passesOf(operator, shapes, output.value, device.traits));
        expect(packings).toHaveLength(1);
        for (const packing of packings) await expectSameBits(operator, recipe, packing, rangeOf(packing.blocks, some));
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  const stagedPackings = (conv: Conv2d, choice: StagedChoice) => {
    const shapes = [
      [1, conv.inChannels, 9, 8],
      [1, conv.outChannels, 9, 8],
    ] as const;
    return packingsOf(planStaged(conv, choice, shapes, identity, false, device.traits));
  };

  it('and so have those of a convolution that is split over its channels', async () => {
    const cases = fc.record({
      parts: fc.integer({ min: 2, max: 5 }),
      fours: few(2),
      missing: fc.nat(3),
      filters: few(20),
    });
    await fc.assert(
      fc.asyncProperty(cases, recipes, async ({ parts, fours, missing, filters }, recipe) => {
        const channels = { inChannels: 4 * fours * parts - missing, outChannels: filters };
        const conv = createConv2d({ ...channels, kernelSize: [3, 3], padding: 'same' });
        const [weights, biases] = stagedPackings(conv, { algorithm: 'split', parts, pixels: 1, filters: 8 });
        await expectSameBits(conv, recipe, weights!, [0, 1]);
        await expectSameBits(conv, recipe, biases!, [0, 1]);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('are those of the host in Winograd’s domain within 4 units in the last place of the largest', async () => {
    const cases = fc.record({ outputs: fc.constantFrom(2 as const, 4 as const), slices: few(13), filters: few(20) });
    await fc.assert(
      fc.asyncProperty(cases, recipes, async ({ outputs, slices, filters }, recipe) => {
        const conv = createConv2d({ inChannels: slices, outChannels: filters, kernelSize: [3, 3], padding: 'same' });
        const [packing] = stagedPackings(conv, { algorithm: 'winograd', outputs, pixels: 1, filters: 8 });
        const expected = packing!.pack(materialiseDrawn(conv, recipe), [0, 1]);
        const found = new Float32Array((await drawn(conv, recipe, packing!, [0, 1])).buffer);
        const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const error = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - found[i]!)), 0);
        expect(error / largest).toBeLessThan(4 * 2 ** -23);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('are those of the host as half floats: each times its filter’s power within a rounding of the weight', async () => {
    const cases = fc.record({ slices: few(9), perGroup: few(20), filters: fc.constantFrom(4, 8, 16) });
    await fc.assert(
      fc.asyncProperty(cases, recipes, async ({ slices, perGroup, filters }, recipe) => {
        const channels = { inChannels: slices, outChannels: perGroup };
        const conv = createConv2d({ ...channels, kernelSize: [3, 2] });
        const order: WeightOrder = { taps: 'blocks', filters, groups: 1, ...channels, kernel: [3, 2] };
        const packing = packingOf({ ...order, narrowing: halfWeights }, 'storage');
        const all: Range = [0, packing.blocks];
        const exact = packingOf(order, 'storage').pack(materialiseDrawn(conv, recipe), all);
        const found = widened(await drawn(conv, recipe, packing, all), packing.perBlock, filters);
        const largest = exact.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        found.forEach((value, i) => {
          expect(Math.abs(value - exact[i]!)).toBeLessThanOrEqual(2 ** -10 * Math.abs(exact[i]!) + 2 ** -22 * largest);
        });
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });
});

/** Half floats as `packWeights` would leave them: biases and weights times the powers of their filters. */
function widened(words: Uint32Array, perBlock: number, filters: number): Float32Array {
  const floats = new Float32Array(words.buffer);
  const halves = new Uint16Array(words.buffer);
  const values: number[] = [];
  for (let at = 0; at < words.length; at += perBlock) {
    const power = floats.subarray(at + filters, at + 2 * filters);
    for (let c = 0; c < filters; c++) values.push(floats[at + c]! * power[c]!);
    for (let i = 2 * (at + 2 * filters); i < 2 * (at + perBlock); i++)
      values.push(fromHalf(halves[i]!) * power[i % filters]!);
  }
  return Float32Array.from(values);
}

/** The number that a half float's bits say; no infinity. */
function fromHalf(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits >> 15 ? -size : size;
}
