/** Runs in the browser's database, named by what they are functions of: a reload, an undo or a lost device goes on from there. */
import { fieldsOf, listOf } from '../../store/fields.ts';
import type { KeyValue } from '../../store/keyValue.ts';
import type { Observation } from './observe.ts';

export interface KeptRun {
  /** `training/run/checkpoint.ts`. */
  readonly checkpoint: Uint8Array;
  readonly observations: readonly Observation[];
  /** Spent in steps so far. */
  readonly milliseconds: number;
}

/** Runs beyond this many are forgotten, those kept longest ago first. */
const mostRuns = 40;
/** 3: an observation has the pair that it is of. */
const version = 3;
const order = 'order';

export interface RunBook {
  get(name: string): Promise<KeptRun | null>;
  put(name: string, run: KeptRun): Promise<void>;
  forget(name: string): Promise<void>;
}

/** Every promise may reject, as the database's do. */
export function createRunBook(keyValue: KeyValue): RunBook {
  const names = async () => {
    const [known] = await keyValue.get([order]);
    return listOf(known).filter((name) => typeof name === 'string');
  };
  return {
    async get(name) {
      const [kept] = await keyValue.get([name]);
      return readKept(kept);
    },
    async put(name, run) {
      const all = [...(await names()).filter((each) => each !== name), name];
      const [forgotten, kept] = [all.slice(0, -mostRuns), all.slice(-mostRuns)];
      await keyValue.set([
        [name, { version, ...run }],
        [order, kept],
      ]);
      for (const each of forgotten) await keyValue.removeIf(each, () => true, [each]);
    },
    async forget(name) {
      await keyValue.removeIf(name, () => true, [name]);
    },
  };
}

/** What this page has written; anything else, of another version too, is none. */
function readKept(value: unknown): KeptRun | null {
  const fields = fieldsOf(value);
  if (fields?.version !== version) return null;
  const { checkpoint, observations, milliseconds } = fields;
  if (!(checkpoint instanceof Uint8Array) || typeof milliseconds !== 'number' || !Array.isArray(observations))
    return null;
  return { checkpoint, observations: observations as readonly Observation[], milliseconds };
}
