/**
 * The trust check: every value of a node's maps (batch 0), as the running engine gives it, against the same network in float64.
 * The engine's values are read slice by slice and compared in workers, so nothing large is held twice and the page stays quick.
 */

import * as Comlink from 'comlink';
import { learnedValues } from '../graph/weights/drawnParameters.ts';
import { loadRules } from '../operators/loadRules.ts';
import { exactnessBound } from './bounds.ts';
import { type CheckJob, createSliceChecker, type MapSlice, type SliceReport, slicesOf } from './checkSlice.ts';
import type { CheckService } from './checkWorker.ts';
import type { Engine, Tensor } from './engine.ts';

/** The outcome of recomputing every map in float64. */
export interface CheckReport {
  readonly values: number;
  readonly maxAbsolute: number;
  /** Largest |error| / (1 + sum of |terms|), the scale of the exactness bound 1e-5. */
  readonly maxRelative: number;
  /** Where the largest absolute error is. */
  readonly at: { readonly channel: number; readonly y: number; readonly x: number };
  readonly passed: boolean;
}

export interface CheckRequest extends CheckJob {
  /** The maps of `node` as the engine computed them from the same inputs and parameters. */
  readonly output: Tensor;
}

interface Checker {
  prepare(job: CheckJob): Promise<void>;
  check(slice: MapSlice, actual: Float32Array): Promise<SliceReport>;
  stop(): void;
}

const mostWorkers = 4;
/** Inputs and weights of more values than this are not had in several workers. */
const sharedInput = 1 << 24;

/**
 * Compares all maps. `onProgress` hears the share done, 0..1. An aborted check rejects with the signal's reason; a failing engine
 * rejects with its EngineError.
 */
export async function checkAgainstFloat64(
  engine: Engine,
  request: CheckRequest,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<CheckReport> {
  signal.throwIfAborted();
  const { output, ...job } = request;
  const [, channels, height, width] = output.shape;
  const slices = [...slicesOf(output.shape, macsPerValue(job))];
  const checkers = startCheckers(job, slices.length);
  const reports: SliceReport[] = [];
  let next = 0;

  async function work(checker: Checker): Promise<void> {
    await checker.prepare(job);
    for (let slice = slices[next++]; slice; slice = slices[next++]) {
      signal.throwIfAborted();
      const { channel, channels: count, row, rows } = slice;
      const actual = await engine.read(output, { channel, channels: count, y: row, height: rows, x: 0, width });
      reports.push(await checker.check(slice, actual));
      onProgress(reports.length / slices.length);
    }
  }

  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
  });
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([Promise.all(checkers.map(work)), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    next = slices.length;
    for (const checker of checkers) checker.stop();
  }
  return merged(reports, channels * height * width);
}

function merged(reports: readonly SliceReport[], values: number): CheckReport {
  const worst = reports.reduce((a, b) => (b.maxAbsolute > a.maxAbsolute ? b : a));
  const maxRelative = Math.max(...reports.map((report) => report.maxRelative));
  return { values, maxAbsolute: worst.maxAbsolute, maxRelative, at: worst.at, passed: maxRelative <= exactnessBound };
}

function macsPerValue({ graph }: CheckJob): number {
  const macs = graph.nodes.map(({ operator }) =>
    operator.kind === 'conv2d'
      ? (operator.inChannels / operator.groups) * operator.kernelSize[0] * operator.kernelSize[1]
      : 1,
  );
  return Math.max(...macs);
}

function startCheckers(job: CheckJob, slices: number): Checker[] {
  if (typeof Worker === 'undefined') return [checkerHere()];
  const weights = job.graph.nodes.reduce((sum, { operator }) => sum + learnedValues(operator), 0);
  const size = Object.values(job.inputs).reduce((sum, { values }) => sum + values.length, weights);
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const count = size > sharedInput ? 1 : Math.max(1, Math.min(mostWorkers, cores, slices));
  return Array.from({ length: count }, checkerInWorker);
}

/** Where there are no workers (Node). */
function checkerHere(): Checker {
  let check: ReturnType<typeof createSliceChecker> | null = null;
  return {
    prepare: async (job) => {
      await loadRules(job.graph.nodes);
      check = createSliceChecker(job);
    },
    check: async (slice, actual) => {
      if (!check) throw new Error('the check was not prepared');
      return check(slice, actual);
    },
    stop: () => undefined,
  };
}

function checkerInWorker(): Checker {
  const worker = new Worker(new URL('./checkWorker.ts', import.meta.url), { type: 'module' });
  const service = Comlink.wrap<CheckService>(worker);
  const crashed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message || 'The checking worker has stopped.')));
  });
  crashed.catch(() => undefined);
  return {
    prepare: (job) => Promise.race([service.prepare(job), crashed]),
    check: (slice, actual) =>
      Promise.race([service.check(slice, Comlink.transfer(actual, [actual.buffer as ArrayBuffer])), crashed]),
    stop: () => worker.terminate(),
  };
}
