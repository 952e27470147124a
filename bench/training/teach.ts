/** The run that a person begins with, as Train has it, until it tells Fashion-MNIST's test images apart well enough, or is over. */
import type { Engine } from '../../src/engine/engine.ts';
import { loadTrainingSets } from '../../src/live/train/trainingSets.ts';
import { configurationOf, priceOf, scales } from '../../src/live/train/variants.ts';
import { defaultNetwork } from '../../src/store/network.ts';
import { defaultTrain } from '../../src/store/train.ts';
import { evaluate } from '../../src/training/run/evaluate.ts';
import { type Progress, TrainingRun } from '../../src/training/run/trainingRun.ts';

export interface TaughtRow {
  readonly step: number;
  /** Of training alone, from the first step's upload to the last loss read. */
  readonly seconds: number;
  readonly loss: number;
  /** On the test images, and its standard error. */
  readonly accuracy: number;
  readonly error: number;
}

export interface Taught {
  readonly device: string;
  readonly batch: number;
  /** Of the network, and multiply-adds of a step: three times those of the forward pass. */
  readonly parameters: number;
  readonly macsOfStep: number;
  /** After each epoch. */
  readonly rows: readonly TaughtRow[];
  readonly hasReached: boolean;
}

const nothing = () => Promise.reject(new Error('Fashion-MNIST needs no other files'));

export async function teach(
  engine: Engine,
  { target, limit }: { readonly target: number; readonly limit: number },
  tell: (line: string) => Promise<void>,
): Promise<Taught> {
  const fetchFile = async (path: string) => {
    const response = await fetch(`/${path}`);
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const sets = await loadTrainingSets(defaultTrain, { fetchFile, openSample: nothing, bytesOf: nothing });
  if (!sets.ok) throw new Error(sets.error.code);
  const variant = { groups: 1, width: 1 } as const;
  const asked = configurationOf({ state: defaultTrain, network: defaultNetwork }, variant, scales.webgpu, sets.value);
  if (!asked.ok) throw new Error(asked.error.code);
  const configuration = asked.value;
  const { trainee, batch, data } = configuration;
  const { parameters, macs } = priceOf(trainee.graph, data);
  const run = await TrainingRun.start(engine, configuration);
  const perEpoch = data.labels.length / batch;
  const rows: TaughtRow[] = [];
  const never = new AbortController().signal;
  let milliseconds = 0;
  while (run.progress.state === 'running' && milliseconds < 1000 * limit) {
    const begun = performance.now();
    const until = Math.min(run.steps, Math.ceil((rows.length + 1) * perEpoch));
    const progress = await advanceTo(run, until);
    milliseconds += performance.now() - begun;
    if (progress.state === 'stopped') throw new Error(`step ${run.step}: ${progress.problem.code}`);
    const given = { trainee, weights: await run.weights(), data: sets.value.test, range: run.range };
    const { accuracy } = await evaluate(engine, given, never);
    const row: TaughtRow = {
      step: run.step,
      seconds: milliseconds / 1000,
      loss: run.results.at(-1)?.loss ?? Number.NaN,
      accuracy: accuracy.share,
      error: accuracy.standardError,
    };
    rows.push(row);
    await tell(lineOf(row));
    if (row.accuracy >= target) break;
  }
  run.free();
  const hasReached = (rows.at(-1)?.accuracy ?? 0) >= target;
  return { device: engine.description.device, batch, parameters, macsOfStep: 3 * macs * batch, rows, hasReached };
}

/** Settles when all losses are known. */
async function advanceTo(run: TrainingRun, step: number): Promise<Progress> {
  while (run.progress.state === 'running' && run.step < step) await run.advance();
  await run.settled();
  return run.progress;
}

function lineOf({ step, seconds, loss, accuracy, error }: TaughtRow): string {
  const percent = (share: number) => (100 * share).toFixed(1);
  const numbers = [`${step}`, seconds.toFixed(1), loss.toFixed(3), `${percent(accuracy)} ± ${percent(error)} %`];
  return numbers.map((text, i) => text.padStart([6, 10, 9, 16][i]!)).join('');
}
