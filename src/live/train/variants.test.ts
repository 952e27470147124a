import { describe, expect, it } from 'vitest';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { defaultTrain, type TrainState } from '../../store/train.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import { plannedRuns, priceOf, type Scale, scales } from './variants.ts';

const train = drawShapes(20, 28, 1);

function planned(change: Partial<TrainState>, scale: Scale = scales.webgpu, network: Partial<NetworkState> = {}) {
  const asked = { state: { ...defaultTrain, ...change }, network: { ...defaultNetwork, ...network } };
  const runs = plannedRuns(asked, scale, { train, test: train });
  if (!runs.ok) throw new Error(runs.error.code);
  return runs.value.map((run) => ({ ...run, price: priceOf(run.configuration.trainee.graph, train) }));
}

describe('the runs of a training state', () => {
  it('are one for each number of filter groups; more groups have fewer weights and multiply-adds', () => {
    const runs = planned({});
    expect(runs.map(({ variant }) => variant.groups)).toEqual([1, 2, 4, 8, 16]);
    // Norms in the place of five biases: 46,826 with as many scales again.
    expect(runs[0]?.price.parameters).toBe(46_826 + 32 + 4 * 48);
    for (const [i, { price }] of runs.slice(1).entries()) {
      expect(price.parameters).toBeLessThan(runs[i]?.price.parameters ?? 0);
      expect(price.macs).toBeLessThan(runs[i]?.price.macs ?? 0);
    }
  });

  it.each(['parameters', 'macs'] as const)('cost the same %s where that is asked for', (match) => {
    for (const scale of Object.values(scales)) {
      const prices = planned({ match }, scale).map(({ price }) => price[match]);
      expect(prices).toHaveLength(5);
      for (const price of prices) expect(Math.abs(price / prices[0]! - 1)).toBeLessThan(0.02);
    }
  });

  it('are other runs where anything but the choice of variants changes', () => {
    const keyOf = (change: Partial<TrainState>) => planned(change)[0]?.name;
    expect(keyOf({ groups: [1] })).toBe(keyOf({}));
    expect(keyOf({ compare: 'widths', widths: [1] })).toBe(keyOf({}));
    for (const change of [{ seed: 1 }, { learningRate: 0.1 }, { groups: [2] }, { batchNorm: false }])
      expect(keyOf(change)).not.toBe(keyOf({}));
  });
});

describe('the runs of the network of the Network screen', () => {
  const networkRuns = (change: Partial<TrainState>, network: Partial<NetworkState>) =>
    planned({ network: 'network', ...change }, scales.webgpu, network);

  it('are that network for each number of groups that makes another one, and each width', () => {
    // All layers of MobileNet but the first are depthwise or 1x1, and that one reads a single channel.
    expect(networkRuns({}, { layers: 'mobilenet_v1' }).map(({ variant }) => variant.groups)).toEqual([1]);
    const residual = networkRuns({ groups: [1, 2, 16] }, { layers: 'resnet18' });
    expect(residual.map(({ variant }) => variant.groups)).toEqual([1, 2, 16]);
    expect(residual[1]?.price.parameters).toBeLessThan(0.6 * (residual[0]?.price.parameters ?? 0));
    const widths = networkRuns({ compare: 'widths', widths: [0.25, 1] }, { layers: 'mobilenet_v1' });
    // Twice as many channels are four times the weights of 1x1 layers.
    expect((widths[1]?.price.parameters ?? 0) / (widths[0]?.price.parameters ?? 1)).toBeGreaterThan(12);
    for (const { configuration } of [...residual, ...widths])
      expect(configuration.trainee.graph.nodes.at(-1)?.operator).toMatchObject({ kind: 'linear', outFeatures: 10 });
  });

  it('are other runs for other layers, for layers that are switched off and for levers, and none of the small network', () => {
    const keyOf = (network: Partial<NetworkState>) => networkRuns({}, { layers: 'resnet18', ...network })[0]?.name;
    const keys = [
      planned({})[0]?.name,
      keyOf({}),
      keyOf({ layers: 'mobilenet_v1' }),
      keyOf({ off: ['layer1.0.relu'] }),
      keyOf({ levers: { ...defaultNetwork.levers, width: 0.5 } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf({ weights: { ...defaultNetwork.weights, seed: 1 } })).toBe(keyOf({}));
  });

  it('are as narrow as the lever of the Network screen makes them, whatever size it gives the photo', () => {
    const levers = { ...defaultNetwork.levers, width: 0.25, size: 100 };
    const [narrow] = networkRuns({}, { layers: 'mobilenet_v1', levers });
    const [quarter] = networkRuns({ compare: 'widths', widths: [0.25] }, { layers: 'mobilenet_v1' });
    expect(narrow?.price).toEqual(quarter?.price);
  });
});
