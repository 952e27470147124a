/**
 * What the page's thread and the worker say to each other. Tensors are named by numbers that the page's side gives out, so a run
 * can be asked for, painted and freed without waiting for an answer: messages keep their order. Errors travel as values, since an
 * EngineError does not survive structured cloning.
 */
import type { Graph, NodeId, NodeParameters } from '../../graph/graph.ts';
import type { Shape } from '../../operators/operator.ts';
import type { ChannelProducts, Sampling } from '../channelProducts.ts';
import {
  type ChannelStatistics,
  type DisplayRange,
  EngineError,
  type EngineErrorCode,
  type Rect,
  type Region,
  type RunStep,
  type Timing,
} from '../engine.ts';
import type { PostedParameters } from './parameterPost.ts';
import type { MapFacts } from './statistics.ts';

export type TensorId = number;
export type RunId = number;

export interface ServiceRun {
  readonly graph: Graph;
  readonly parameters: Readonly<Record<NodeId, PostedParameters<NodeParameters>>>;
  /** Weights that are not named again unless they are sent again. */
  readonly forget: readonly number[];
  readonly inputs: Readonly<Record<NodeId, TensorId>>;
  readonly outputs: Readonly<Record<NodeId, TensorId>>;
}

export interface ServiceTile {
  readonly tensor: TensorId;
  readonly channel: number;
  readonly target: Rect;
  readonly source: Rect;
  readonly range: DisplayRange;
  readonly reveal: number | null;
}

export interface PaintRequest {
  readonly width: number;
  readonly height: number;
  readonly background: readonly [r: number, g: number, b: number];
  readonly colours: Uint8Array;
  readonly tiles: readonly ServiceTile[];
  /** Take what is at hand (previews of maps too large to keep) instead of computing the finest. */
  readonly isDraft: boolean;
  /** Pixels of an earlier picture, to be drawn over. */
  readonly reuse: ArrayBuffer | null;
}

export interface Painted {
  readonly pixels: ArrayBuffer;
  /** False when a draft had to show previews where more could be seen. */
  readonly isFinal: boolean;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: EngineErrorCode;
      readonly message: string;
      readonly values: Readonly<Record<string, number | string>>;
    };

export interface ServiceCounters {
  readonly bytesAllocated: number;
  readonly allocations: number;
  readonly dispatches: number;
}

/** What the worker does; every answer carries the counters' present state. */
export interface CpuService {
  upload(tensor: TensorId, values: Float32Array, shape: Shape): Promise<Outcome<ServiceCounters>>;
  /** Loads what the graph needs beyond Explore's operators; before a run of it. */
  prepare(graph: Graph): Promise<Outcome<null>>;
  /** Plans the run and reserves its memory; `finished` answers when it is computed. */
  run(run: RunId, request: ServiceRun): Promise<Outcome<readonly RunStep[]>>;
  finished(run: RunId): Promise<Outcome<ServiceCounters>>;
  statistics(tensor: TensorId): Promise<Outcome<readonly MapFacts[]>>;
  channelStatistics(tensor: TensorId): Promise<Outcome<readonly ChannelStatistics[]>>;
  channelProducts(a: TensorId, b: TensorId, sampling: Sampling): Promise<Outcome<ChannelProducts>>;
  histogram(tensor: TensorId, channel: number, bins: number, lo: number, hi: number): Promise<Outcome<Uint32Array>>;
  read(tensor: TensorId, region: Region): Promise<Outcome<Float32Array>>;
  time(request: Omit<ServiceRun, 'outputs'> & { readonly wanted: readonly NodeId[] }): Promise<Outcome<Timing>>;
  paint(request: PaintRequest): Promise<Outcome<Painted>>;
  /** Frees a tensor. A run whose tensors are all freed is given up. */
  free(tensor: TensorId): Promise<void>;
}

/** Runs `work`, turning what it throws into a value. A failed allocation is a RangeError in every browser. */
export async function attempt<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    if (thrown instanceof EngineError)
      return { ok: false, code: thrown.code, message: thrown.message, values: thrown.values };
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const isMemory = thrown instanceof RangeError && /alloc|length|size/i.test(message);
    return { ok: false, code: isMemory ? 'out-of-memory' : 'internal', message, values: {} };
  }
}

export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new EngineError(outcome.code, outcome.message, outcome.values);
}
