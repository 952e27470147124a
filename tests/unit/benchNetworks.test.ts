import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelInputs, modelOf } from '../../bench/contenders/onnxModel.ts';
import { activationsOf } from '../../bench/contenders/readers.ts';
import { channelsLastMatrix } from '../../bench/contenders/tfjsOrder.ts';
import { programsOf } from '../../bench/node/programsOf.ts';
import { macsOf, readWorkloads, sampleOf } from '../../bench/sample/workload.ts';
import { rowOf, summaryOf } from '../../bench/timing/row.ts';
import { rulesOf } from '../../src/operators/index.ts';

const entry = (network: string, side: number) => ({
  name: network,
  kind: 'network',
  network,
  height: side,
  width: side,
});
const read = (network: string, side: number) => readWorkloads([entry(network, side)])[0]!;

function weightsOf(network: string): number {
  return read(network, 224).steps.reduce((sum, { layer, inputs }) => {
    const { parameters } = rulesOf(layer).cost(layer, inputs);
    return sum + parameters;
  }, 0);
}

describe('a whole network as a workload', () => {
  it('is what its authors say: multiply-adds at 224 x 224 and weights, in millions', () => {
    // Folding a batch norm turns its two numbers per channel into one bias.
    expect(macsOf(read('mobilenet-v1-0.75', 224)) / 1e6).toBeCloseTo(325, -1);
    expect(weightsOf('mobilenet-v1-0.75') / 1e6).toBeCloseTo(2.58, 1);
    expect(macsOf(read('resnet-18', 224)) / 1e6).toBeCloseTo(1814, -1);
    expect(weightsOf('resnet-18') / 1e6).toBeCloseTo(11.68, 1);
    // Pooling in floor mode: some columns fewer than the 349 of its authors.
    expect(macsOf(read('squeezenet-1.1', 224)) / 1e6).toBeGreaterThan(300);
    expect(weightsOf('squeezenet-1.1')).toBe(1235496);
  });

  it('reads maps of several steps: sums of one shape, concatenations, and an output of its own size', () => {
    const uNet = read('u-net-16', 64);
    expect(uNet).toMatchObject({ isNetwork: true, shape: [1, 3, 64, 64], outputShape: [1, 2, 64, 64] });
    const concats = uNet.steps.filter(({ layer }) => layer.kind === 'concat');
    expect(concats.map(({ output }) => output.slice(1))).toEqual([
      [128, 16, 16],
      [64, 32, 32],
      [32, 64, 64],
    ]);
    const sums = read('resnet-18', 64).steps.filter(({ layer }) => layer.kind === 'arithmetic');
    expect(sums).toHaveLength(8);
    for (const { inputs } of sums) expect(inputs[0]).toEqual(inputs[1]);
  });

  it('has the same numbers in every run, in bounds that keep values in size', () => {
    const [weight, again] = [1, 2].map(() => {
      const { steps } = sampleOf(read('vgg-11-half', 32));
      return steps.find(({ layer }) => layer.kind === 'conv2d' && layer.inChannels === 32)!.parameters!.weight;
    });
    expect(weight!.every((value, i) => value === again![i])).toBe(true);
    // 9 x 32 products in an output of the second convolution.
    const largest = weight!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / 288));
    expect(largest).toBeGreaterThan(0.9 * Math.sqrt(6 / 288));
  });

  it('is refused in a sentence when it is unknown, too small, or asked for something else', () => {
    const refusals = [
      [entry('alexnet', 64), /no network "alexnet": it is one of mobilenet/],
      [{ name: 'a', kind: 'network', height: 9, width: 9 }, /no network "undefined"/],
      [{ ...entry('resnet-18', 64), width: undefined }, /"width"/],
      [{ ...entry('resnet-18', 64), in_channels: 1 }, /"in_channels" is not an attribute of a network/],
      [entry('vgg-11-half', 16), /vgg-11-half: /],
    ] as const;
    for (const [one, sentence] of refusals) expect(() => readWorkloads([one])).toThrow(sentence);
  });

  it('stands in bench/workloads, each small enough for a software adapter', () => {
    const url = new URL('../../bench/workloads/networks.json', import.meta.url);
    const workloads = readWorkloads(JSON.parse(readFileSync(url, 'utf8')));
    expect(workloads.length).toBeGreaterThanOrEqual(5);
    for (const workload of workloads) expect(macsOf(workload)).toBeLessThan(500e6);
  });

  it('becomes one ONNX model with all its operators', () => {
    const sample = sampleOf(read('vgg-11-half', 32));
    const text = new TextDecoder('latin1').decode(modelOf(sample));
    for (const word of ['Conv', 'Relu', 'MaxPool', 'Flatten', 'Gemm']) expect(text).toContain(word);
    expect(modelInputs(sample).map(({ name, dims }) => [name, dims])).toEqual([['x', [1, 3, 32, 32]]]);
  });

  it('joins an activation to the step before it where nobody else reads that step', () => {
    const { steps } = sampleOf(read('resnet-18', 32));
    const joined = activationsOf(steps);
    const kinds = new Map(steps.map(({ id, layer }) => [id, layer.kind]));
    // The stem, the first convolution of each of 8 blocks, and the sums.
    expect([...joined.keys()].filter((id) => kinds.get(id) === 'conv2d')).toHaveLength(9);
    expect([...joined.keys()].filter((id) => kinds.get(id) === 'arithmetic')).toHaveLength(8);
    const shared = steps.map((step) =>
      step.layer.kind === 'activation' ? step : { ...step, from: [...step.from, ...step.from] },
    );
    const read2 = shared.flatMap((step) => [step, { ...step, id: `${step.id} again` }]);
    expect(activationsOf(read2).size).toBe(0);
  });

  it("has a fully connected layer's weights in the order of flattened NHWC maps", () => {
    // One filter on 2 channels of 1 x 2: [c0 x0, c0 x1, c1 x0, c1 x1] to [x0 c0, x0 c1, x1 c0, x1 c1].
    expect([...channelsLastMatrix(new Float32Array([1, 2, 3, 4]), [1, 2, 1, 2])]).toEqual([1, 3, 2, 4]);
    // Two filters on two channels of one pixel: the matrix is transposed.
    expect([...channelsLastMatrix(new Float32Array([1, 2, 3, 4]), [1, 2, 1, 1])]).toEqual([1, 3, 2, 4]);
  });

  it('says a program that ran several times once', () => {
    expect(rowOf('a', new Map([['ours', 1]]), 1, ['dense', 'pool', 'dense', 'dense']).kernel).toBe('3x dense + pool');
  });

  it('counts as deep in the summary, whatever it reads', () => {
    const lines = summaryOf([{ ratio: 2 }, { ratio: 32 }], [Number.POSITIVE_INFINITY, 3]);
    expect(lines[1]).toMatch(/geometric mean 2\.00, least 2\.00 of 1/);
  });

  it('has all its programs written for a GPU', async () => {
    const files = await programsOf([entry('squeezenet-1.1', 32)]);
    expect(files[0]!.name).toBe('squeezenet-1-1.1');
    expect(files.length).toBeGreaterThan(40);
  });
});
