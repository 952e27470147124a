/**
 * Weights on their way to another thread. They are sent once for each parameters object and then named by a key, since a run of a
 * moved slider changes few of them and copying them may take longer than computing with them. The sender decides what the receiver keeps.
 */
import type { NodeParameters } from '../../graph/graph.ts';

export interface PostedParameters<V extends NodeParameters> {
  readonly key: number;
  /** Null where the receiver has them. */
  readonly values: V | null;
}

export interface ParameterSender<V extends NodeParameters> {
  post(values: V): PostedParameters<V>;
  /** What the receiver must drop behind the message that is being written; each key is told once. */
  forgotten(): readonly number[];
  /** After a message that may not have arrived: everything is sent again. */
  startAgain(): void;
}

export interface ParameterReceiver<V extends NodeParameters> {
  take(posted: PostedParameters<V>): V;
  forget(keys: readonly number[]): void;
}

/** Bytes that a receiver keeps, and of how many parameters objects: a dragged slider makes small ones without end. */
const keptLimit = 64 * 2 ** 20;
const mostKept = 64;

/** A recipe takes next to nothing. */
function bytesOf(parameters: NodeParameters): number {
  if ('kind' in parameters) return 0;
  const { weight, bias, runningMean, runningVar } = parameters;
  return [weight, bias, runningMean, runningVar].reduce((sum, values) => sum + (values?.byteLength ?? 0), 0);
}

export function createParameterSender<V extends NodeParameters>(limit = keptLimit): ParameterSender<V> {
  /** By their last use. */
  const kept = new Map<V, number>();
  let bytes = 0;
  let lastKey = 0;
  let dropped: number[] = [];

  return {
    post(values) {
      const known = kept.get(values);
      if (known !== undefined) {
        kept.delete(values);
        kept.set(values, known);
        return { key: known, values: null };
      }
      lastKey += 1;
      kept.set(values, lastKey);
      bytes += bytesOf(values);
      return { key: lastKey, values };
    },
    forgotten() {
      // Those of the message itself stand last and are the last to go.
      for (const [values, key] of kept) {
        if (bytes <= limit && kept.size <= mostKept) break;
        kept.delete(values);
        bytes -= bytesOf(values);
        dropped.push(key);
      }
      const keys = dropped;
      dropped = [];
      return keys;
    },
    startAgain() {
      dropped.push(...kept.values());
      kept.clear();
      bytes = 0;
    },
  };
}

export function createParameterReceiver<V extends NodeParameters>(): ParameterReceiver<V> {
  const kept = new Map<number, V>();
  return {
    take({ key, values }) {
      const found = values ?? kept.get(key);
      if (!found) throw new Error(`the weights ${key} have not arrived`);
      kept.set(key, found);
      return found;
    },
    forget(keys) {
      for (const key of keys) kept.delete(key);
    },
  };
}
