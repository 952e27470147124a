import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../engine/engine.ts';
import { createEngine } from '../../engine/index.ts';
import { readNetwork } from '../../formats/networkText/readModule.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { materialiseAll } from '../../graph/weights/drawnParameters.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { defaultNetwork, type NetworkState } from '../../store/network.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { testPicture } from '../testing/testPicture.ts';
import { withGraph } from './layersText.ts';
import { type NetworkDesk, startNetworkDesk } from './networkDesk.ts';

const size = { width: 40, height: 32 } as const;

const picture = () => testPicture([size.height, size.width]);

let engine: Engine | null = null;
let desk: NetworkDesk | null = null;
afterEach(() => {
  desk?.dispose();
  engine?.destroy();
  desk = engine = null;
});

async function start(kind: 'cpu' | 'webgpu', network: Partial<NetworkState>) {
  const blobs = { putNow: () => 'f'.repeat(64) };
  const initial = { ...defaultWorkspace(), network: { ...defaultNetwork, ...network } };
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => [size.height, size.width] });
  const created = await createEngine(kind, { memoryBudget: 2 ** 28 });
  engine = created.engine;
  const results = createStore<ResultsState>(() => ({ ...firstResults, running: created.engine, picture: picture() }));
  desk = startNetworkDesk({ workspace, results }, 2 ** 28);
  return { workspace, results, desk, engine: created.engine };
}

/** Until every layer that is kept has its maps. */
const settled = (of: NetworkDesk) =>
  expect
    .poll(
      () => {
        const { progress, plan, current, problem } = of.results.getState();
        return problem ?? (progress === null && plan !== null && current.size > 0);
      },
      { timeout: 60_000 },
    )
    .toBe(true);

async function valuesOf(running: Engine, of: NetworkDesk, layer: string) {
  const maps = of.results.getState().maps[layer]!;
  const [, channels, height, width] = maps.shape;
  return running.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
}

describe.each(['cpu', 'webgpu'] as const)('a network on %s', (kind) => {
  it('is refused by a sentence before anything of it is computed, where a layer would take the page with it', async () => {
    const { desk, workspace } = await start(kind, { layers: 'stack' });
    await settled(desk);
    const { maps } = desk.results.getState();
    // 65536 maps of 96 x 104 are 2.6 GB.
    const huge = readNetwork('nn.Sequential(nn.Conv2d(3, 65536, 1, padding=32))', [1, 3, size.height, size.width]);
    if (!huge.ok) throw new Error(huge.error.message);
    workspace.getState().setNetwork(null, (now) => withGraph(now, huge.value, [1, 3, size.height, size.width]));
    await expect.poll(() => desk.results.getState().problem?.code).toBe('over-memory');
    expect(desk.results.getState().maps).toEqual(maps);
    workspace.getState().undo();
    await settled(desk);
  });

  it('has the maps of the float64 reference in every layer', async () => {
    const { desk, engine } = await start(kind, { layers: 'stack' });
    await settled(desk);
    const { plan, current } = desk.results.getState();
    expect([...current]).toEqual(['relu1', 'relu2', 'pool', 'relu3', 'relu4', 'relu5']);
    const input = { shape: [1, 3, 32, 40] as const, values: picture().values };
    const reference = runReference(plan!.graph, { input }, materialiseAll(plan!.graph, plan!.parameters));
    for (const layer of current) {
      const { output, magnitude } = reference[layer]!;
      const values = await valuesOf(engine, desk, layer);
      const error = values.reduce(
        (most, v, i) => Math.max(most, Math.abs(v - output.values[i]!) / (1 + magnitude[i]!)),
        0,
      );
      expect(error).toBeLessThan(2e-5);
    }
  });

  it('computes layers filled with filters of Explore, learned ones as soon as they are fetched', async () => {
    const own = { conv1: { filters: 'posenet' }, conv3: { filters: 'gabor' }, conv4: { filters: 'sobel_x' } } as const;
    const { desk, engine } = await start(kind, { layers: 'stack', weights: { ...defaultNetwork.weights, own } });
    await expect.poll(() => desk.results.getState().plan?.awaited).toEqual([]);
    await settled(desk);
    const { plan } = desk.results.getState();
    const input = { shape: [1, 3, 32, 40] as const, values: picture().values };
    const reference = runReference(plan!.graph, { input }, materialiseAll(plan!.graph, plan!.parameters));
    expect(materialiseAll(plan!.graph, plan!.parameters).conv4!.weight.slice(0, 3)).toEqual(
      Float32Array.of(-1 / 32, 0, 1 / 32),
    );
    for (const layer of ['relu1', 'relu3', 'relu4']) {
      const { output, magnitude } = reference[layer]!;
      const values = await valuesOf(engine, desk, layer);
      const worst = values.reduce(
        (most, v, i) => Math.max(most, Math.abs(v - output.values[i]!) / (1 + magnitude[i]!)),
        0,
      );
      expect(worst).toBeLessThan(2e-5);
    }
  });

  it('computes layer k and what follows it when layer k changes, and nothing in front of it', async () => {
    const { desk, engine, workspace } = await start(kind, { layers: 'stack' });
    await settled(desk);
    const dispatchesOf = async (change: (network: NetworkState) => NetworkState) => {
      const before = engine.counters.dispatches;
      workspace.getState().setNetwork(null, change);
      await settled(desk);
      return engine.counters.dispatches - before;
    };
    const drawn = (layer: string) => (network: NetworkState) => ({
      ...network,
      weights: { ...network.weights, own: { [layer]: { distribution: 'he' as const, seed: 5 } } },
    });
    const all = await dispatchesOf((network) => ({ ...network, weights: { ...network.weights, seed: 12 } }));
    const before = desk.results.getState().maps;
    const last = await dispatchesOf(drawn('conv5'));
    const after = desk.results.getState().maps;
    expect(['relu1', 'relu2', 'pool', 'relu3', 'relu4'].every((layer) => before[layer] === after[layer])).toBe(true);
    expect(before.relu5).not.toBe(after.relu5);
    // conv4 draws its former weights again: two of the five convolutions.
    const lastTwo = await dispatchesOf(drawn('conv4'));
    expect(0 < last && last < lastTwo && lastTwo < all).toBe(true);
    // Nothing has changed for any layer.
    expect(await dispatchesOf((network) => ({ ...network, off: [] }))).toBe(0);
  });

  it('gives every batch norm the statistics of the maps that it reads', async () => {
    const { desk, engine } = await start(kind, { layers: 'resnet18', input: { size: 32, crop: 'square' } });
    await settled(desk);
    const values = await valuesOf(engine, desk, 'layer1.0.relu1');
    const { plan } = desk.results.getState();
    const [, channels, height, width] = plan!.shapes['layer1.0.relu1']!;
    // Behind norm and ReLU of a channel: E max(z, 0)² + E max(-z, 0)² = 1, and the first half of it is what is left.
    for (let c = 0; c < channels; c++) {
      const map = values.subarray(c * height * width, (c + 1) * height * width);
      const energy = map.reduce((sum, v) => sum + v * v, 0) / map.length;
      expect(energy).toBeGreaterThan(0.05);
      expect(energy).toBeLessThan(1);
    }
  });
});

describe('a measurement', () => {
  it('has a time for every layer with work, and ends when the network changes', async () => {
    const { desk, workspace } = await start('cpu', {});
    await settled(desk);
    await desk.measure();
    const { times, plan } = desk.results.getState();
    expect(times?.plan).toBe(plan);
    for (const layer of ['conv1', 'conv2', 'pool', 'conv3', 'conv4', 'conv5'])
      expect(times?.ms[layer]).toBeGreaterThan(0);
    const ended = desk.measure();
    workspace.getState().setNetwork(null, (network) => ({ ...network, off: ['conv3'] }));
    await ended;
    expect(desk.results.getState().times?.plan).toBe(plan);
    expect(desk.results.getState().measuring).toBeNull();
    await settled(desk);
  });
});

describe('the desk', () => {
  it('frees all maps when its screen closes', async () => {
    const { desk, engine } = await start('cpu', {});
    await settled(desk);
    expect(engine.counters.liveTensors).toBeGreaterThan(0);
    desk.dispose();
    await expect.poll(() => engine.counters.liveTensors).toBe(0);
  });

  it('keeps as many maps as the limit allows, the smallest, and always those that are looked at', async () => {
    const { desk, workspace } = await start('cpu', {});
    await settled(desk);
    desk.setLimit(4 * 3 * 32 * 16 * 20);
    await settled(desk);
    const { current, left } = desk.results.getState();
    expect([...current]).toEqual(['pool', 'relu3', 'relu5']);
    expect([...left]).toEqual(['relu1', 'relu2', 'relu4']);
    const { view } = workspace.getState().workspace;
    workspace.getState().setView({ network: { ...view.network, layer: 'conv2' } });
    await settled(desk);
    expect([...desk.results.getState().current]).toContain('conv2');
  });

  it('leaves no map behind of computations that were stopped on their way', async () => {
    const { desk, engine, workspace } = await start('cpu', { layers: 'resnet18', input: { size: 32, crop: 'square' } });
    for (let seed = 0; seed < 5; seed++) {
      workspace.getState().setNetwork(null, (network) => ({ ...network, weights: { ...network.weights, seed } }));
      await expect.poll(() => desk.results.getState().current.size).toBeGreaterThan(0);
    }
    await settled(desk);
    const { maps, current, plan } = desk.results.getState();
    expect(plan!.state.weights.seed).toBe(4);
    expect(engine.counters.liveTensors).toBe(Object.keys(maps).length);
    expect(current.size).toBe(Object.keys(maps).length);
  });

  it('comes to an end under a camera, with the newest picture', async () => {
    const { desk, results } = await start('cpu', { layers: 'resnet18', input: { size: 32, crop: 'square' } });
    for (let frame = 0; frame < 8; frame++) {
      results.setState({ picture: { ...picture(), name: `frame ${frame}` } });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await settled(desk);
    expect(desk.results.getState().plan!.picture.name).toBe('frame 7');
    expect(desk.results.getState().current.has('fc')).toBe(true);
  });

  it('measures a network whose levers make its picture smaller', async () => {
    const levers = { ...defaultNetwork.levers, size: 20 };
    const { desk } = await start('cpu', { levers });
    await settled(desk);
    await desk.measure();
    expect(desk.results.getState().problem).toBeNull();
    expect(desk.results.getState().times?.ms.conv5).toBeGreaterThan(0);
  });

  it('says why a network cannot be had, and takes the next', async () => {
    const { desk, workspace } = await start('cpu', {});
    await settled(desk);
    workspace.getState().setNetwork(null, (network) => ({ ...network, layers: 'no such network' }));
    await expect.poll(() => desk.results.getState().problem).toMatchObject({ kind: 'network', code: 'unreadable' });
    workspace.getState().setNetwork(null, (network) => ({ ...network, layers: 'stack' }));
    await settled(desk);
  });
});
