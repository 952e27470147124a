/** Steps of training of ours against TensorFlow.js: from the same weights on the same batches, losses compared, then timed in turn. */
import type { Engine } from '../../src/engine/engine.ts';
import { type Rounds, type Timed, timeTogether } from '../timing/rounds.ts';
import { trainOurs } from './ours.ts';
import { type TrainingTf, trainTfjs } from './tfjs.ts';
import { configurationOf, trainingWorkloads } from './trainee.ts';
import type { Trainer } from './trainer.ts';

export interface TrainingRow {
  readonly name: string;
  /** Steps per second; null where its losses are others than ours, or it does not run. */
  readonly ours: number;
  readonly tfjs: number | null;
  /** ours / tfjs. */
  readonly ratio: number | null;
  /** Of the first steps. */
  readonly losses: { readonly ours: readonly number[]; readonly tfjs: readonly number[] };
  /** Why TensorFlow.js has no time; null where it has. */
  readonly failure: string | null;
}

const comparedSteps = 5;
/** Of the first loss, and of those that follow: rounding grows from step to step. */
const tolerances = { first: 1e-4, later: 1e-3 } as const;

export async function compareTraining(
  engine: Engine,
  tf: TrainingTf,
  { batch, rounds }: { readonly batch: number; readonly rounds: Rounds },
  tell: (line: string) => Promise<void>,
  timed?: Timed,
): Promise<TrainingRow[]> {
  const rows: TrainingRow[] = [];
  for (const workload of trainingWorkloads) {
    const configuration = configurationOf(workload, batch);
    const { trainer: ours, weights } = await trainOurs(engine, configuration);
    const tfjs = trainTfjs(tf, configuration, weights);
    try {
      await ours.run(comparedSteps);
      const failure = await failureOf(ours, tfjs);
      const losses = { ours: ours.losses.slice(0, comparedSteps), tfjs: tfjs.losses.slice(0, comparedSteps) };
      const contenders = new Map<'ours' | 'tfjs', Trainer>([['ours', ours]]);
      if (failure === null) contenders.set('tfjs', tfjs);
      const ms = await timeTogether(contenders, rounds, timed);
      const [own, theirs] = [ms.get('ours')!, ms.get('tfjs') ?? null];
      const row: TrainingRow = {
        name: workload.name,
        ours: 1000 / own,
        tfjs: theirs && 1000 / theirs,
        ratio: theirs && theirs / own,
        losses,
        failure,
      };
      rows.push(row);
      await tell(lineOf(row));
    } finally {
      ours.dispose();
      tfjs.dispose();
    }
  }
  return rows;
}

/** Runs the first steps of the peer. */
async function failureOf(ours: Trainer, peer: Trainer): Promise<string | null> {
  try {
    await peer.run(comparedSteps);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  for (let step = 0; step < comparedSteps; step++) {
    const [own, other] = [ours.losses[step]!, peer.losses[step]!];
    const bound = step === 0 ? tolerances.first : tolerances.later;
    if (!(Math.abs(other / own - 1) <= bound))
      return `its loss of step ${step + 1} is ${other.toPrecision(6)}, ours ${own.toPrecision(6)}`;
  }
  return null;
}

const number = (value: number | null) => (value === null ? '-' : value.toPrecision(3)).padStart(9);

function lineOf({ name, ours, tfjs, ratio, failure }: TrainingRow): string {
  const line = `${name.padEnd(20)}${number(ours)}${number(tfjs)}${number(ratio)}`;
  return failure === null ? line : `${line}   TensorFlow.js: ${failure}`;
}
