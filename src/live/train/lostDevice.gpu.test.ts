/** Training on a GPU whose device goes: the run is taken up again on the next one, and comes to the very same end. */
import { afterAll, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createWebGPUEngine } from '../../engine/webgpu/index.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../../store/keyValue.ts';
import { defaultTrain } from '../../store/train.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { createEngineKeeper } from '../engineKeeper.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { createRunBook } from './keptRuns.ts';
import { startTrainDesk, type TrainResults } from './trainDesk.ts';
import type { SetSources } from './trainingSets.ts';
import type { Scale } from './variants.ts';

const nothing = () => Promise.reject(new Error('not asked for'));
const sources: SetSources = { fetchFile: nothing, openSample: nothing, bytesOf: nothing };
/** Drawn shapes, six steps. */
const train = { ...defaultTrain, data: 'shapes', groups: [2], batchSize: 20, epochs: 3 } as const;
const scale: Scale = {
  pace: 'software',
  ...{ width: 1 / 6, trainImages: 40, testImages: 20, measuredImages: 20 },
};

/** The devices that engines have asked for. */
const devices: GPUDevice[] = [];
async function requestAdapter(options?: GPURequestAdapterOptions): Promise<GPUAdapter | null> {
  const adapter = await navigator.gpu.requestAdapter(options);
  if (!adapter) return null;
  const requestDevice = adapter.requestDevice.bind(adapter);
  adapter.requestDevice = async (descriptor) => {
    const device = await requestDevice(descriptor);
    devices.push(device);
    return device;
  };
  return adapter;
}
const gpu = new Proxy(navigator.gpu, {
  get(target, name) {
    if (name === 'requestAdapter') return requestAdapter;
    const value: unknown = Reflect.get(target, name, target);
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

const shared = createStore<ResultsState>(() => firstResults);
const keeper = createEngineKeeper(
  shared,
  async () => ({ engine: await createWebGPUEngine({ gpu }), reason: null }),
  () => undefined,
);
afterAll(() => keeper.dispose());

function begin() {
  const workspace = createWorkspaceStore({
    initial: { ...defaultWorkspace(), train },
    blobs: { putNow: () => '' },
    inputSize: () => [8, 8],
  });
  const means = { scaleOf: () => scale, budgetOf: () => Promise.resolve(2 ** 28) };
  return startTrainDesk({ workspace, results: shared }, sources, createRunBook(memoryKeyValue()), means);
}

function until({ results }: ReturnType<typeof begin>, isReached: (state: TrainResults) => boolean) {
  return new Promise<TrainResults>((resolve) => {
    const look = (now: TrainResults) => {
      if (!isReached(now)) return;
      unsubscribe();
      resolve(now);
    };
    const unsubscribe = results.subscribe(look);
    look(results.getState());
  });
}

const isReady = ({ runs }: TrainResults) => runs.length > 0;
const isDone = ({ runs }: TrainResults) => runs.length > 0 && runs.every(({ state }) => state === 'done');

it('plays on', async () => {
  await keeper.choose('webgpu');
  const whole = begin();
  await until(whole, isReady);
  whole.play();
  const expected = await until(whole, isDone);

  const desk = begin();
  await until(desk, isReady);
  desk.play();
  await until(desk, ({ runs }) => (runs[0]?.step ?? 0) >= 2);
  expect(devices).toHaveLength(1);
  devices[0]?.destroy();
  const done = await until(desk, (state) => isDone(state) && !state.isPlaying);
  expect(devices).toHaveLength(2);
  expect(shared.getState().problem).toMatchObject({ code: 'device-lost' });
  expect(done.runs.map(({ results }) => results)).toEqual(expected.runs.map(({ results }) => results));
});
