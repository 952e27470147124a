/** The networks that ship: read whole, and computed as their authors' files say, held against float64 and against plain loops. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import type { Engine } from '../../engine/engine.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { preprocess, type TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { filterGroups, ninName, trainedSampleNames } from './samples.ts';
import { lcg } from './testing/lcg.ts';
import { graphFor, largestError, picture } from './testing/onEngine.ts';
import { sampleOfDisk } from './testing/samplesOfDisk.ts';

describe.each(trainedSampleNames)('%s', (name) => {
  it('has weights of the sizes that its layers have, at every size of picture the same', async () => {
    const network = await sampleOfDisk(name);
    const [small, large] = [graphFor(network, [1, 3, 64, 96]), graphFor(network, [2, 3, 97, 131])];
    expect(graphFor(network, [1, 3, 64, 96])).toBe(small);
    expect(large.graph.nodes.map(({ id }) => id)).toEqual(small.graph.nodes.map(({ id }) => id));
    const shapes = inferShapes(large.graph, { [network.input]: [2, 3, 97, 131] });
    expect(shapes.ok).toBe(true);
    for (const { node, response } of network.layers) {
      const conv = large.graph.nodes.find(({ id }) => id === node)?.operator;
      if (conv?.kind !== 'conv2d') throw new Error(`${node} is no convolution`);
      const count = (conv.outChannels * conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1]) / conv.groups;
      expect(network.parameters[node]?.weight.length).toBe(count);
      expect(network.parameters[node]?.bias?.length ?? null).toBe(conv.bias ? conv.outChannels : null);
      expect(large.graph.nodes.some(({ id }) => id === response)).toBe(true);
    }
  });
});

describe('on the CPU engine every node agrees with float64', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createCpuEngine();
  });
  afterAll(() => engine.destroy());

  it.each([
    ['posenet', [1, 3, 49, 67]],
    ['blazeface-front', [1, 3, 64, 48]],
    ['esrgan-slim-x2', [1, 3, 12, 15]],
    ['nin-g16', [1, 3, 16, 16]],
  ] as const)('%s', async (name, shape) => {
    expect(await largestError(engine, await sampleOfDisk(name), shape)).toBeLessThan(1e-5);
  });
});

/** First layers in TensorFlow's own layout and words, SAME padding and all, by plain loops over the file's bytes. */
function firstLayer(
  file: string,
  weightName: string,
  biasName: string,
  input: HostTensor<Float32Array>,
  [kernel, stride, filters]: readonly [number, number, number],
  clamp: number,
): { readonly rows: number; readonly columns: number; at(y: number, x: number, f: number): number } {
  const { weightsManifest } = JSON.parse(readFileSync(`public/models/networks/${file}.json`, 'utf8'));
  const bytes = readFileSync(`public/models/networks/${file}.bin`);
  const starts = new Map<string, number>();
  let start = 0;
  for (const { name, shape } of weightsManifest[0].weights) {
    starts.set(name, start);
    start += 4 * shape.reduce((a: number, b: number) => a * b, 1);
  }
  const number = (name: string, i: number) => bytes.readFloatLE(starts.get(name)! + 4 * i);
  const [, , h, w] = input.shape;
  const [rows, columns] = [Math.ceil(h / stride), Math.ceil(w / stride)];
  const top = Math.floor(Math.max(0, (rows - 1) * stride + kernel - h) / 2);
  const left = Math.floor(Math.max(0, (columns - 1) * stride + kernel - w) / 2);
  return {
    ...{ rows, columns },
    at(y, x, f) {
      let sum = number(biasName, f);
      for (let a = 0; a < kernel; a++)
        for (let b = 0; b < kernel; b++)
          for (let c = 0; c < 3; c++) {
            const [row, column] = [y * stride - top + a, x * stride - left + b];
            if (row < 0 || row >= h || column < 0 || column >= w) continue;
            const weight = number(weightName, ((a * kernel + b) * 3 + c) * filters + f);
            sum += weight * input.values[(c * h + row) * w + column]!;
          }
      return Math.min(clamp, Math.max(0, sum));
    },
  };
}

/** Conv and activation alone. */
function firstResponses(network: TrainedNetwork, input: HostTensor<Float32Array>) {
  const { graph } = graphFor(network, input.shape);
  const { response } = network.layers[0]!;
  const nodes = graph.nodes.slice(0, graph.nodes.findIndex(({ id }) => id === response) + 1);
  return runReference({ nodes }, { [network.input]: input }, network.parameters)[response]!.output;
}

describe('the first layer, by plain loops over the file', () => {
  it.each([
    [64, 96],
    [49, 67],
  ])('PoseNet at %i x %i', async (height, width) => {
    const network = await sampleOfDisk('posenet');
    const input = preprocess(network.preprocessing, picture([1, 3, height, width]));
    const plain = firstLayer('posenet', 'Const_55', 'Const_54', input, [3, 2, 24], 6);
    const { shape, values } = firstResponses(network, input);
    expect(shape).toEqual([1, 24, plain.rows, plain.columns]);
    values.forEach((value, i) => {
      const [x, y] = [i % plain.columns, Math.floor(i / plain.columns) % plain.rows];
      expect(Math.abs(value - plain.at(y, x, Math.floor(i / (plain.rows * plain.columns))))).toBeLessThan(1e-9);
    });
  });

  it('BlazeFace at 33 x 40', async () => {
    const network = await sampleOfDisk('blazeface-front');
    const input = preprocess(network.preprocessing, picture([1, 3, 33, 40]));
    const topology = JSON.parse(readFileSync('public/models/networks/blazeface-front.json', 'utf8')).modelTopology;
    const node = topology.node.find(({ name }: { name: string }) => name === network.layers[0]!.name);
    const plain = firstLayer(
      'blazeface-front',
      node.input[1],
      node.input[2],
      input,
      [5, 2, 24],
      Number.POSITIVE_INFINITY,
    );
    const { shape, values } = firstResponses(network, input);
    expect(shape).toEqual([1, 24, plain.rows, plain.columns]);
    values.forEach((value, i) => {
      const [x, y] = [i % plain.columns, Math.floor(i / plain.columns) % plain.rows];
      expect(Math.abs(value - plain.at(y, x, Math.floor(i / (plain.rows * plain.columns))))).toBeLessThan(1e-9);
    });
  });
});

it("PoseNet's first layer has 10 of 24 filters that are numerically zero", async () => {
  const network = await sampleOfDisk('posenet');
  const { weight } = network.parameters[network.layers[0]!.node]!;
  const largest = Array.from({ length: 24 }, (_, f) => Math.max(...weight.subarray(27 * f, 27 * f + 27).map(Math.abs)));
  const limit = 1e-6 * Math.max(...largest);
  expect(largest.filter((value) => value <= limit)).toHaveLength(10);
  expect(Math.max(...largest.filter((value) => value <= limit))).toBeLessThan(7.5e-7);
  expect(Math.min(...largest.filter((value) => value > limit))).toBeGreaterThan(1e-2);
});

describe('Network-in-Network', () => {
  const published = JSON.parse(readFileSync('public/models/networks/correlations.json', 'utf8'));

  it.each(filterGroups)('g = %i gives the logits that were measured when it was trained', async (groups) => {
    const network = await sampleOfDisk(ninName(groups, true));
    const { graph, outputs } = graphFor(network, [1, 3, 32, 32]);
    const inputs = { [network.input]: { shape: [1, 3, 32, 32] as const, values: lcg(3072) } };
    const parameters: GraphParameters = network.parameters;
    const logits = runReference(graph, inputs, parameters)[outputs[0]!.node]!.output;
    const { logitsLcg, params } = published.nets.find(({ g }: { g: number }) => g === groups);
    expect(logits.shape).toEqual([1, 10, 1, 1]);
    logits.values.forEach((value, i) => {
      expect(value).toBeCloseTo(logitsLcg[i], 3);
    });
    const count = Object.values(parameters).reduce(
      (sum, { weight, bias }) => sum + weight.length + (bias?.length ?? 0),
      0,
    );
    expect(count).toBe(params);
  });

  it('reads (v - mean) / std of bytes, and names its classes', async () => {
    const { preprocessing, classes, nativeSize } = await sampleOfDisk('nin-g08-init');
    const pixel = preprocess(preprocessing, { shape: [1, 3, 1, 1], values: Float32Array.of(1, 0.5, 0) });
    const expected = [(255 - 125.3) / 63, (127.5 - 123) / 62.1, -113.9 / 66.7];
    pixel.values.forEach((value, c) => {
      expect(value).toBeCloseTo(expected[c]!, 6);
    });
    expect(classes).toHaveLength(10);
    expect(nativeSize).toEqual({ height: 32, width: 32 });
  });
});

it('ESRGAN-slim reads 0..1: there its output is the picture, twice as large', async () => {
  const network = await sampleOfDisk('esrgan-slim-x2');
  const [h, w] = [16, 16];
  const values = Float32Array.from(
    { length: 3 * h * w },
    (_, i) => 0.5 + 0.3 * Math.sin((i % w) / 3) * Math.cos(Math.floor(i / w) / 4),
  );
  const input = preprocess(network.preprocessing, { shape: [1, 3, h, w], values });
  const { graph, outputs } = graphFor(network, [1, 3, h, w]);
  const { shape, values: large } = runReference(graph, { [network.input]: input }, network.parameters)[
    outputs[0]!.node
  ]!.output;
  expect(shape).toEqual([1, 3, 2 * h, 2 * w]);
  let difference = 0;
  for (let c = 0; c < 3; c++)
    for (let y = 2; y < h - 2; y++)
      for (let x = 2; x < w - 2; x++) {
        const mean = [0, 1].flatMap((b) => [0, 1].map((a) => large[(c * 2 * h + 2 * y + b) * 2 * w + 2 * x + a]!));
        difference = Math.max(difference, Math.abs(mean.reduce((a, b) => a + b) / 4 - values[(c * h + y) * w + x]!));
      }
  expect(difference).toBeLessThan(0.05);
});
