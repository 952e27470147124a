/** Statistics that convolutions leave as they store, against those of a pass over the same maps. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { type Engine, EngineError, type MapStatistics, type RunRequest, type Tensor } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';
import { DeviceTensor } from './run/tensors.ts';
import { convolutionCase } from './testing/arbitraries.ts';
import { createConv2d, onEverySide } from './testing/convolutions.ts';
import { type Case, layerGraph, randomValues } from './testing/exactness.ts';

/** SwiftShader's subgroups have four lanes; with places for every two of them, some stay empty. */
const devices: readonly {
  readonly name: string;
  readonly traits: Partial<DeviceTraits>;
  readonly rate?: number;
  readonly runs: number;
}[] = [
  { name: 'with weights by broadcast', traits: { recordLanes: 4 }, runs: 6 },
  { name: 'with subgroups wider than the least', traits: { recordLanes: 2, canBroadcast: false }, runs: 6 },
  {
    name: 'with small bindings',
    traits: { recordLanes: 4, canBroadcast: false, maxUniformBinding: 0, maxStorageBinding: 32768 },
    runs: 3,
  },
  {
    name: 'that is given many dispatches',
    traits: { recordLanes: 4, maxWorkgroupsPerDimension: 5 },
    rate: 2e4,
    runs: 3,
  },
];

interface Found {
  readonly statistics: readonly MapStatistics[];
  /** Known when the run was recorded: the store has left them. */
  readonly isLeft: boolean;
}

/** What a run gives of the node 'activation'; its inputs and maps are freed. */
async function statisticsOf(engine: Engine, request: RunRequest, isAsked: boolean): Promise<Found> {
  let tensors: Readonly<Record<string, Tensor>> = {};
  try {
    const run = await engine.run({ ...request, statistics: isAsked ? ['activation'] : [] });
    tensors = run.tensors;
    await run.completed;
    const { activation: maps } = tensors;
    if (!(maps instanceof DeviceTensor)) throw new Error('no maps');
    const isLeft = maps.level === 1;
    return { statistics: await engine.statistics(maps), isLeft };
  } finally {
    for (const tensor of Object.values(tensors)) tensor.free();
  }
}

async function requestOf(engine: Engine, one: Case): Promise<RunRequest> {
  const { conv, shape, activation = 'none', isDual = false, seed = 1, precision = 'exact' } = one;
  const size = shape.reduce((product, length) => product * length);
  return {
    graph: layerGraph(conv, activation),
    inputs: { input: await engine.upload(randomValues(size, seed), shape) },
    parameters: { conv: parametersOf(conv, seed + 1) },
    outputs: isDual ? ['conv', 'activation'] : ['activation'],
    precision,
  };
}

function parametersOf({ inChannels, outChannels, kernelSize, groups, bias }: Conv2d, seed: number): ParameterValues {
  const weights = (outChannels * inChannels * kernelSize[0] * kernelSize[1]) / groups;
  return { weight: randomValues(weights, seed), bias: bias ? randomValues(outChannels, seed + 1) : null };
}

/** Extremes and zeros are the same numbers, sums agree but for the order of their terms. */
function expectSame(asked: Found, passed: Found, label: string): void {
  expect(asked.statistics).toHaveLength(passed.statistics.length);
  asked.statistics.forEach((left, map) => {
    const read = passed.statistics[map]!;
    const exact = ({ min, max, sparsity, p1, p99 }: MapStatistics) => ({ min, max, sparsity, p1, p99 });
    expect(exact(left), `map ${map} of ${label}`).toEqual(exact(read));
    expect(Math.abs(left.energy - read.energy), `energy of ${map}, ${label}`).toBeLessThanOrEqual(1e-6 * read.energy);
    const scale = Math.sqrt(read.energy);
    expect(Math.abs(left.mean - read.mean), `mean of ${map}, ${label}`).toBeLessThanOrEqual(1e-6 * scale);
  });
}

/** Returns whether the store has left them; then a second run must give the same bits. */
async function expectLeft(engine: Engine, request: RunRequest, label: string): Promise<boolean> {
  try {
    const asked = await statisticsOf(engine, request, true);
    expectSame(asked, await statisticsOf(engine, request, false), label);
    expect((await statisticsOf(engine, request, true)).statistics, label).toEqual(asked.statistics);
    return asked.isLeft;
  } finally {
    for (const tensor of Object.values(request.inputs)) tensor.free();
  }
}

describe.each(devices)('statistics left by a store on a device $name', ({ traits, rate, runs }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      defaultLimits: true,
      traits,
      ...(rate === undefined ? {} : { rate }),
    });
  });
  afterAll(() => engine.destroy());

  it('are those of a pass over the maps, for random attributes, shapes and activations', async () => {
    await fc.assert(
      fc.asyncProperty(convolutionCase, async (one) => {
        try {
          const isLeft = await expectLeft(engine, await requestOf(engine, one), JSON.stringify(one));
          // Winograd's last program and batches have theirs from the pass; which stores leave them is said by the cases below.
          if (one.shape[0] > 1) expect(isLeft).toBe(false);
        } catch (error) {
          if (traits.maxStorageBinding === undefined || !(error instanceof EngineError)) throw error;
          expect(error.code).toBe('too-large');
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it.each<{ name: string } & Case>([
    {
      name: 'window over several workgroups',
      conv: createConv2d({ inChannels: 3, outChannels: 9, kernelSize: [3, 3], padding: onEverySide(1) }),
      shape: [1, 3, 61, 67],
      activation: 'relu',
    },
    {
      name: 'groups that share a vec4',
      conv: createConv2d({ inChannels: 6, outChannels: 15, kernelSize: [3, 3], groups: 3 }),
      shape: [1, 6, 35, 41],
      activation: 'relu',
    },
    {
      name: 'depthwise with two filters per channel',
      conv: createConv2d({ inChannels: 5, outChannels: 10, kernelSize: [3, 3], groups: 5 }),
      shape: [1, 5, 40, 33],
      activation: 'gelu',
    },
    {
      name: 'depthwise with one filter per channel, which goes row by row on a software adapter',
      conv: createConv2d({ inChannels: 9, outChannels: 9, kernelSize: [3, 3], groups: 9, dilation: [2, 1] }),
      shape: [1, 9, 43, 35],
      activation: 'relu',
    },
    {
      name: 'dense, with the maps before the activation',
      conv: createConv2d({ inChannels: 12, outChannels: 22, kernelSize: [3, 3], stride: [2, 1] }),
      shape: [1, 12, 33, 35],
      activation: 'relu6',
      isDual: true,
    },
    {
      name: 'groups of four, which are windows of rows on a GPU',
      conv: createConv2d({ inChannels: 12, outChannels: 12, kernelSize: [3, 3], groups: 3 }),
      shape: [1, 12, 35, 33],
      activation: 'relu',
    },
    {
      name: 'taps',
      conv: createConv2d({ inChannels: 2, outChannels: 6, kernelSize: [61, 1], padding: 'full' }),
      shape: [1, 2, 20, 21],
    },
    {
      name: 'rows two apart',
      conv: createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [3, 3], dilation: [2, 1], padding: 'full' }),
      shape: [1, 3, 30, 31],
      activation: 'relu',
    },
  ])('are those of a pass: $name', async ({ name: _, ...one }) => {
    expect(await expectLeft(engine, await requestOf(engine, one), JSON.stringify(one))).toBe(true);
  });

  it('are those of a pass where maps are added before the activation', async () => {
    const first = createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [1, 1] });
    const second = createConv2d({ inChannels: 8, outChannels: 8, kernelSize: [3, 3], padding: onEverySide(1) });
    const request: RunRequest = {
      graph: {
        nodes: [
          { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
          { id: 'first', operator: first, inputs: ['input'] },
          { id: 'second', operator: second, inputs: ['first'] },
          { id: 'sum', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['second', 'first'] },
          { id: 'activation', operator: { kind: 'activation', function: 'relu' }, inputs: ['sum'] },
        ],
      },
      inputs: { input: await engine.upload(randomValues(3 * 21 * 19, 1), [1, 3, 21, 19]) },
      parameters: { first: parametersOf(first, 2), second: parametersOf(second, 4) },
      outputs: ['activation'],
    };
    expect(await expectLeft(engine, request, 'a sum')).toBe(true);
  });
});

it('statistics left by a fast run are those of a pass over its maps', async () => {
  const engine = await createWebGPUEngine({
    gpu: navigator.gpu,
    defaultLimits: true,
    traits: { half: 'emulated', pixels: 1, recordLanes: 4 },
  });
  const conv = createConv2d({ inChannels: 9, outChannels: 30, kernelSize: [3, 3] });
  const one: Case = { conv, shape: [1, 9, 21, 19], activation: 'relu', precision: 'fast' };
  expect(await expectLeft(engine, await requestOf(engine, one), 'f16')).toBe(true);
  engine.destroy();
});

it('statistics of maps that are not kept are added up band by band as they are stored', async () => {
  const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3], padding: onEverySide(1) });
  const found: Found[] = [];
  for (const recordLanes of [4, 0]) {
    const engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      defaultLimits: true,
      memoryBudget: 2 ** 20,
      traits: { recordLanes },
    });
    found.push(
      await statisticsOf(engine, await requestOf(engine, { conv, shape: [1, 3, 99, 97], activation: 'relu' }), true),
    );
    engine.destroy();
  }
  expectSame(found[0]!, found[1]!, 'a sweep');
});
