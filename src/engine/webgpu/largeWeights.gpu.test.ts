/** Weights of more than a binding: bound part by part, the same bits as in one piece. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deformCase } from '../../../tests/support/cases/deformConv2d.ts';
import { caseOf, type OperatorCase } from '../../../tests/support/cases/operatorCase.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { Engine } from '../engine.ts';
import { expectExactOperator } from '../testing/exactOperator.ts';
import { createWebGPUEngine } from './index.ts';
import { createConv2d, onEverySide } from './testing/convolutions.ts';
import { expectExact } from './testing/exactness.ts';

const maxStorageBinding = 9600;
/** As a GPU has them, and few pixels: quickly compiled. */
const gpuTexts = { canBroadcast: false, maxUniformBinding: 0, pixels: 1 };

/** `dispatches`: those of the split run. Bytes of a block of C filters: 4 C (1 + channels and taps). */
const layers: readonly {
  readonly name: string;
  readonly program: string;
  readonly dispatches: number;
  readonly one: OperatorCase;
}[] = [
  {
    // 5 blocks of 9248 bytes.
    name: 'a deep layer, one block at a time',
    program: 'dense',
    dispatches: 5,
    one: caseOf(createConv2d({ inChannels: 32, outChannels: 40, kernelSize: [3, 3], padding: 'same' }), [
      [2, 32, 3, 3],
    ]),
  },
  {
    // 9 blocks of 2336 bytes, 3 in each group; parts of 3.
    name: 'groups',
    program: 'dense',
    dispatches: 3,
    one: caseOf(createConv2d({ inChannels: 24, outChannels: 72, kernelSize: [3, 3], groups: 3 }), [[1, 24, 5, 5]]),
  },
  {
    // 6 blocks of 3872 bytes, 3 in each group; parts of 2.
    name: 'a part that belongs to two groups',
    program: 'dense',
    dispatches: 3,
    one: caseOf(createConv2d({ inChannels: 24, outChannels: 48, kernelSize: [5, 2], groups: 2 }), [[2, 24, 5, 5]]),
  },
  {
    // 13 blocks of 1792 bytes, in parts of 5; maps in parts of 140 channels.
    name: 'a window over maps that are in parts themselves',
    program: 'window',
    dispatches: 4,
    one: caseOf(createConv2d({ inChannels: 3, outChannels: 200, kernelSize: [3, 3], padding: 'same' }), [[1, 3, 4, 4]]),
  },
  {
    // 6 blocks of 1792 bytes, each of a group of its own.
    name: 'groups whose filters do not come in fours',
    program: 'window',
    dispatches: 2,
    one: caseOf(createConv2d({ inChannels: 18, outChannels: 60, kernelSize: [3, 3], groups: 6 }), [[2, 18, 5, 4]]),
  },
  {
    // 4 blocks of 3968 bytes.
    name: 'a tall kernel',
    program: 'taps',
    dispatches: 2,
    one: caseOf(createConv2d({ inChannels: 1, outChannels: 64, kernelSize: [61, 1] }), [[1, 1, 62, 3]]),
  },
  {
    // 32 blocks of 320 bytes.
    name: 'two filters for each channel',
    program: 'depthwise',
    dispatches: 2,
    one: caseOf(createConv2d({ inChannels: 128, outChannels: 256, kernelSize: [3, 3], padding: 'same', groups: 128 }), [
      [1, 128, 3, 3],
    ]),
  },
  {
    // 5 blocks of 4640 bytes.
    name: 'a transposed convolution',
    program: 'transposed blocks',
    dispatches: 3,
    one: caseOf(createConvTranspose2d({ inChannels: 16, outChannels: 40, kernelSize: [3, 3], stride: [2, 2] }), [
      [2, 16, 2, 2],
    ]),
  },
  {
    // 3 blocks of 4128 bytes, each of a group of its own.
    name: 'a transposed convolution in groups that do not come in fours',
    program: 'transposed planes',
    dispatches: 2,
    one: caseOf(
      createConvTranspose2d({ inChannels: 6, outChannels: 15, kernelSize: [8, 8], stride: [2, 1], groups: 3 }),
      [[1, 6, 2, 1]],
    ),
  },
  {
    // 64 blocks of 160 bytes.
    name: 'a depthwise transposed convolution',
    program: 'transposed depthwise',
    dispatches: 2,
    one: caseOf(createConvTranspose2d({ inChannels: 256, outChannels: 256, kernelSize: [3, 3], groups: 256 }), [
      [1, 256, 1, 1],
    ]),
  },
  {
    // 5 blocks of 4640 bytes.
    name: 'a deformable convolution',
    program: 'deform',
    dispatches: 3,
    one: deformCase(
      { inChannels: 16, outChannels: 40, kernelSize: [3, 3], padding: onEverySide(1), hasMask: true },
      [2, 3, 4],
    )!,
  },
  {
    // 18 blocks of 4816 bytes.
    name: 'a fully connected layer',
    program: 'linear',
    dispatches: 18,
    one: caseOf(createLinear({ inFeatures: 300, outFeatures: 70 }), [[2, 300, 1, 1]]),
  },
  {
    // 3 blocks of 5472 bytes.
    name: 'a locally connected layer',
    program: 'local',
    dispatches: 3,
    one: caseOf(createLocallyConnected2d({ inChannels: 2, outChannels: 20, inputSize: [5, 5], kernelSize: [3, 3] }), [
      [2, 2, 5, 5],
    ]),
  },
];

/** Runs the operator alone: its values, the programs that ran and what it took. */
async function resultOf(engine: Engine, { operator, inputs, parameters }: OperatorCase) {
  const names = inputs.map((_, i) => `input${i}`);
  const nodes = inputs.map(({ shape }, i) => {
    return { id: names[i]!, operator: { kind: 'input', channels: shape[1] } as const, inputs: [] };
  });
  const tensors = await Promise.all(inputs.map(({ shape, values }) => engine.upload(values, shape)));
  const { dispatches } = engine.counters;
  const {
    tensors: results,
    programs,
    completed,
  } = await engine.run({
    graph: { nodes: [...nodes, { id: 'node', operator, inputs: names }] },
    inputs: Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor])),
    parameters: parameters ? { node: parameters } : {},
    outputs: ['node'],
  });
  const taken = engine.counters.dispatches - dispatches;
  await completed;
  const [, channels, height, width] = results.node!.shape;
  const values = await engine.read(results.node!, { channel: 0, channels, y: 0, x: 0, height, width });
  for (const tensor of [results.node!, ...tensors]) tensor.free();
  return { values, programs, dispatches: taken };
}

describe('weights of more than a binding', () => {
  let whole: Engine;
  let split: Engine;
  beforeAll(async () => {
    const { gpu } = navigator;
    whole = await createWebGPUEngine({ gpu, traits: gpuTexts });
    split = await createWebGPUEngine({ gpu, traits: { ...gpuTexts, maxStorageBinding } });
  });
  afterAll(() => {
    for (const engine of [whole, split]) engine.destroy();
  });

  it.each(layers)('of $name give the same bits in parts', async ({ one, program, dispatches }) => {
    // One of its own: a run that is done teaches it a rate.
    const slow = await createWebGPUEngine({
      gpu: navigator.gpu,
      traits: { ...gpuTexts, maxStorageBinding },
      rate: 2e4,
    });
    const [inOne, inParts, inPieces] = [
      await resultOf(whole, one),
      await resultOf(split, one),
      await resultOf(slow, one),
    ];
    slow.destroy();
    expect(inOne.programs.at(-1)).toContain(program);
    expect(inParts.programs).toEqual(inOne.programs);
    expect(inParts.dispatches - inOne.dispatches + 1).toBe(dispatches);
    expect(inPieces.dispatches).toBeGreaterThan(inParts.dispatches);
    expect(inParts.values).toEqual(inOne.values);
    expect(inPieces.values).toEqual(inOne.values);
    for (const engine of [whole, split]) await expectExactOperator(engine, one);
  });

  it('compile nothing that they would not compile in one piece', () => {
    expect(split.counters.compilations).toBe(whole.counters.compilations);
  });

  it('serve maps before and behind the activation, with weights by broadcast where the device has it', async () => {
    const engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      traits: { maxUniformBinding: 0, maxStorageBinding },
    });
    const conv = createConv2d({ inChannels: 12, outChannels: 40, kernelSize: [3, 3] });
    await expectExact(engine, { conv, shape: [1, 12, 4, 5], activation: 'leaky_relu', isDual: true });
    engine.destroy();
  });

  it.each([
    ['linear', caseOf(createLinear({ inFeatures: 700, outFeatures: 8 }), [[1, 700, 1, 1]])],
    ['dense', caseOf(createConv2d({ inChannels: 68, outChannels: 8, kernelSize: [3, 3] }), [[1, 68, 3, 3]])],
  ] as const)('are refused where a binding does not hold one block: %s', async (_, one) => {
    await expect(resultOf(split, one)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('and of more than the memory budget pass through it, every time alike', async () => {
    const budget = 2 ** 21;
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, traits: gpuTexts, memoryBudget: budget });
    const one = caseOf(createLinear({ inFeatures: 1000, outFeatures: 1100 }), [[1, 1000, 1, 1]]);
    // The first run compiles on its way.
    const { values } = await resultOf(engine, one);
    const [second, third] = [await resultOf(engine, one), await resultOf(engine, one)];
    expect(second.programs).toEqual(['gather', 'linear']);
    // 275 blocks of 16016 bytes.
    expect(second.dispatches - 1).toBe(Math.ceil(275 / Math.floor(budget / 8 / 16016)));
    expect(second.values).toEqual(values);
    expect(third).toEqual(second);
    expect(engine.counters.bytesAllocated).toBeLessThanOrEqual(budget);
    await expectExactOperator(engine, one);
    engine.destroy();
  });
});
