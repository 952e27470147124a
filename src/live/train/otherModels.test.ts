/** The network of the Network screen on the desk of training, on the CPU engine. */
import { afterAll, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import { defaultWorkspace } from '../../store/defaultWorkspace.ts';
import { memoryKeyValue } from '../../store/keyValue.ts';
import { defaultNetwork } from '../../store/network.ts';
import { writeGraph } from '../../store/networkRecord/graphRecord.ts';
import { defaultTrain } from '../../store/train.ts';
import { createWorkspaceStore } from '../../store/workspaceStore.ts';
import { smallNetwork } from '../../training/testing/smallNetworks.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { createRunBook } from './keptRuns.ts';
import { figureOfRuns } from './runsFigure.ts';
import { startTrainDesk, type TrainResults } from './trainDesk.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

const nothing = () => Promise.reject(new Error('not asked for'));
const means = {
  scaleOf: () => ({ pace: 'software', width: 1, trainImages: 20, testImages: 10, measuredImages: 10 }) as const,
  budgetOf: () => Promise.resolve(2 ** 28),
};

function begin(layers: string) {
  const train = { ...defaultTrain, data: 'shapes', network: 'network', groups: [1, 2], batchSize: 20, epochs: 1 };
  const workspace = createWorkspaceStore({
    initial: { ...defaultWorkspace(), train, network: { ...defaultNetwork, layers } },
    blobs: { putNow: () => '' },
    inputSize: () => [8, 8],
  });
  const results = createStore<ResultsState>(() => ({ ...firstResults, running: engine }));
  const sources = { fetchFile: nothing, openSample: nothing, bytesOf: nothing };
  const desk = startTrainDesk({ workspace, results }, sources, createRunBook(memoryKeyValue()), means);
  const until = (isReached: (state: TrainResults) => boolean): Promise<TrainResults> =>
    new Promise((resolve) => {
      const look = (now: TrainResults) => {
        if (!isReached(now)) return;
        unsubscribe();
        resolve(now);
      };
      const unsubscribe = desk.results.subscribe(look);
      look(desk.results.getState());
    });
  return { desk, workspace, until };
}

it('trains the network with each number of groups, and holds any two adjacent layers of it against each other', async () => {
  const { desk, workspace, until } = begin(JSON.stringify(writeGraph(smallNetwork('residual'), null)));
  await until(({ runs }) => runs.length === 2);
  desk.step();
  const done = await until(({ runs }) => runs.every(({ state }) => state === 'done'));
  const [first, grouped] = done.runs;
  expect(grouped?.price.parameters).toBeLessThan(first?.price.parameters ?? 0);
  const [untrained, trained] = first?.observations ?? [];
  expect(trained?.layers.map(({ layer, silent }) => [layer, silent !== null])).toEqual([
    ['stem', true],
    ['block.conv1', true],
    // What follows is a norm, then the sum.
    ['block.conv2', false],
    ['fc', false],
  ]);
  expect(untrained?.filters).toHaveLength(8 * 1 * 9);
  expect(figureOfRuns(done.runs)).toMatchObject({ rowLayer: 'block.conv1', columnLayer: 'block.conv2', images: 10 });

  // Another pair is observed of the untrained network and of the trained one, without training anew.
  workspace.getState().setView({ train: { pair: 'block.conv1' } });
  const isOther = ({ runs }: TrainResults) => figureOfRuns(runs)?.columns.length === 2 && isStem(runs);
  const isStem = (runs: TrainResults['runs']) =>
    runs.every(({ observations }) => observations[0]?.pair?.pair.rows.layer === 'stem');
  const other = await until(isOther);
  expect(other.runs.map(({ step }) => step)).toEqual([1, 1]);
  const column = figureOfRuns(other.runs)?.columns[0];
  expect(column?.trained).toHaveLength(1);
  expect(column?.trained[0]?.moment).not.toEqual(column?.untrained);
});

it('says why it does not train a network without a classifier, and trains the next one', async () => {
  const { desk, workspace, until } = begin('stack');
  expect((await until(({ data }) => data !== null)).refusal).toMatchObject({ code: 'no-head' });
  expect(desk.results.getState().runs).toEqual([]);
  workspace.getState().setNetwork(null, (network) => ({ ...network, layers: 'squeezenet1_1' }));
  expect((await until(({ runs }) => runs.length > 0)).refusal).toBeNull();
});
