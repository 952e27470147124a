/** Networks that were trained, without channels of theirs. */
import { describe, expect, it } from 'vitest';
import { sampleOfDisk } from '../../formats/trained/testing/samplesOfDisk.ts';
import { inferShapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { preprocess, type TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { elementsOf } from '../../operators/tensors.ts';
import { rules, weakChannels } from '../deadChannels.ts';
import { type Constants, type Pruned, prune } from './prune.ts';

type Maps = ReturnType<typeof runReference>;

function whole(network: TrainedNetwork, [n, c, h, w]: Shape) {
  const built = network.graphAt(h, w, n);
  if (!built.ok) throw new Error(built.error.message);
  const shapes = inferShapes(built.value.graph, { [network.input]: [n, c, h, w] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const values = Float32Array.from(
    { length: elementsOf([n, c, h, w]) },
    (_, i) => 0.5 + 0.4 * Math.sin(i * 0.37) * Math.cos(i * 0.011),
  );
  const input = preprocess(network.preprocessing, { shape: [n, c, h, w], values });
  const { graph, outputs } = built.value;
  return { graph, outputs, shapes: shapes.value, input };
}

function run(network: TrainedNetwork, input: HostTensor<Float32Array>, after: Pruned): Maps {
  return runReference(after.graph, { [network.input]: input, ...after.inputs }, after.parameters);
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

const network = await sampleOfDisk('posenet');

describe('PoseNet without the 10 filters of its first layer that are numerically zero', () => {
  const { graph, outputs, shapes, input } = whole(network, [1, 3, 49, 65]);
  const first = network.layers[0]!.node;
  const facts = { weight: network.parameters[first]!.weight, outChannels: 24, responses: null, normScale: null };
  const zero = weakChannels(rules.zero_filter, rules.zero_filter.values(facts)!, rules.zero_filter.threshold);
  const before = runReference(graph, { [network.input]: input }, network.parameters);
  const without = (constants: Constants): Pruned => {
    const result = prune(graph, network.parameters, shapes, { [first]: zero }, { constants });
    if (!result.ok) throw new Error(`${result.error.code} at ${result.error.node}`);
    return result.value;
  };

  it('is smaller by exactly what they cost', () => {
    const { cost } = without('drop');
    expect(zero).toHaveLength(10);
    // Ten filters of 3·3·3 and a bias, ten depthwise ones of 3·3 and a bias, ten columns of the 48 filters behind.
    expect(cost.before.total.parameters - cost.after.total.parameters).toBe(10 * 28 + 10 * 10 + 10 * 48);
    // All three layers have 25 x 33 outputs.
    expect(cost.before.total.macs - cost.after.total.macs).toBe(25 * 33 * (10 * 27 + 10 * 9 + 10 * 48));
  });

  it('gives the same with their constants in the bias: they are silent, what reads them gives its own bias', () => {
    const [exact, biased, dropped] = [without('bias-map'), without('bias'), without('drop')];
    const errorOf = (maps: Maps, after: Pruned, id: string) =>
      largestDifference(maps[after.nodeOf[id]!]!.output.values, before[id]!.output.values);
    // Constant up to the border, so no map is needed.
    expect(exact.inputs).toEqual({});
    expect(biased.carried).toMatchObject([{ done: 'bias', error: 0, errorShare: 0 }]);
    const reader = biased.carried[0]!.node;
    const maps = run(network, input, biased);
    expect(errorOf(maps, biased, reader)).toBeLessThan(1e-5);
    for (const { node } of outputs) expect(errorOf(maps, biased, node)).toBeLessThan(1e-4);
    const told = dropped.carried[0]!.error;
    expect(told).toBeGreaterThan(0.01);
    expect(errorOf(run(network, input, dropped), dropped, reader)).toBeCloseTo(told, 4);
  });
});

describe('BlazeFace, whose blocks add', () => {
  it('loses a channel of all layers that are added up, or says why it cannot', async () => {
    const network = await sampleOfDisk('blazeface-front');
    const { graph, shapes, input } = whole(network, [1, 3, 64, 64]);
    const parameters = network.parameters;
    const made = network.layers.map(({ node }) => {
      const result = prune(graph, parameters, shapes, { [node]: [1] }, { constants: 'bias' });
      return result.ok ? result.value : result.error.code;
    });
    const coupled = made.filter((each): each is Pruned => typeof each !== 'string');
    expect(coupled.length).toBeGreaterThan(0);
    expect(Math.max(...coupled.map(({ removal }) => Object.keys(removal).length))).toBeGreaterThan(1);
    const after = coupled[0]!;
    const maps = run(network, input, after);
    for (const { id } of after.graph.nodes) expect(maps[id]!.output.shape).toEqual(after.shapes[id]);
    for (const code of made) if (typeof code === 'string') expect(['network-output', 'read-together']).toContain(code);
  });
});
