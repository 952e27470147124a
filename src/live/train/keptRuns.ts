/**
 * Runs that outlive the page: of each its checkpoint and what was measured, in the database under the run's key. Those of other states
 * make room: a person comes back to the newest.
 */
import { fieldsOf, listOf } from '../../store/fields.ts';
import type { KeyValue } from '../../store/keyValue.ts';
import { accuracyOf } from '../../training/data/accuracy.ts';
import { readCheckpoint, type StepResult } from '../../training/run/checkpoint.ts';
import type { Moment } from './groupFigure.ts';
import type { Measured } from './measureRun.ts';

export interface KeptRun {
  readonly checkpoint: Uint8Array;
  /** As the checkpoint has them. */
  readonly step: number;
  readonly results: readonly StepResult[];
  /** Untrained first. */
  readonly measured: readonly Measured[];
}

const prefix = 'training/';

/** Null where there is none, or none that can be read. Never rejects. */
export async function loadRun(keyValue: KeyValue, key: string): Promise<KeptRun | null> {
  const [value] = await keyValue.get([prefix + key]).catch(() => []);
  const { checkpoint, measured } = fieldsOf(value) ?? {};
  if (!(checkpoint instanceof Uint8Array)) return null;
  const read = listOf(measured).map(readMeasured);
  const whole = read.filter((each) => each !== null);
  if (whole.length < read.length) return null;
  try {
    const { step, results } = readCheckpoint(checkpoint);
    return { checkpoint, step, results, measured: whole };
  } catch {
    // Broken: the run begins anew.
    return null;
  }
}

/** Rejects where the database does. */
export async function saveRun(keyValue: KeyValue, key: string, run: KeptRun, kept: readonly string[]): Promise<void> {
  const { checkpoint, measured } = run;
  await keyValue.set([[prefix + key, { checkpoint, measured }]]);
  const names = new Set(kept.map((each) => prefix + each));
  for (const name of await keyValue.keys())
    if (name.startsWith(prefix) && !names.has(name)) await keyValue.removeIf(name, () => true, [name]);
}

export async function forgetRun(keyValue: KeyValue, key: string): Promise<void> {
  await keyValue.removeIf(prefix + key, () => true, [prefix + key]);
}

function readMeasured(value: unknown): Measured | null {
  const { step, test, moment } = fieldsOf(value) ?? {};
  const { loss, accuracy } = fieldsOf(test) ?? {};
  const { right, count } = fieldsOf(accuracy) ?? {};
  const matrices = fieldsOf(moment);
  const [whitened, pearson] = [readMatrix(matrices?.whitened), readMatrix(matrices?.pearson)];
  const areNumbers = [step, loss, right, count].every((each) => typeof each === 'number');
  if (!areNumbers || !whitened || !pearson) return null;
  const both: Moment = { whitened, pearson };
  return {
    step: Number(step),
    test: { loss: Number(loss), accuracy: accuracyOf(Number(right), Number(count)) },
    moment: both,
  };
}

function readMatrix(value: unknown): Moment['whitened'] | null {
  const { rows, columns, values } = fieldsOf(value) ?? {};
  const isMatrix =
    typeof rows === 'number' &&
    typeof columns === 'number' &&
    values instanceof Float64Array &&
    values.length === rows * columns;
  return isMatrix ? { rows, columns, values } : null;
}
