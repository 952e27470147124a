/** Several runs on the CPU engine, in turn. */
import { afterAll, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import { type Engine, EngineError } from '../../engine/engine.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../../store/keyValue.ts';
import { defaultTrain } from '../../store/train.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { createRunBook } from './keptRuns.ts';
import { weightsFile } from './runFiles.ts';
import { figureOfRuns } from './runsFigure.ts';
import { startTrainDesk, type TrainDesk, type TrainResults } from './trainDesk.ts';
import { networksOf } from './trainedNetworks.ts';
import type { SetSources } from './trainingSets.ts';
import type { Scale } from './variants.ts';

const nothing = () => Promise.reject(new Error('not asked for'));
const sources: SetSources = { fetchFile: nothing, openSample: nothing, bytesOf: nothing };
/** Drawn shapes, two steps for each of two numbers of groups. */
const training = { ...defaultTrain, data: 'shapes', groups: [1, 2], batchSize: 20, epochs: 1 } as const;

const scale: Scale = {
  pace: 'software',
  ...{ width: 1 / 6, trainImages: 40, testImages: 20, measuredImages: 20 },
};

const means = { scaleOf: () => scale, budgetOf: () => Promise.resolve(2 ** 28) };

const [engine, other] = [await createCpuEngine(), await createCpuEngine()];
afterAll(() => {
  engine.destroy();
  other.destroy();
});

/** `engine` until `lose`: then no run succeeds on it any more. */
function losing(of: Engine, error = new EngineError('device-lost', 'gone')) {
  let isLost = false;
  let tell = () => {};
  const isTold = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const wrapped: Engine = new Proxy(of, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (name !== 'run' || !isLost) return value.bind(target);
      return () => {
        tell();
        return Promise.reject(error);
      };
    },
  });
  return {
    engine: wrapped,
    lose: () => {
      isLost = true;
    },
    isTold,
  };
}

function begin(running: Engine | null, keyValue = memoryKeyValue(), from = sources) {
  const results = createStore<ResultsState>(() => ({ ...firstResults, running }));
  const workspace = createWorkspaceStore({
    initial: { ...defaultWorkspace(), train: training },
    blobs: { putNow: () => '' },
    inputSize: () => [8, 8],
  });
  const desk = startTrainDesk({ workspace, results }, from, createRunBook(keyValue), means);
  return { desk, results, workspace };
}

/** Settles when the state is as wanted. */
function until({ results }: TrainDesk, isReached: (state: TrainResults) => boolean): Promise<TrainResults> {
  return new Promise((resolve) => {
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
const isDone = ({ runs, isPlaying }: TrainResults) =>
  !isPlaying && isReady({ runs } as TrainResults) && runs.every(({ state }) => state === 'done');
const stepsOf = ({ runs }: TrainResults) => runs.map(({ step }) => step).join();

/** Nothing interrupts it; made once. */
let known: Promise<TrainResults> | null = null;
function wholeRun(): Promise<TrainResults> {
  known ??= (async () => {
    const { desk } = begin(engine);
    await until(desk, isReady);
    desk.play();
    return until(desk, isDone);
  })();
  return known;
}

describe('the desk of training', () => {
  it('trains its runs, observes each before and after, and a new page finds what was kept', async () => {
    const keyValue = memoryKeyValue();
    const { desk } = begin(engine, keyValue);
    await until(desk, isReady);
    desk.play();
    const done = await until(desk, isDone);
    for (const { observations, results, steps } of done.runs) {
      expect(observations.map(({ step }) => step)).toEqual([0, 2]);
      expect(results).toHaveLength(steps);
      expect(observations[1]?.layers.map(({ layer }) => layer)).toEqual([
        ...['conv1a', 'conv1b', 'conv2a', 'conv2b', 'conv3a', 'conv3b'],
      ]);
      expect(observations[0]?.layers[0]?.update).toBeNull();
      expect(observations[1]?.layers[0]?.update).toBeGreaterThan(0);
    }
    const figure = figureOfRuns(done.runs);
    // A sixth of 48 channels; maps of 14 x 14.
    expect(figure).toMatchObject({ rowLayer: 'conv2b', images: 20, samples: 20 * 14 * 14 });
    expect(figure?.columns[1]?.trained[0]?.moment.whitened).toMatchObject({ rows: 8, columns: 8 });

    const again = begin(engine, keyValue).desk;
    const kept = await until(again, isReady);
    expect(kept.runs.map(({ results }) => results)).toEqual(done.runs.map(({ results }) => results));
    expect(kept.runs[0]?.observations).toEqual(done.runs[0]?.observations);
    // Where nothing has been opened on an engine yet, weights are those of the checkpoints.
    const networks = await networksOf(again);
    expect(networks).toEqual(await networksOf(desk));
    expect(networks.map(({ step, variant }) => [step, variant.groups])).toEqual([
      [2, 1],
      [2, 2],
    ]);
    expect(networks[0]?.parameters.conv1a?.weight).toHaveLength(6 * 1 * 25);
    again.reset();
    expect(stepsOf(await until(again, (state) => stepsOf(state) === '0,0'))).toBe('0,0');
  });

  it('takes one step of each, and goes on with the same bits, on another engine too', async () => {
    const expected = await wholeRun();
    const { desk, results } = begin(engine);
    await until(desk, isReady);
    desk.step();
    await until(desk, (state) => stepsOf(state) === '1,1' && state.active === null);
    results.setState({ running: other });
    desk.play();
    const done = await until(desk, isDone);
    expect(done.runs.map((run) => run.results)).toEqual(expected.runs.map((run) => run.results));
  });

  it('plays on when its device is lost, from what was kept, on the one that follows', async () => {
    const expected = await wholeRun();
    const lost = losing(engine);
    const { desk, results } = begin(lost.engine);
    await until(desk, isReady);
    desk.step();
    await until(desk, (state) => stepsOf(state) === '1,1' && state.active === null);
    lost.lose();
    desk.play();
    await lost.isTold;
    // Its successor comes some time later.
    await new Promise((resolve) => setTimeout(resolve, 0));
    results.setState({ running: other });
    const done = await until(desk, isDone);
    expect(done.problem).toBeNull();
    expect(done.runs.map((run) => run.results)).toEqual(expected.runs.map((run) => run.results));
  });

  it('says what failed, and stops, where the engine stays', async () => {
    const failing = losing(engine, new EngineError('out-of-memory', 'no room'));
    const { desk } = begin(failing.engine);
    await until(desk, isReady);
    failing.lose();
    desk.play();
    const stopped = await until(desk, ({ problem }) => problem !== null);
    expect(stopped).toMatchObject({ isPlaying: false, problem: { kind: 'engine', code: 'out-of-memory' } });
  });

  it('asks for other runs when the state does, and finds the former ones again', async () => {
    const { desk, workspace } = begin(engine);
    await until(desk, isReady);
    desk.step();
    await until(desk, (state) => stepsOf(state) === '1,1' && state.active === null);
    workspace.getState().setPart('train', null, (train) => ({ ...train, seed: 1 }));
    await until(desk, (state) => stepsOf(state) === '0,0');
    const former = await desk.keptRuns({ seed: training.seed });
    expect(former.map(({ step }) => step)).toEqual([1, 1]);
    workspace.getState().undo();
    expect(stepsOf(await until(desk, (state) => stepsOf(state) === '1,1'))).toBe('1,1');
  });

  it.each(['safetensors', 'npz'] as const)(
    'begins with exported weights (%s) where they fit, as good as they were',
    async (format) => {
      const { desk } = begin(engine);
      await until(desk, isReady);
      desk.play();
      const [, exported] = (await until(desk, isDone)).runs;
      const weights = exported && (await desk.weightsOf(exported.name));
      if (!exported || !weights) throw new Error('nothing trained');
      const { name, bytes } = await fileOf(weightsFile(exported, weights, format));

      const again = begin(engine, memoryKeyValue(), { ...sources, bytesOf: async () => bytes });
      await until(again.desk, isReady);
      const own = { hash: 'a'.repeat(64), name, use: 'weights' };
      again.workspace.getState().setPart('train', null, (train) => ({ ...train, start: 'file', files: [own] }));
      const { runs } = await until(again.desk, (state) => state.runs.some(({ problem }) => problem !== null));
      // Of one group, conv2a reads all of a sixth of 48 channels.
      expect(runs[0]).toMatchObject({
        state: 'stopped',
        problem: { code: 'weights-differ', id: 'conv2a.weight', expected: '[8, 8, 3, 3]', found: '[8, 4, 3, 3]' },
      });
      again.desk.step();
      const [, begun] = (await until(again.desk, (state) => stepsOf(state) === '0,1' && state.active === null)).runs;
      const [first, last] = [begun?.observations[0], exported.observations.at(-1)];
      expect(first).toMatchObject({ step: 0, accuracy: last?.accuracy, testLoss: last?.testLoss });
      expect(first?.filters).toEqual(last?.filters);
      expect(first?.testLoss).not.toBe(exported.observations[0]?.testLoss);
    },
  );

  it('has no runs, kept ones neither, while its data cannot be had', async () => {
    const { desk, workspace } = begin(engine);
    await until(desk, isReady);
    workspace.getState().setPart('train', null, (train) => ({ ...train, data: 'files' }));
    const { data, runs, problem } = await until(desk, (state) => state.problem !== null);
    expect([data, runs, problem?.code]).toEqual([null, [], 'dataset-none']);
    expect(await desk.keptRuns({})).toEqual([]);
  });

  it('says why a file of weights cannot be read, and begins none of the runs', async () => {
    const { desk, workspace } = begin(engine, memoryKeyValue(), { ...sources, bytesOf: async () => undefined });
    await until(desk, isReady);
    const own = { hash: 'b'.repeat(64), name: 'mine.npz', use: 'weights' };
    workspace.getState().setPart('train', null, (train) => ({ ...train, start: 'file', files: [own] }));
    const { runs, startProblem } = await until(desk, (state) => state.startProblem !== null);
    expect(startProblem).toMatchObject({ code: 'own-file-gone', values: { name: 'mine.npz' } });
    expect(runs).toEqual([]);
    workspace.getState().setPart('train', null, (train) => ({ ...train, files: [] }));
    await until(desk, (state) => state.startProblem?.code === 'weights-none');
    workspace.getState().setPart('train', null, (train) => ({ ...train, start: 'drawn' }));
    expect((await until(desk, isReady)).startProblem).toBeNull();
  });
});

const fileOf = async (file: File) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
