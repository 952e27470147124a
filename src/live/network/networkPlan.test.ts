import { describe, expect, it } from 'vitest';
import { changeOperator, without } from '../../graph/network/edit.ts';
import { branchFrom } from '../../graph/network/joins.ts';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { testPicture } from '../testing/testPicture.ts';
import { editLayers } from './layersText.ts';
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

describe('levers', () => {
  it('that this network does not have leave it as it is, and say why', () => {
    const levers = { ...defaultNetwork.levers, subsampling: { from: 4, to: null } };
    const plan = planOf({ levers });
    expect(plan.leverError).toMatchObject({ code: 'no-such-step', values: { step: 5, steps: 1 } });
    expect(plan.graph).toBe(plan.base.graph);
  });

  it('make another network of another picture, whose layers are as they were built', () => {
    const { graph, base, picture, shapes } = planOf({
      levers: { ...defaultNetwork.levers, size: [16, 24], width: 0.5 },
    });
    expect([picture.height, picture.width]).toEqual([16, 24]);
    expect(shapes.relu5).toEqual([1, 32, 8, 12]);
    const conv2 = (of: typeof graph) => of.nodes.find(({ id }) => id === 'conv2')!.operator;
    expect(conv2(graph)).toMatchObject({ inChannels: 8, outChannels: 8 });
    expect(conv2(base.graph)).toMatchObject({ inChannels: 16, outChannels: 16 });
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
});
