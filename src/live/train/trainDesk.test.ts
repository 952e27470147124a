/** Several runs on the CPU engine, in turn. */
import { afterAll, describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import type { Engine } from '../../engine/engine.ts';
import { memoryKeyValue } from '../../store/keyValue.ts';
import { defaultTrain, type TrainState } from '../../store/train.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import { firstResults, type ResultsState } from '../results.ts';
import { figureOfRuns } from './runsFigure.ts';
import { startTrainDesk, type TrainDesk, type TrainDeskState } from './trainDesk.ts';

const sets = { train: drawShapes(60, 16, 1), test: drawShapes(20, 16, 2) };
/** Three steps for each of two widths. */
const training: TrainState = { ...defaultTrain, compare: 'widths', widths: [0.25, 0.5], batchSize: 20, epochs: 1 };

const [engine, other] = [await createCpuEngine(), await createCpuEngine()];
afterAll(() => {
  engine.destroy();
  other.destroy();
});

const resultsWith = (running: Engine | null) => createStore<ResultsState>(() => ({ ...firstResults, running }));

/** Settles when the state is as wanted. */
function until({ state }: TrainDesk, isReached: (state: TrainDeskState) => boolean): Promise<TrainDeskState> {
  return new Promise((resolve) => {
    const look = (now: TrainDeskState) => {
      if (!isReached(now)) return;
      unsubscribe();
      resolve(now);
    };
    const unsubscribe = state.subscribe(look);
    look(state.getState());
  });
}

const isDone = ({ status }: TrainDeskState) => status === 'done';
const stepsOf = ({ runs }: TrainDeskState) => runs.map(({ step }) => step);

describe('the desk of training', () => {
  it('takes steps of its runs in turn, measures each before and after, and a new page finds what was kept', async () => {
    const keyValue = memoryKeyValue();
    const options = { results: resultsWith(engine), keyValue, training, sets };
    const desk = startTrainDesk(options);
    const seen = new Set<string>();
    desk.state.subscribe((state) => seen.add(stepsOf(state).join()));
    desk.start();
    const done = await until(desk, isDone);
    expect([...seen]).toEqual(expect.arrayContaining(['1,0', '1,1', '2,1', '2,2', '3,2', '3,3']));
    for (const { measured, results, progress } of done.runs) {
      expect(measured.map(({ step }) => step)).toEqual([0, 3]);
      expect(results).toHaveLength(3);
      expect(progress.state).toBe('done');
    }
    const figure = figureOfRuns(done.runs, 20);
    expect(figure).toMatchObject({ rowLayer: 'conv2b', images: 60, samples: 60 * 8 * 8 });
    expect(figure?.columns[1]?.trained[0]?.moment.whitened).toMatchObject({ rows: 24, columns: 24 });
    desk.dispose();
    await expect.poll(() => engine.counters.liveTensors).toBe(0);

    const again = startTrainDesk(options);
    const kept = await until(again, (state) => stepsOf(state).join() === '3,3');
    expect(kept.runs.map(({ results }) => results)).toEqual(done.runs.map(({ results }) => results));
    expect(kept.runs[0]?.measured).toEqual(done.runs[0]?.measured);
    again.reset();
    expect(stepsOf(again.state.getState())).toEqual([0, 0]);
    await expect.poll(() => keyValue.keys()).toEqual([]);
    again.dispose();
  });

  it('takes one step of each, pauses, and goes on with the same bits', async () => {
    const whole = startTrainDesk({ results: resultsWith(engine), keyValue: memoryKeyValue(), training, sets });
    whole.start();
    const expected = await until(whole, isDone);
    const desk = startTrainDesk({ results: resultsWith(engine), keyValue: memoryKeyValue(), training, sets });
    desk.step();
    await until(desk, (state) => state.status === 'paused' && stepsOf(state).join() === '1,1');
    desk.start();
    const done = await until(desk, isDone);
    expect(done.runs.map(({ results }) => results)).toEqual(expected.runs.map(({ results }) => results));
    for (const each of [whole, desk]) each.dispose();
  });

  it('waits for an engine, and goes on with another one from what was kept', async () => {
    const results = resultsWith(null);
    const desk = startTrainDesk({ results, keyValue: memoryKeyValue(), training, sets });
    desk.start();
    await until(desk, ({ status }) => status === 'waiting');
    results.setState({ running: engine });
    await until(desk, (state) => stepsOf(state).join() === '2,1');
    results.setState({ running: other });
    const done = await until(desk, isDone);
    expect(stepsOf(done)).toEqual([3, 3]);
    for (const { measured } of done.runs) expect(measured.map(({ step }) => step)).toEqual([0, 3]);
    desk.dispose();
    await expect.poll(() => other.counters.liveTensors).toBe(0);
  });
});
