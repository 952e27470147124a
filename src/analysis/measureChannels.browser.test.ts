/** Statistics, correlation and canonical correlations of a network's channels on both engines, against float64. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../operators/late.ts';
import { createCpuEngine } from '../engine/cpu/index.ts';
import type { Engine } from '../engine/engine.ts';
import { createWebGPUEngine } from '../engine/webgpu/index.ts';
import { NetworkBuilder } from '../graph/architectures/builder.ts';
import type { GraphParameters } from '../graph/graph.ts';
import { runReference } from '../graph/referenceRun.ts';
import { type Matrix, matrix, rowOf } from '../math/matrix.ts';
import type { HostTensor } from '../operators/operator.ts';
import { averageZeros, largestMagnitude } from './channelSummary.ts';
import { canonicalCorrelations, pearson, whitened } from './correlation.ts';
import { type Batch, type MeasuredChannels, measureChannels } from './measureChannels.ts';
import { pairMoments } from './testing/samples.ts';

const noise = (seed: number, length: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1e4 * Math.sin(seed + i)));

const [images, side] = [5, 24];
const pictures = noise(1, images * 3 * side * side);

function networkFor(count: number) {
  const builder = new NetworkBuilder([count, 3, side, side]);
  builder.conv('conv1', 'input', 12, { kernel: 3, padding: 1 });
  builder.activation('relu1', 'conv1');
  builder.maxPool('pool', 'relu1', { kernel: 2, stride: 2 });
  builder.conv('conv2', 'pool', 8, { kernel: 3, padding: 1, groups: 2 });
  builder.activation('relu2', 'conv2');
  builder.conv('linear', 'relu1', 6);
  return builder.graph;
}

/** Filter 3 of the first layer is zero with a bias, 4 dead, 6 a copy of 5, and 7 stands far above its deviation. */
const parameters: GraphParameters = (() => {
  const first = noise(2, 12 * 27);
  first.fill(0, 3 * 27, 5 * 27);
  first.copyWithin(6 * 27, 5 * 27, 6 * 27);
  const bias = new Float32Array(12);
  bias.set([0.5, -1, 0, 0, 300], 3);
  bias[6] = bias[5]!;
  return {
    conv1: { weight: first, bias },
    conv2: { weight: noise(3, 8 * 6 * 9), bias: noise(4, 8) },
    linear: { weight: noise(5, 6 * 12), bias: noise(6, 6) },
  };
})();

const exact = runReference(
  networkFor(images),
  { input: { shape: [images, 3, side, side], values: pictures } },
  parameters,
);

/** [C, samples] at `size` x `size`, nearest. */
function channelsOf({ shape: [n, channels, height, width], values }: HostTensor<Float64Array>, size: number): Matrix {
  const samples = matrix(channels, n * size * size);
  for (let c = 0; c < channels; c++)
    for (let s = 0; s < samples.columns; s++) {
      const [image, y, x] = [Math.floor(s / size / size), Math.floor(s / size) % size, s % size];
      const [row, column] = [Math.floor((y * height) / size), Math.floor((x * width) / size)];
      rowOf(samples, c)[s] = values[((image * channels + c) * height + row) * width + column]!;
    }
  return samples;
}

/** Two pictures, then three. */
function* batches(): Generator<Batch> {
  const each = 3 * side * side;
  for (const [from, to] of [
    [0, 2],
    [2, 5],
  ] as const) {
    const values = pictures.subarray(from * each, to * each);
    yield {
      graph: networkFor(to - from),
      parameters,
      input: 'input',
      values,
      shape: [to - from, 3, side, side],
    };
  }
}

const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['on WebGPU', () => createWebGPUEngine({ gpu: navigator.gpu })],
  ['on the CPU', async () => createCpuEngine()],
];

describe.each(engines)('channels of a network %s', (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.destroy());

  async function measured(pair: readonly [string, string]): Promise<MeasuredChannels> {
    const wanted = { nodes: ['relu1', 'relu2'], pair };
    const found: MeasuredChannels[] = [];
    for await (const known of measureChannels(engine, batches(), wanted, new AbortController().signal))
      found.push(known);
    expect(found.map((known) => known.images)).toEqual([2, 5]);
    return found.at(-1)!;
  }

  it('have the largest responses, zeros and variances of a float64 run', async () => {
    const { nodes } = await measured(['relu1', 'relu1']);
    for (const node of ['relu1', 'relu2'] as const) {
      const samples = channelsOf(exact[node]!.output, exact[node]!.output.shape[2]);
      for (const [c, channel] of nodes[node]!.entries()) {
        const values = rowOf(samples, c);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        expect(channel.count).toBe(values.length);
        const largest = Math.max(...values);
        expect(Math.abs(largestMagnitude(channel) - largest)).toBeLessThan(1e-5 * (1 + largest));
        expect(averageZeros(channel)).toBeCloseTo(values.filter((value) => value === 0).length / values.length, 2);
        expect(Math.abs(channel.variance - variance)).toBeLessThan(1e-4 * (variance + 1e-6));
      }
    }
    expect(largestMagnitude(nodes.relu1![4]!)).toBe(0);
    expect(nodes.relu1![3]!).toMatchObject({ min: 0.5, max: 0.5, variance: 0 });
  });

  it.each([
    ['relu1', 'relu2'],
    ['relu1', 'relu1'],
    ['conv1', 'conv2'],
  ] as const)(
    '%s and %s have the correlations of float64 to 1e-4, though channels are dead, doubled or far from 0',
    async (a, b) => {
      const { pair } = await measured([a, b]);
      const [x, y] = [channelsOf(exact[a]!.output, side), channelsOf(exact[b]!.output, side)];
      const expected = pairMoments(x, y);
      const worst = (found: Matrix, right: Matrix) =>
        found.values.reduce((most, value, i) => Math.max(most, Math.abs(value - right.values[i]!)), 0);
      expect(pair!.between.count).toBe(images * side * side);
      expect(worst(pearson(pair!), pearson(expected))).toBeLessThan(1e-4);
      const m = whitened(pair!);
      expect(worst(m, whitened(expected))).toBeLessThan(1e-4);
      const canonical = canonicalCorrelations(m);
      for (const [i, value] of canonicalCorrelations(whitened(expected)).entries())
        expect(Math.abs(canonical[i]! - value)).toBeLessThan(1e-4);
      // Channel 3 is constant, 4 dead.
      expect([...rowOf(pearson(pair!), 3), ...rowOf(pearson(pair!), 4)].every((value) => value === 0)).toBe(true);
    },
  );

  it('that are linear in those before have canonical correlations of 1', async () => {
    const { pair } = await measured(['relu1', 'linear']);
    for (const value of canonicalCorrelations(whitened(pair!, 1e-7))) expect(value).toBeGreaterThan(0.999);
  });

  it('are not measured once the signal is set, and leave no tensors', async () => {
    const abort = new AbortController();
    const run = measureChannels(engine, batches(), { nodes: ['relu1'], pair: null }, abort.signal);
    await run.next();
    abort.abort(new Error('enough'));
    await expect(run.next()).rejects.toThrow('enough');
    expect(engine.counters.liveTensors).toBe(0);
  });
});
