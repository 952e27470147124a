import { describe, expect, it } from 'vitest';
import { readNetwork } from '../../formats/networkText/readModule.ts';
import { changeOperator, without } from '../../graph/network/edit.ts';
import { branchFrom } from '../../graph/network/joins.ts';
import type { LayerFilters } from '../../graph/weights/filterState.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { testPicture } from '../testing/testPicture.ts';
import { createLayerFilterBook } from './layerFilterBook.ts';
import { editLayers, unkept } from './layersText.ts';
import { createPlanner } from './networkPlan.ts';

const size = { width: 48, height: 32 } as const;
const photo = testPicture([size.height, size.width]);
const planOf = (change: Partial<NetworkState> = {}) =>
  createPlanner().plan({ ...defaultNetwork, ...change }, photo, 48);

describe('the plan of a network', () => {
  it('has shapes, fields and prices of every layer without running one', () => {
    const { input, price, shapes } = planOf();
    expect(input).toEqual([1, 3, 32, 48]);
    expect(shapes.relu5).toEqual([1, 32, 16, 24]);
    expect(price.totals.parameters).toBe(42_288);
    expect(price.rows.at(-1)?.field?.size).toEqual([22, 22]);
  });

  it('reads the photo as large as was chosen, whole or the square around its centre', () => {
    const planner = createPlanner();
    expect(planner.plan(defaultNetwork, photo, 24).input).toEqual([1, 3, 16, 24]);
    const square = { ...defaultNetwork, input: { size: null, crop: 'square' } } as const;
    expect(planner.plan(square, photo, 24).input).toEqual([1, 3, 24, 24]);
  });

  it('leaves out layers that are switched off, and fits the channels of those behind them', () => {
    const { graph, whole, price } = planOf({ off: ['conv3', 'pool'] });
    expect(whole.nodes).toHaveLength(12);
    expect(graph.nodes).toHaveLength(10);
    const conv4 = graph.nodes.find(({ id }) => id === 'conv4')?.operator;
    expect(conv4).toMatchObject({ inChannels: 16, outChannels: 32 });
    expect(price.rows.at(-1)?.output).toEqual([32, 32, 48]);
  });

  it('goes on with what does not depend on a join whose inputs do not fit, and says both shapes', () => {
    const { state } = editLayers(defaultNetwork, [1, 3, 32, 48], (graph) => {
      const joined = branchFrom(graph, 'conv1', 'conv4', 'add');
      if (!joined.ok) throw new Error(joined.error.message);
      return joined.value.graph;
    });
    const { states, graph } = planOf(state);
    const failed = Object.entries(states).find(([, each]) => each.state === 'error');
    expect(failed?.[1]).toMatchObject({
      inputs: [
        [1, 32, 16, 24],
        [1, 16, 32, 48],
      ],
    });
    expect(states.relu4).toEqual({ state: 'before', node: failed?.[0] });
    expect(graph.nodes.at(-1)?.id).toBe('conv4');
  });

  it('is there without any layer too, so that one can be added', () => {
    const { state } = editLayers(defaultNetwork, [1, 3, 32, 48], ({ nodes }) => ({ nodes: nodes.slice(0, 1) }));
    const { whole, price } = planOf(state);
    expect(whole.nodes.map(({ id }) => id)).toEqual(['input']);
    expect(price.totals).toMatchObject({ parameters: 0, macs: 0, trainingBytes: 4 * 3 * 32 * 48 });
  });
});

describe('layers from a link', () => {
  it('are read as far as they can be: the rest is left out, with the reason', () => {
    const { layers: written } = editLayers(defaultNetwork, [1, 3, 32, 48], (graph) =>
      without(graph, new Set(['relu5'])),
    ).state;
    const layers = written.replace('["conv3",', '["odd","no_such_layer"],["conv3",');
    const { graph, dropped } = planOf({ layers });
    expect(graph.nodes).toHaveLength(11);
    expect(dropped.map(({ node }) => node)).toEqual(['odd']);
    expect(() => planOf({ layers: '[[[' })).toThrow('cannot be read');
  });
});

describe('a layer filled with filters of Explore', () => {
  const filled = (layer: string, filters: LayerFilters): Partial<NetworkState> => ({
    weights: { ...defaultNetwork.weights, own: { [layer]: { filters } } },
  });

  it('has other maps, and so has all that follows it, and nothing in front of it', () => {
    const planner = createPlanner();
    const before = planner.plan(defaultNetwork, photo, 48).signatures;
    const { signatures: after, parameters } = planner.plan(
      { ...defaultNetwork, ...filled('conv3', 'sobel_x') },
      photo,
      48,
    );
    const moved = Object.keys(before).filter((id) => before[id] !== after[id]);
    expect(moved).toEqual(['conv3', 'relu3', 'conv4', 'relu4', 'conv5', 'relu5']);
    // 16 channels: the kernel's -1 0 1 are sixteenths.
    expect([...(parameters.conv3 as ParameterValues).weight.slice(0, 3)]).toEqual([-1 / 16, 0, 1 / 16]);
  });

  it('keeps the object of its values while nothing of it changes, so that engines need not upload it again', () => {
    const planner = createPlanner();
    const first = planner.plan({ ...defaultNetwork, ...filled('conv3', 'gabor') }, photo, 48);
    const next = planner.plan({ ...first.state, off: ['pool'] }, photo, 48);
    expect(next.parameters.conv3).toBe(first.parameters.conv3);
  });

  it('is drawn as the network is until a learned bank is there', () => {
    const book = createLayerFilterBook();
    const planner = createPlanner(book);
    const state = { ...defaultNetwork, ...filled('conv1', 'posenet') };
    const before = planner.plan(state, photo, 48);
    expect(before.awaited).toEqual(['posenet']);
    expect(before.signatures).toEqual(planner.plan(defaultNetwork, photo, 48).signatures);
    book.take('posenet', { values: new Float32Array(27).fill(0.5), shape: [1, 3, 3, 3] });
    const after = planner.plan(state, photo, 48);
    expect(after.awaited).toEqual([]);
    expect([...(after.parameters.conv1 as ParameterValues).weight.slice(0, 2)]).toEqual([0.5, 0.5]);
  });

  it('is drawn as the network where it only mixes channels', () => {
    const { parameters } = planOf({ layers: 'resnet50', ...filled('layer1.0.conv1', 'sobel_x') });
    expect(parameters['layer1.0.conv1']).toMatchObject({ kind: 'drawn', distribution: 'he', seed: 11 });
  });
});

describe('levers', () => {
  it('that this network does not have leave it as it is, and say why', () => {
    const levers = { ...defaultNetwork.levers, subsampling: { from: 4, to: null } };
    const plan = planOf({ levers });
    expect(plan.leverError).toMatchObject({ code: 'no-such-step', values: { step: 5, steps: 1 } });
    expect(plan.graph).toBe(plan.base.graph);
  });

  it('make another network of another picture, whose layers are as they were built', () => {
    const { graph, base, picture, shapes } = planOf({
      levers: { ...defaultNetwork.levers, size: 24, width: 0.5 },
    });
    expect([picture.height, picture.width]).toEqual([16, 24]);
    expect(shapes.relu5).toEqual([1, 32, 8, 12]);
    const conv2 = (of: typeof graph) => of.nodes.find(({ id }) => id === 'conv2')!.operator;
    expect(conv2(graph)).toMatchObject({ inChannels: 8, outChannels: 8 });
    expect(conv2(base.graph)).toMatchObject({ inChannels: 16, outChannels: 16 });
  });
});

describe('the lever of size', () => {
  const plan = (size: number, input: Partial<NetworkState['input']> = {}) =>
    planOf({ levers: { ...defaultNetwork.levers, size }, input: { ...defaultNetwork.input, ...input } });

  it('follows the photo: another crop is no stretched one', () => {
    expect(plan(24).shapes.input).toEqual([1, 3, 16, 24]);
    expect(plan(24, { crop: 'square' }).shapes.input).toEqual([1, 3, 24, 24]);
  });

  it('makes nothing larger than the photo, and kept it is the same picture', () => {
    const { levers, shapes } = plan(400);
    expect(levers.size).toBe(48);
    expect(shapes.input).toEqual([1, 3, 32, 48]);
    for (const size of [7, 13, 29]) {
      const kept = createPlanner().plan({ ...defaultNetwork, input: { size, crop: 'whole' } }, photo, size);
      expect(plan(size).shapes.input).toEqual(kept.shapes.input);
      expect(plan(size).picture.values).toEqual(kept.picture.values);
    }
  });
});

describe('an edit of the layers', () => {
  it('moves the channels of the layers behind it, and says so', () => {
    const { state, moved } = editLayers(defaultNetwork, [1, 3, 32, 48], (graph) => {
      const conv = graph.nodes.find(({ id }) => id === 'conv1')!.operator;
      return conv.kind === 'conv2d' ? changeOperator(graph, 'conv1', { ...conv, outChannels: 8 }) : graph;
    });
    expect(moved).toEqual([{ node: 'conv2', attribute: 'in_channels', from: '16', to: '8' }]);
    expect(planOf(state).price.rows[2]?.parameters).toBe(16 * (8 * 9 + 1));
  });

  it('leaves the layers in front of it as they are, the first edit of a built-in network too', () => {
    const planner = createPlanner();
    const before = planner.plan(defaultNetwork, photo, 48);
    const { state } = editLayers(defaultNetwork, before.input, (graph) => {
      const conv = graph.nodes.find(({ id }) => id === 'conv4')?.operator;
      if (conv?.kind !== 'conv2d') throw new Error('no convolution');
      return changeOperator(graph, 'conv4', { ...conv, stride: [2, 2] });
    });
    const { signatures } = planner.plan(state, photo, 48);
    expect(signatures.relu3).toBe(before.signatures.relu3);
    expect(signatures.conv4).not.toBe(before.signatures.conv4);
  });
});

describe('a network that is read from code', () => {
  it('is kept whole, or the layers beyond the bounds are named: a kernel of 65, 70 000 channels', () => {
    const bounds = (code: string) => {
      const read = readNetwork(code, [1, 3, 64, 64]);
      if (!read.ok) throw new Error(read.error.message);
      return unkept(read.value, [1, 3, 64, 64]).map(({ error }) => [error.code, error.values.attribute]);
    };
    expect(bounds('nn.Sequential(nn.Conv2d(3, 8, 63, padding=31), nn.ReLU())')).toEqual([]);
    expect(bounds('nn.Sequential(nn.Conv2d(3, 8, 65, padding=32), nn.ReLU())')).toEqual([
      ['attribute-bounds', 'kernel_size'],
    ]);
    expect(bounds('nn.Sequential(nn.Conv2d(3, 70000, 1))')[0]?.[0]).toBe('attribute-bounds');
  });
});
