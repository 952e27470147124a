import { afterEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Engine } from '../../../engine/engine.ts';
import { createEngine } from '../../../engine/index.ts';
import { convOf } from '../../../graph/explore.ts';
import { materialise } from '../../../graph/weights/materialise.ts';
import { defaultCompare } from '../../../store/compare.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import type { LossState } from '../../../store/loss.ts';
import { createWorkspaceStore } from '../../../store/workspaceStore.ts';
import { firstResults, type Picture, type ResultsState } from '../../results.ts';
import { type LossDesk, startLossDesk } from './lossDesk.ts';

const size = { width: 18, height: 14 } as const;

function picture(seed: number): Picture {
  const pixels = size.width * size.height;
  return {
    rgba: Uint8ClampedArray.from({ length: 4 * pixels }, (_, i) =>
      i % 4 === 3 ? 255 : (i * 37 + seed * (i % 11)) % 251,
    ),
    ...size,
    fullWidth: size.width,
    fullHeight: size.height,
    opaque: true,
    values: new Float32Array(3 * pixels),
    channels: 3,
    name: 'test',
  };
}

let engine: Engine | null = null;
let desk: LossDesk | null = null;
afterEach(() => {
  desk?.dispose();
  engine?.destroy();
  desk = engine = null;
});

async function start(kind: 'cpu' | 'webgpu', loss: Partial<LossState>) {
  const blobs = { putNow: () => 'f'.repeat(64) };
  const compare = { ...defaultCompare, loss: { ...defaultCompare.loss, layer: 'explore' as const, ...loss } };
  const initial = { ...defaultWorkspace(), compare };
  const workspace = createWorkspaceStore({ initial, blobs, inputSize: () => [size.height, size.width] });
  const { graph, focus, weights } = initial;
  const none = { learned: () => null, custom: () => null };
  const filters = materialise(weights[focus]!, convOf(graph, focus), none);
  const created = await createEngine(kind, { memoryBudget: 2 ** 28 });
  engine = created.engine;
  const running = created.engine;
  const results = createStore<ResultsState>(() => ({ ...firstResults, running, filters, picture: picture(1) }));
  desk = startLossDesk({ workspace, results });
  return { workspace, results, desk, engine: running };
}

/** A worker may have to start, and a busy machine takes its time. */
const patient = { timeout: 30_000 };

const fitted = (of: LossDesk) =>
  expect
    .poll(
      () => of.results.getState().progress === null && of.results.getState().fits.every((fit) => fit !== null),
      patient,
    )
    .toBe(true);

const fitOf = (of: LossDesk, index: number) => {
  const result = of.results.getState().fits[index];
  if (!result?.ok) throw new Error(result?.error.message ?? 'not fitted');
  return result.value;
};

const substitutes = [
  { kind: 'low_rank', size: 9 },
  { kind: 'depthwise_separable', size: 1 },
  { kind: 'spatially_separable', size: 2 },
  { kind: 'grouped', size: 3 },
  { kind: 'regrouped', size: 3 },
  { kind: 'pointwise', size: 1 },
  { kind: 'smaller_kernel', size: 2 },
  { kind: 'dilated', size: 2 },
] as const;

it.each(['cpu', 'webgpu'] as const)(
  'on %s the maps of every substitute err by what its fit says, whatever it is fitted to',
  async (kind) => {
    const { desk, engine, workspace } = await start(kind, { substitutes });
    for (const by of ['responses', 'weights'] as const) {
      workspace.getState().setCompare(null, (now) => ({ ...now, loss: { ...now.loss, by } }));
      const optimum = by === 'weights' ? 'exact' : 'search';
      await expect.poll(() => (desk.results.getState().fits[1] ? fitOf(desk, 1).optimum : null), patient).toBe(optimum);
      await fitted(desk);
      for (const [index, { kind: name }] of substitutes.entries()) {
        desk.select(index);
        const fit = fitOf(desk, index);
        await expect.poll(() => desk.results.getState().shown?.fit, patient).toBe(fit);
        const { error, maps } = desk.results.getState().shown!;
        expect(Math.abs(error - fit.relativeErrorOfResponses!), name).toBeLessThan(1e-3);
        // Nothing is silent here: the whole is a mean of the maps' errors, weighted by their energy.
        const errors = maps.map((map) => map.error!);
        expect(Math.min(...errors)).toBeLessThanOrEqual(error + 1e-6);
        expect(Math.max(...errors)).toBeGreaterThanOrEqual(error - 1e-6);
        if (name === 'low_rank') expect(error).toBeLessThan(1e-5);
        else expect(error).toBeGreaterThan(0.01);
      }
    }
    // The input, and three maps of the one that is shown.
    expect(engine.counters.liveTensors).toBe(4);
  },
);

describe('a change', () => {
  it('of one substitute fits that one alone; what is left is kept, and what is undone comes back at once', async () => {
    const { desk, workspace } = await start('cpu', { substitutes: substitutes.slice(0, 3) });
    await fitted(desk);
    const [first, , third] = [0, 1, 2].map((index) => fitOf(desk, index));
    const setSize = (size: number) =>
      workspace.getState().setCompare(null, (now) => ({
        ...now,
        loss: { ...now.loss, substitutes: now.loss.substitutes.map((each, i) => (i === 2 ? { ...each, size } : each)) },
      }));
    setSize(1);
    await expect.poll(() => desk.results.getState().fits[2]?.ok && fitOf(desk, 2) !== third, patient).toBe(true);
    expect(fitOf(desk, 0)).toBe(first);
    expect(fitOf(desk, 2).relativeErrorOfResponses!).toBeGreaterThan(third!.relativeErrorOfResponses!);
    workspace.getState().undo();
    await expect.poll(() => fitOf(desk, 2), patient).toBe(third);
  });

  it('of the photo fits all anew', async () => {
    const { desk, results } = await start('cpu', { substitutes: substitutes.slice(1, 2) });
    await fitted(desk);
    const before = fitOf(desk, 0);
    results.setState({ picture: picture(5) });
    await expect.poll(() => desk.results.getState().fits[0] ?? before, patient).not.toBe(before);
  });

  it('that comes while fits go on takes their place; stopped fits wait until they are asked for', async () => {
    const { desk } = await start('cpu', { substitutes });
    await expect.poll(() => desk.results.getState().layer, patient).not.toBeNull();
    desk.stop();
    expect(desk.results.getState()).toMatchObject({ isStopped: true, progress: null });
    desk.resume();
    await fitted(desk);
    expect(desk.results.getState().isStopped).toBe(false);
  });
});

it('a layer in groups is refused with its reason', async () => {
  const { desk, workspace, results } = await start('cpu', { substitutes: substitutes.slice(0, 1) });
  await fitted(desk);
  workspace.getState().setConv({ outChannels: 9, groups: 3 });
  const { graph, focus, weights } = workspace.getState().workspace;
  const none = { learned: () => null, custom: () => null };
  results.setState({ filters: materialise(weights[focus]!, convOf(graph, focus), none) });
  await expect
    .poll(() => {
      const fit = desk.results.getState().fits[0];
      return fit && !fit.ok ? fit.error.code : null;
    }, patient)
    .toBe('fit-grouped-layer');
});
