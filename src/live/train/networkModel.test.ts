/** Networks of the Network screen as they are trained, and the reasons why some are not. */
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../graph/graph.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { writeGraph } from '../../store/networkRecord/graphRecord.ts';
import { networkModel, refusalOf } from './networkModel.ts';

const images = { channels: 1, height: 28, width: 28, classes: 10 };
const asBuilt = { groups: 1, width: 1 };
const optimizer = { method: 'adamw', learningRate: 0.01, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0.01 } as const;

const model = (network: Partial<NetworkState>, change = asBuilt) =>
  networkModel({ ...defaultNetwork, ...network }, images, change);

function trainee(network: Partial<NetworkState>) {
  const made = model(network);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

/** Layers as the Network screen writes them down, for photos. */
const written = (...rest: readonly GraphNode[]): string =>
  JSON.stringify(
    writeGraph({ nodes: [{ id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] }, ...rest] }, null),
  );

const flat: readonly GraphNode[] = [
  { id: 'flatten', operator: { kind: 'reshape', shape: [1, 12, 1, 1] }, inputs: ['last'] },
  { id: 'fc', operator: createLinear({ inFeatures: 12, outFeatures: 1000 }), inputs: ['flatten'] },
];

describe('the network of the Network screen as it is trained', () => {
  it('takes the channels of the data and has a value for each class', () => {
    const { graph, logits } = trainee({ layers: 'mobilenet_v2' });
    const operatorOf = (id: string) => graph.nodes.find((node) => node.id === id)?.operator;
    expect(operatorOf('input')).toMatchObject({ channels: 1 });
    expect(operatorOf(logits)).toMatchObject({ kind: 'linear', inFeatures: 1280, outFeatures: 10 });
  });

  it('has layers that were written down for photos, without those that are switched off', () => {
    const conv = (id: string, from: string): GraphNode => {
      const operator = createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3] });
      return { id, operator, inputs: [from] };
    };
    const layers = written(conv('first', 'input'), conv('last', 'first'), ...flat);
    const { graph } = trainee({ layers, off: ['first'] });
    // 26 x 26 values of three channels.
    expect(graph.nodes.map(({ id }) => id)).toEqual(['input', 'last', 'flatten', 'fc']);
    expect(graph.nodes[3]?.operator).toMatchObject({ inFeatures: 3 * 26 * 26, outFeatures: 10 });
  });

  it('has the classes at any width', () => {
    const narrow = model({ layers: 'resnet18' }, { groups: 1, width: 0.25 });
    expect(narrow.ok && narrow.value.graph.nodes.at(-1)?.operator).toMatchObject({ inFeatures: 128, outFeatures: 10 });
  });
});

describe('a network is not trained', () => {
  it.each([
    ['stack', 'no-head'],
    ['unet', 'no-head'],
    ['alexnet', 'no-output'],
    ['{"nodes":"none"}', 'unreadable'],
  ] as const)('%s: %s', (layers, code) => {
    expect(model({ layers })).toMatchObject({ ok: false, error: { code } });
  });

  it('where it is too large for the engine, all runs together', () => {
    const run = { trainee: trainee({ layers: 'resnet18' }), batch: 64, optimizer };
    expect(refusalOf([run], images, 2 ** 30)).toBeNull();
    // 11.2 million weights: 128 MiB of states for each run.
    expect(refusalOf([run, run, run, run, run, run, run, run], images, 2 ** 30)).toMatchObject({ code: 'too-large' });
    const refusal = refusalOf([run], images, 2 ** 28);
    expect(refusal).toMatchObject({ code: 'too-large', values: { budget: 256 } });
    expect(Number(refusal?.values.needed)).toBeGreaterThan((11.2e6 * 4 * 7) / 2 ** 20);
  });

  it('where a layer behind another one has a weight for every place', () => {
    const local: GraphNode['operator'] = {
      ...{ kind: 'locally_connected2d', inChannels: 3, outChannels: 3, bias: true, inputSize: [28, 28] },
      ...{ kernelSize: [3, 3], stride: [2, 2], dilation: [1, 1] },
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    };
    const conv = createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [1, 1] });
    const layers = written(
      { id: 'first', operator: conv, inputs: ['input'] },
      { id: 'last', operator: local, inputs: ['first'] },
      ...flat,
    );
    const run = { trainee: trainee({ layers }), batch: 8, optimizer };
    expect(refusalOf([run], images, 2 ** 30)).toEqual({ code: 'not-trained', values: { id: 'last' } });
  });
});
