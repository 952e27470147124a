import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine, Tensor } from '../../engine/engine.ts';
import { createEngine } from '../../engine/index.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { defaultNetwork } from '../../store/network.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { checkOutput } from '../checkOutput.ts';
import { readTerms, stagesOf } from '../kinds/readTerms.ts';
import { editLayers } from '../network/layersText.ts';
import { type NetworkDesk, startNetworkDesk } from '../network/networkDesk.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { createRunner, type Runner } from '../runner.ts';
import { testPicture } from '../testing/testPicture.ts';
import type { ExploredLayer } from './exploredLayer.ts';
import { createLayerDesk, type LayerDesk } from './layerDesk.ts';

let engine: Engine | null = null;
let runner: Runner | null = null;
let layers: LayerDesk | null = null;
let whole: NetworkDesk | null = null;
afterEach(() => {
  runner?.dispose();
  layers?.dispose();
  whole?.dispose();
  engine?.destroy();
  engine = runner = layers = whole = null;
});

async function start(
  kind: 'cpu' | 'webgpu',
  networkLayer: string,
  names = 'resnet18',
  size: readonly [number, number] = [64, 48],
) {
  const initial = { ...defaultWorkspace(), network: { ...defaultNetwork, layers: names }, networkLayer };
  const blobs = { putNow: () => 'f'.repeat(64) };
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => size });
  const created = (await createEngine(kind, { memoryBudget: 2 ** 28 })).engine;
  engine = created;
  const results = createStore<ResultsState>(() => ({
    ...firstResults,
    running: created,
    picture: testPicture(size),
  }));
  const layer = createStore<ExploredLayer | null>(() => null);
  const desk = createLayerDesk({ workspace, results, layer });
  const made = createRunner({
    results,
    wanted: () => desk.wanted(created),
    onSuccess: () => undefined,
    onBroken: (error) => {
      throw error;
    },
  });
  [layers, runner] = [desk, made];
  workspace.subscribe(({ workspace: next }, { workspace: former }) => {
    if (next.network !== former.network || next.networkLayer !== former.networkLayer) made.request();
  });
  made.changeEngine(created);
  return { workspace, results, layer, engine: created };
}

type Started = Awaited<ReturnType<typeof start>>;

/** The output of layer `node`, when it is there. */
async function outputOf({ results }: Started, node: string) {
  await expect
    .poll(
      () => {
        const { finished, problem } = results.getState();
        return problem ?? (finished?.kind?.from === 'network' && finished.kind.node);
      },
      { timeout: 60_000 },
    )
    .toBe(node);
  return results.getState().finished!;
}

async function all(of: Engine, maps: Tensor) {
  const [, channels, height, width] = maps.shape;
  return of.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
}

describe.each(['cpu', 'webgpu'] as const)('a layer of the network in Explore on %s', (kind) => {
  it('has the maps that the network has there: of a convolution, a batch norm with the photo’s statistics, an activation', async () => {
    const started = await start(kind, 'layer1.0.conv2');
    whole = startNetworkDesk(started, 2 ** 28);
    for (const node of ['layer1.0.conv2', 'layer1.0.bn1', 'layer1.0.relu1', 'maxpool', 'conv1', 'fc']) {
      const { view, ...now } = started.workspace.getState().workspace;
      if (now.networkLayer !== node) started.workspace.getState().exploreNetwork(node);
      started.workspace.getState().setView({ network: { ...view.network, layer: node } });
      const output = await outputOf(started, node);
      await expect.poll(() => whole?.results.getState().current.has(node), { timeout: 60_000 }).toBe(true);
      const expected = await all(started.engine, whole.results.getState().maps[node]!);
      const values = await all(started.engine, output.maps);
      expect(output.shape).toEqual(whole.results.getState().maps[node]!.shape);
      const most = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
      expect(most).toBeGreaterThan(0);
      values.forEach((value, i) => {
        if (Math.abs(value - expected[i]!) > 2e-5 * (1 + most)) expect(value).toBeCloseTo(expected[i]!, 5);
      });
    }
  }, 120_000);

  it('has the arithmetic of a pixel, the check, and all maps given back behind it', async () => {
    const started = await start(kind, 'layer1.0.conv2');
    const output = await outputOf(started, 'layer1.0.conv2');
    const [stage] = stagesOf(output.kind!);
    const unit = { channel: 5, y: 3, x: 2 };
    const { sum, slices } = await readTerms(started.engine, output, stage!, unit);
    const [value] = await started.engine.read(output.maps, { ...unit, channels: 1, height: 1, width: 1 });
    expect(slices).toHaveLength(64);
    expect(sum).toBeCloseTo(value!, 4);
    const { signal } = new AbortController();
    const state = started.workspace.getState().workspace;
    const report = await checkOutput(started.results.getState(), state, () => undefined, signal);
    expect(report.passed).toBe(true);
    expect(report.values).toBe(output.shape[1] * output.shape[2] * output.shape[3]);
    // What stands is the maps that it reads and its own.
    expect(started.engine.counters.liveTensors).toBe(2);
  }, 60_000);

  it('has kernels as large as the maps of a fully connected layer, and draws no weight that is not looked at', async () => {
    const started = await start(kind, 'classifier.1', 'alexnet', [64, 64]);
    const output = await outputOf(started, 'classifier.1');
    const { parameters, kind: layer } = output;
    // 256 x 6 x 6 x 4096 weights.
    expect(parameters['classifier.1']).toMatchObject({ kind: 'drawn' });
    const [stage] = stagesOf(layer!);
    expect(stage?.reads).toBe('avgpool');
    const unit = { channel: 4095, y: 0, x: 0 };
    const { sum, slices, rows, columns } = await readTerms(started.engine, output, stage!, unit);
    const [value] = await started.engine.read(output.maps, { ...unit, channels: 1, height: 1, width: 1 });
    expect([slices.length, rows, columns]).toEqual([256, 6, 6]);
    expect(Math.abs(value!)).toBeGreaterThan(0);
    expect(sum).toBeCloseTo(value!, 4);
  }, 60_000);

  it('changes with the layer in the network, over the same maps in front of it; a layer without output says why', async () => {
    const started = await start(kind, 'conv4', 'stack');
    const before = await outputOf(started, 'conv4');
    const { plan } = started.layer.getState()!;
    const stride = (by: number, kernel: number) =>
      editLayers(plan.state, plan.input, ({ nodes }) => ({
        nodes: nodes.map((node) =>
          node.id === 'conv4' && node.operator.kind === 'conv2d'
            ? { ...node, operator: { ...node.operator, stride: [by, by], kernelSize: [kernel, kernel] } }
            : node,
        ),
      })).state;
    started.workspace.getState().setNetwork(null, () => stride(2, 3));
    await expect
      .poll(() => started.results.getState().finished?.shape[2], { timeout: 20_000 })
      .toBe(before.shape[2] / 2);
    expect(started.results.getState().finished?.inputs.relu3).toBe(before.inputs.relu3);
    started.workspace.getState().setNetwork(null, () => stride(1, 63));
    await expect.poll(() => started.layer.getState()?.refusal).toMatchObject({ code: 'error', node: 'conv4' });
    started.workspace.getState().undo();
    await expect.poll(() => started.layer.getState()?.refusal).toBeNull();
  }, 60_000);
});
