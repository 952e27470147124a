/** What the engine promises beside exact values: nothing allocated twice, nothing left behind, large maps, errors with a code. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { mapStatistics } from '../cpu/statistics.ts';
import { type Engine, EngineError, type RunRequest, type RunResult, type Tensor } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';
import type { DeviceTensor } from './run/tensors.ts';
import { createConv2d, onEverySide } from './testing/convolutions.ts';
import { expectExact, layerGraph, randomValues } from './testing/exactness.ts';

const height = 60;
const width = 80;
const photo = randomValues(3 * height * width, 7);

function parametersOf(conv: Conv2d) {
  const weights = (conv.outChannels * conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1]) / conv.groups;
  return { weight: randomValues(weights, 8), bias: randomValues(conv.outChannels, 9) };
}

const conv = (attributes: Partial<Conv2d> = {}): Conv2d =>
  createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [3, 3], padding: onEverySide(1), ...attributes });

const free = ({ tensors }: RunResult): void => {
  for (const tensor of Object.values(tensors)) tensor.free();
};

describe('statistics', () => {
  it('are those of the CPU’s arithmetic, with percentiles of 0 where they fall among exact zeros', async () => {
    const engine = await createWebGPUEngine({ gpu: navigator.gpu });
    const noise = randomValues(5000, 3);
    const maps = [noise, noise.map((v) => Math.max(v, 0)), noise.map((v) => Math.min(v, 0)), noise.map((v) => 3 + v)];
    const tensor = await engine.upload(Float32Array.from(maps.flatMap((map) => [...map])), [1, 4, 50, 100]);
    const found = await engine.statistics(tensor);
    expect(found[1]).toMatchObject({ min: 0, p1: 0 });
    expect(found[2]).toMatchObject({ max: 0, p99: 0 });
    found.forEach((map, i) => {
      const expected = mapStatistics(maps[i]!, 0, 5000);
      for (const name of ['min', 'max', 'mean', 'energy', 'sparsity', 'p1', 'p99'] as const) {
        expect(map[name], `${name} of map ${i}`).toBeCloseTo(expected[name], 5);
      }
    });
    tensor.free();
    engine.destroy();
  });
});

describe('a slider that moves', () => {
  let engine: Engine;
  let input: Tensor;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
    input = await engine.upload(photo, [1, 3, height, width]);
  });
  afterAll(() => engine.destroy());

  it('allocates and compiles nothing at positions visited before', async () => {
    const positions = [1, 2, 3, 4].flatMap((stride) =>
      [0, 2].map((padding) => conv({ stride: [stride, stride], padding: onEverySide(padding) })),
    );
    const requests: readonly RunRequest[] = positions.map((position) => ({
      graph: layerGraph(position, 'relu'),
      inputs: { input },
      parameters: { conv: parametersOf(position) },
      outputs: ['conv', 'activation'],
    }));
    // As the page does it: the maps on the screen are freed when their successors have come.
    let shown: RunResult | null = null;
    const visit = async (): Promise<void> => {
      for (const request of requests) {
        const next = await engine.run(request);
        if (shown) free(shown);
        shown = next;
      }
    };
    await visit();
    await visit();
    const before = engine.counters;
    await visit();
    expect(engine.counters.allocations).toBe(before.allocations);
    expect(engine.counters.compilations).toBe(before.compilations);
    expect(engine.counters.dispatches).toBe(before.dispatches + requests.length);
    expect(engine.counters.liveTensors).toBe(3);
    free(shown!);
    expect(engine.counters.liveTensors).toBe(1);
  });

  it('fuses the activation: one program gives the maps before and after it', async () => {
    const run = await engine.run({
      graph: layerGraph(conv(), 'tanh'),
      inputs: { input },
      parameters: { conv: parametersOf(conv()) },
      outputs: ['conv', 'activation'],
    });
    expect(run.programs).toHaveLength(1);
    expect(run.steps).toEqual([{ node: 'conv', fused: ['activation'], programs: run.programs }]);
    free(run);
  });

  it('keeps the maps apart when no activation stands behind: two tensors, freed each for itself', async () => {
    const run = await engine.run({
      graph: layerGraph(conv()),
      inputs: { input },
      parameters: { conv: parametersOf(conv()) },
      outputs: ['conv', 'activation'],
    });
    run.tensors.conv!.free();
    run.tensors.conv!.free();
    const values = await engine.read(run.tensors.activation!, {
      channel: 1,
      channels: 1,
      y: 3,
      x: 4,
      height: 1,
      width: 2,
    });
    expect(values).toHaveLength(2);
    run.tensors.activation!.free();
    expect(engine.counters.liveTensors).toBe(1);
  });

  it('runs on: an input freed right after the run is still read', async () => {
    const own = await engine.upload(photo, [1, 3, height, width]);
    const run = await engine.run({
      graph: layerGraph(conv()),
      inputs: { input: own },
      parameters: { conv: parametersOf(conv()) },
      outputs: ['conv'],
    });
    own.free();
    const other = await engine.upload(new Float32Array(3 * height * width), [1, 3, height, width]);
    const [value] = await engine.read(run.tensors.conv!, { channel: 0, channels: 1, y: 5, x: 5, height: 1, width: 1 });
    const expected = arithmeticOf(conv()).reference(
      conv(),
      [{ shape: [1, 3, height, width], values: photo }],
      parametersOf(conv()),
    ).output;
    expect(value).toBeCloseTo(expected.values[5 * width + 5]!, 5);
    other.free();
    free(run);
  });

  it('takes a time that is never 0, and says by which clock', async () => {
    const timing = await engine.time({
      graph: layerGraph(conv()),
      inputs: { input },
      parameters: { conv: parametersOf(conv()) },
      outputs: ['conv'],
    });
    expect(timing.ms).toBeGreaterThan(0);
    expect(['timestamp-query', 'wall']).toContain(timing.method);
    expect(timing.runs).toBeGreaterThan(0);
    expect(engine.counters.liveTensors).toBe(1);
  });

  it('runs a graph of several convolutions', async () => {
    const first = conv();
    const second = createConv2d({
      inChannels: 8,
      outChannels: 4,
      kernelSize: [3, 3],
      stride: [2, 2],
      paddingMode: 'reflect',
      padding: onEverySide(1),
    });
    const graph = {
      nodes: [...layerGraph(first, 'relu').nodes, { id: 'second', operator: second, inputs: ['activation'] }],
    };
    const parameters = { conv: parametersOf(first), second: parametersOf(second) };
    const run = await engine.run({ graph, inputs: { input }, parameters, outputs: ['second'] });
    const image = { shape: [1, 3, height, width] as const, values: photo };
    const linear = arithmeticOf(first).reference(first, [image], parameters.conv).output;
    const relu = { kind: 'activation', function: 'relu' } as const;
    const active = arithmeticOf(relu).reference(relu, [linear], null).output;
    const expected = arithmeticOf(second).reference(second, [active], parameters.second);
    const [, c, h, w] = expected.output.shape;
    const values = await engine.read(run.tensors.second!, { channel: 0, channels: c, y: 0, x: 0, height: h, width: w });
    for (const [i, value] of values.entries()) {
      expect(Math.abs(value - expected.output.values[i]!)).toBeLessThanOrEqual(2e-5 * (1 + expected.magnitude[i]!));
    }
    expect(run.steps.map(({ node, fused }) => [node, ...fused])).toEqual([['conv', 'activation'], ['second']]);
    expect(run.steps[1]?.programs).toEqual(['gather', expect.stringMatching(/^dense /)]);
    expect(run.steps.flatMap(({ programs }) => programs)).toEqual(run.programs);
    free(run);
  });
});

describe('maps too large to keep', () => {
  /** Four maps of 60 x 78 are 75 KB: more than the binding holds. And all of them are a quarter of the budget. */
  const budget = 1_300_000;
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      defaultLimits: true,
      memoryBudget: budget,
      traits: { maxStorageBinding: 65536 },
    });
  });
  afterAll(() => engine.destroy());

  const layer = conv({ outChannels: 16, kernelSize: [5, 3], dilation: [1, 2], padding: onEverySide(2) });
  const expected = arithmeticOf(layer).reference(
    layer,
    [{ shape: [1, 3, height, width], values: photo }],
    parametersOf(layer),
  ).output;
  const [, , rows, columns] = expected.shape;

  async function run(): Promise<{ readonly input: Tensor; readonly result: RunResult }> {
    const input = await engine.upload(photo, [1, 3, height, width]);
    const result = await engine.run({
      graph: layerGraph(layer, 'relu'),
      inputs: { input },
      parameters: { conv: parametersOf(layer) },
      outputs: ['conv', 'activation'],
    });
    expect((result.tensors.conv as DeviceTensor).content.kind).toBe('recomputed');
    expect(result.steps).toEqual([{ node: 'conv', fused: ['activation'], programs: result.programs }]);
    return { input, result };
  }

  it('are computed in bands and again where they are read, with the same values', async () => {
    await expectExact(engine, { conv: layer, shape: [1, 3, height, width], activation: 'relu', isDual: true });
    await expectExact(engine, {
      conv: conv({ paddingMode: 'circular', outChannels: 16 }),
      shape: [1, 3, height, width],
    });
    expect(engine.counters.bytesAllocated).toBeLessThanOrEqual(budget);
  });

  it('find room beside a picture that takes three fifths of the budget', async () => {
    const memoryBudget = 4 * 2 ** 20;
    const side = Math.floor(Math.sqrt((0.6 * memoryBudget) / 12));
    const values = randomValues(3 * side * side, 5);
    const padded = conv({ outChannels: 9, padding: onEverySide(1), paddingMode: 'reflect' });
    const corner = { channel: 7, channels: 2, y: side - 4, x: side - 5, height: 4, width: 5 };
    const read: Float32Array[] = [];
    for (const budget of [memoryBudget, 64 * memoryBudget]) {
      const engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget: budget });
      const input = await engine.upload(values, [1, 3, side, side]);
      const { tensors, completed } = await engine.run({
        graph: layerGraph(padded, 'relu'),
        inputs: { input },
        parameters: { conv: parametersOf(padded) },
        outputs: ['conv', 'activation'],
      });
      await completed;
      const isSmall = budget === memoryBudget;
      expect((tensors.conv as DeviceTensor).content.kind).toBe(isSmall ? 'recomputed' : 'stored');
      expect(await engine.statistics(tensors.activation!)).toHaveLength(9);
      read.push(await engine.read(tensors.conv!, corner));
      expect(engine.counters.bytesAllocated).toBeLessThanOrEqual(budget);
      engine.destroy();
    }
    const [small, large] = read;
    for (const [i, value] of small!.entries()) expect(value).toBeCloseTo(large![i]!, 4);
  });

  it('have the statistics of all their values also where every band brings the whole maps', async () => {
    const twice: Graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
        {
          id: 'large',
          operator: {
            kind: 'resize',
            mode: 'nearest',
            size: [512, 512],
            scaleFactor: null,
            coordinateTransformationMode: 'asymmetric',
            nearestMode: 'floor',
            cubicCoeffA: -0.75,
            excludeOutside: false,
          },
          inputs: ['input'],
        },
      ],
    };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget: 8_100_000 });
    const values = randomValues(3 * 256 * 256, 7);
    const input = await engine.upload(values, [1, 3, 256, 256]);
    const { tensors, completed } = await engine.run({
      graph: twice,
      inputs: { input },
      parameters: {},
      outputs: ['large'],
    });
    await completed;
    expect((tensors.large as DeviceTensor).content.kind).toBe('recomputed');
    const [, second] = await engine.statistics(tensors.large!);
    const map = values.subarray(256 * 256, 2 * 256 * 256);
    expect(second!.mean).toBeCloseTo(map.reduce((sum, value) => sum + value) / map.length, 5);
    const counts = await engine.histogram(tensors.large!, 1, 4, second!.min, second!.max);
    expect(counts.reduce((sum, count) => sum + count)).toBe(512 * 512);
    engine.destroy();
  });

  it('keep what they need when their input is freed', async () => {
    const { input, result } = await run();
    input.free();
    const region = { channel: 13, channels: 2, y: 20, x: 30, height: 3, width: 4 };
    const values = await engine.read(result.tensors.conv!, region);
    values.forEach((value, i) => {
      const [c, y, x] = [13 + Math.floor(i / 12), 20 + (Math.floor(i / 4) % 3), 30 + (i % 4)];
      expect(value).toBeCloseTo(expected.values[(c * rows + y) * columns + x]!, 4);
    });
    free(result);
    expect(engine.counters.liveTensors).toBe(0);
  });

  it('have the statistics and histograms of all their values', async () => {
    const { input, result } = await run();
    const statistics = await engine.statistics(result.tensors.conv!);
    const map = expected.values.subarray(5 * rows * columns, 6 * rows * columns);
    const sorted = [...map].sort((a, b) => a - b);
    const { min, max, mean, p1, p99 } = statistics[5]!;
    expect(min).toBeCloseTo(sorted[0]!, 4);
    expect(max).toBeCloseTo(sorted.at(-1)!, 4);
    expect(mean).toBeCloseTo(map.reduce((sum, value) => sum + value) / map.length, 4);
    const tolerance = (max - min) / 128;
    expect(Math.abs(p1 - sorted[Math.floor(map.length * 0.01)]!)).toBeLessThan(tolerance);
    expect(Math.abs(p99 - sorted[Math.floor(map.length * 0.99)]!)).toBeLessThan(tolerance);
    const counts = await engine.histogram(result.tensors.conv!, 5, 4, min, max);
    expect(counts.reduce((sum, count) => sum + count)).toBe(rows * columns);
    input.free();
    free(result);
  });
});

describe('what cannot be done', () => {
  it('is told as too-large or out-of-memory, and the engine goes on', async () => {
    const engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      memoryBudget: 1_000_000,
      traits: { maxStorageBinding: 65536 },
    });
    await expect(engine.upload(new Float32Array(200 * 200), [1, 1, 200, 200])).rejects.toMatchObject({
      name: 'EngineError',
      code: 'too-large',
    });
    await expect(engine.upload(new Float32Array(400_000), [1, 40, 100, 100])).rejects.toMatchObject({
      name: 'EngineError',
      code: 'out-of-memory',
    });
    expect(engine.counters.liveTensors).toBe(0);
    await expectExact(engine, { conv: conv(), shape: [1, 3, 9, 9] });
    engine.destroy();
  });

  it('is told as out-of-memory when the device refuses an allocation, and nothing is left behind', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await request(descriptor);
      const [push, pop] = [device.pushErrorScope.bind(device), device.popErrorScope.bind(device)];
      const scopes: GPUErrorFilter[] = [];
      device.pushErrorScope = (filter) => {
        scopes.push(filter);
        push(filter);
      };
      device.popErrorScope = async () => {
        const filter = scopes.pop();
        const error = await pop();
        return filter === 'out-of-memory' ? new GPUOutOfMemoryError('no room') : error;
      };
      return device;
    };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, adapter });
    await expect(engine.upload(new Float32Array(100), [1, 1, 10, 10])).rejects.toMatchObject({
      name: 'EngineError',
      code: 'out-of-memory',
      message: 'no room',
    });
    expect(engine.counters.liveTensors).toBe(0);
    engine.destroy();
  });

  it('is told when the device is gone, once, and not after destroy', async () => {
    let device: GPUDevice | undefined;
    const adapter = (await navigator.gpu.requestAdapter())!;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      device = await request(descriptor);
      return device;
    };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, adapter });
    device!.destroy();
    const error = await engine.lost;
    expect(error).toBeInstanceOf(EngineError);
    expect(error.code).toBe('device-lost');
    engine.destroy();

    const other = await createWebGPUEngine({ gpu: navigator.gpu });
    other.destroy();
    const told = await Promise.race([
      other.lost,
      new Promise<string>((resolve) => setTimeout(resolve, 100, 'nothing')),
    ]);
    expect(told).toBe('nothing');
  });
});

describe('a shader that does not compile', () => {
  it('is told as shader-failed with the compiler’s own words', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await request(descriptor);
      const create = device.createShaderModule.bind(device);
      device.createShaderModule = ({ code, ...rest }) => create({ ...rest, code: code.replace('fma(f_0', 'fma(g_0') });
      return device;
    };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, adapter });
    const input = await engine.upload(photo, [1, 3, height, width]);
    const run = engine.run({
      graph: layerGraph(conv()),
      inputs: { input },
      parameters: { conv: parametersOf(conv()) },
      outputs: ['conv'],
    });
    await expect(run).rejects.toMatchObject({
      name: 'EngineError',
      code: 'shader-failed',
      message: expect.stringContaining('g_0'),
    });
    engine.destroy();
  });
});
