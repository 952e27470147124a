/**
 * The engine: runs a graph and draws its maps, and hides the device that does it. Two implementations fill this interface,
 * `webgpu/` and `cpu/`; they give the same answers. It knows nothing of React, of files or of the page, and runs in a page, a
 * worker and Node.
 */
import type { Graph, NodeId, RunParameters } from '../graph/graph.ts';
import type { Shape } from '../operators/operator.ts';
import type { ChannelProducts, Sampling } from './channelProducts.ts';

export type EngineKind = 'webgpu' | 'cpu';
export type EngineChoice = EngineKind | 'auto';

/**
 * Float32 feature maps [N, C, H, W] that the engine owns. The holder frees it; freeing twice is harmless. Where the maps are too
 * large to keep, the engine holds what is needed to compute any part again: callers see no difference.
 */
export interface Tensor {
  readonly shape: Shape;
  readonly isFreed: boolean;
  free(): void;
}

/**
 * `exact`: every value within 1e-5 (1 + sum of |terms|) of the float64 reference. `fast`: convolutions of many channels in f16 where
 * the device has it, within 2e-3 on the same scale; to be looked at, never to be checked or taken home.
 */
export type Precision = 'exact' | 'fast';

export interface RunRequest {
  readonly graph: Graph;
  /** One tensor for every `input` node. */
  readonly inputs: Readonly<Record<NodeId, Tensor>>;
  /**
   * Drawn ones (`graph/weights/drawnParameters.ts`) are made where they are used: the same bits on every engine. Held ones are read from
   * `inputs` and brought into each program's order there, anew with every run; maps that are too large to keep cannot have them.
   */
  readonly parameters: RunParameters;
  /** The nodes whose maps are wanted; nothing else is kept. */
  readonly outputs: readonly NodeId[];
  /** Of these, those whose statistics will be asked for: a program may leave them as it stores the maps. */
  readonly statistics?: readonly NodeId[];
  /** Absent: exact. Where the engine has no faster arithmetic (`canBeFast`) every run is. */
  readonly precision?: Precision;
}

/** What a run did for one operator, and for those that were computed as it stored its values. */
export interface RunStep {
  /** The operator that gives the step its programs. */
  readonly node: NodeId;
  /** The nodes behind it that its programs computed too (activation, batch norm, ...), in order. */
  readonly fused: readonly NodeId[];
  /** Labels, as a person may read them; none where the maps are those of the input under another name. */
  readonly programs: readonly string[];
}

export interface RunResult {
  /** The maps of each wanted node; the caller owns them. */
  readonly tensors: Readonly<Record<NodeId, Tensor>>;
  /** The programs that ran, in order, as a person may read them ("window k3 s1 P4C8"). */
  readonly programs: readonly string[];
  /** The same by operator, in the order in which they ran. */
  readonly steps: readonly RunStep[];
  /** Settles when the device has finished; maps may be painted and read before (work is ordered). Rejects with EngineError. */
  readonly completed: Promise<void>;
}

/** Statistics of one map (batch 0). `energy` is the mean of squares; `sparsity` the share of exact zeros. */
export interface MapStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly energy: number;
  readonly sparsity: number;
  /** The 1st and 99th percentile, to 1/256 of max - min. */
  readonly p1: number;
  readonly p99: number;
}

/**
 * Mean and variance of one map (batch 0), the latter over all its values (not one less), as batch norm takes it in training. Within 1e-5
 * of itself, however large the mean is beside it: `energy` less the square of `mean` has no digits left there.
 */
export interface MapMoments {
  readonly mean: number;
  readonly variance: number;
}

/** One channel over all images and pixels of a batch; `variance` as in `MapMoments`, `zeros` counts exact zeros. */
export interface ChannelStatistics extends MapMoments {
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
}

/** A box of a tensor: channels c..c+channels-1, rows y..y+height-1, columns x..x+width-1, of batch 0. Must lie inside. */
export interface Region {
  readonly channel: number;
  readonly channels: number;
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

export interface Timing {
  /** Time of one run, in milliseconds; never 0. */
  readonly ms: number;
  readonly method: 'timestamp-query' | 'wall';
  /** How many runs the time is an average of. */
  readonly runs: number;
}

/** What a device can do at most, as it was measured on it. */
export interface Peak {
  /** Billions of floating-point operations per second; a fused multiply-add is two. */
  readonly gflops: number;
  /** Billions of bytes per second of a copy; what is read and what is written both count. */
  readonly gigabytesPerSecond: number;
  readonly method: Timing['method'];
}

/** What an engine tells of its device and its programs to those who look at the engine itself. */
export interface Instruments {
  /** The device's limits by WebGPU's names; sizes of subgroups where the browser tells them. */
  readonly limits: Readonly<Record<string, number>>;
  /** Bytes that maps, weights and results take now, that lie ready beside them, and that the engine may take at most. */
  memory(): { readonly inUse: number; readonly idle: number; readonly budget: number };
  /** Milliseconds until a program, by its label, was compiled; null where it has not been. */
  compileMs(label: string): number | null;
  peak(): Promise<Peak>;
}

export type EngineErrorCode = 'device-lost' | 'out-of-memory' | 'shader-failed' | 'too-large' | 'internal';

export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly values: Readonly<Record<string, number | string>> = {},
  ) {
    super(message);
  }
}

/** Which values stand at the two ends of the colour map. */
export type DisplayRange =
  | {
      readonly mode: 'per-map' | 'per-layer';
      /** Use the 1st and 99th percentile instead of the extremes. */
      readonly percentiles: boolean;
      /** Widen to [-m, m], so that 0 stands in the middle of a diverging colour map. */
      readonly symmetric: boolean;
    }
  | { readonly mode: 'fixed'; readonly lo: number; readonly hi: number };

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One map drawn in one rectangle of a canvas. */
export interface Tile {
  readonly tensor: Tensor;
  readonly channel: number;
  /** Where on the canvas, in device pixels. */
  readonly target: Rect;
  /** Which part of the map fills the target, in map pixels (fractions allowed); what lies outside the map stays the background. */
  readonly source: Rect;
  readonly range: DisplayRange;
  /** Draw only the first `reveal` values in reading order (the sliding window fills the map); absent: all. */
  readonly reveal?: number;
}

/** All that stands on one canvas: later tiles cover earlier ones. */
export interface Scene {
  /** Background, 0..255 each. */
  readonly background: readonly [r: number, g: number, b: number];
  /** 256 RGBA entries; the range's low end is entry 0, its high end entry 255, rounded to the nearest entry. */
  readonly colours: Uint8Array;
  readonly tiles: readonly Tile[];
}

/** Whether a tensor of the scene is there no more. */
export function hasFreed({ tiles }: Scene): boolean {
  return tiles.some(({ tensor }) => tensor.isFreed);
}

/**
 * A canvas that the engine draws on. Each canvas pixel shows the map value under its centre; where one canvas pixel covers
 * several map pixels (minification), the mean of those whose centres it covers.
 */
export interface Surface {
  /**
   * Draws the scene at the canvas's present width and height. A later call replaces an earlier one that has not been drawn. A scene
   * with a freed tensor is not drawn, the last picture stays: whoever freed it is about to show its successor.
   */
  paint(scene: Scene): void;
  destroy(): void;
}

/** One way of computing an operator, measured on this device. */
export interface AlgorithmResult {
  /** As a person reads it: "dense P4C16". */
  readonly label: string;
  /** Milliseconds of one run; null where it did not run. */
  readonly ms: number | null;
  /** Largest |error| / (1 + sum of |terms|) against float64 on a sample of rows; null where there is nothing to hold it against. */
  readonly error: number | null;
  /** Which runs compute by it. */
  readonly precision: Precision;
  /** Within the exactness bound, and equal to the default to what two right results differ by; no fast one is. */
  readonly isExact: boolean;
  /** A second run gave the same bits. */
  readonly isRepeatable: boolean;
  readonly isInUse: boolean;
  /** Why it did not run; null when it did. */
  readonly failure: string | null;
}

/** What tuning has found: the label of the fastest right algorithm for each problem. */
export type TuningTable = Readonly<Record<string, string>>;

/** Corrects the choice of programs by measuring them on this device. Where there is nothing to choose, it finds nothing. */
export interface Tuner {
  readonly table: TuningTable;
  /** Takes back what was found on this device before; what is known already stays. */
  restore(table: TuningTable): void;
  /** Every way of computing a node of the graph, the default first; empty where there is but one. Rejects with the signal's reason. */
  compare(request: RunRequest, node: NodeId, signal: AbortSignal): Promise<readonly AlgorithmResult[]>;
  /**
   * Measures what the table does not know of the graph's nodes, and uses the fastest right way from the next run on. Answers the nodes
   * whose programs have changed. Rejects with the signal's reason: what was found until then is kept.
   */
  tune(request: RunRequest, signal: AbortSignal): Promise<readonly NodeId[]>;
}

export interface EngineDescription {
  readonly kind: EngineKind;
  /** What computes, as a person would name it: "Apple M3", "SwiftShader", "4 threads". */
  readonly device: string;
  /** True for a software adapter that stands in for a GPU. */
  readonly isFallback: boolean;
  /** The optional features in use, e.g. ["timestamp-query"]. */
  readonly features: readonly string[];
}

/** Whether fast runs differ from exact ones on this engine. */
export function canBeFast({ features }: EngineDescription): boolean {
  return features.includes('shader-f16');
}

/** Counters for tests and benchmarks: what exists now, and how much was ever made. */
export interface EngineCounters {
  readonly liveTensors: number;
  readonly bytesAllocated: number;
  readonly allocations: number;
  readonly compilations: number;
  readonly dispatches: number;
}

export interface Engine {
  readonly description: EngineDescription;
  readonly counters: EngineCounters;
  /**
   * Settles once, when this engine is of no more use: its device is gone (lost, crashed), or it failed where no promise could tell
   * (a canvas that it cannot draw on). Never on destroy().
   */
  readonly lost: Promise<EngineError>;

  /**
   * Takes float32 values in NCHW order; copies them, the caller keeps `values`. Throws EngineError: `too-large` where one channel's
   * plane exceeds what the device binds at once (WebGPU's default: 128 MiB, 5792 x 5792 values; no photo is opened larger than
   * 4096 on its long side), `out-of-memory` where the memory budget or the device has no room.
   */
  upload(values: Float32Array, shape: Shape): Promise<Tensor>;
  /**
   * Runs the graph. Shapes must be valid (`inferShapes` ok). Rejects with EngineError. A tensor that was too large to keep (see
   * `Tensor`) can be painted, read and counted, but WebGPU's engine refuses it as an input with `too-large`: layers that follow one
   * another belong into one graph, as they do in Explore, whose only input is the uploaded picture.
   */
  run(request: RunRequest): Promise<RunResult>;
  /** Statistics of every map of the tensor's batch 0, in channel order. */
  statistics(tensor: Tensor): Promise<readonly MapStatistics[]>;
  /** The same order: what a batch norm behind the maps takes from them. */
  moments(tensor: Tensor): Promise<readonly MapMoments[]>;
  /** What is known of each channel over the whole batch, in order. */
  channelStatistics(tensor: Tensor): Promise<readonly ChannelStatistics[]>;
  /**
   * Sums of products of the channels of two tensors, or of one (given twice), over the whole batch: in float32 on a GPU, within 1e-5 of the root of the two sums of squares and mostly 1e-7, in float64
   * on the CPU. The same maps give the same bits. Rejects with `too-large` where maps were too large to keep (`Tensor`).
   */
  channelProducts(a: Tensor, b: Tensor, sampling: Sampling): Promise<ChannelProducts>;
  /** Counts of one map's values in `bins` equal bins over [lo, hi]; hi falls into the last bin, values outside into none. */
  histogram(tensor: Tensor, channel: number, bins: number, lo: number, hi: number): Promise<Uint32Array>;
  /** Values of a box, [channels, height, width]. */
  read(tensor: Tensor, region: Region): Promise<Float32Array>;
  /** Measures one run of the request; repeats it on the idle device until about 10 ms have passed. */
  time(request: RunRequest): Promise<Timing>;
  /** The device's peak, measured on first call (some tenths of a second, on the idle device) and kept; null where there is no measure. */
  peak(): Promise<Peak | null>;
  /** Null where there is nothing to tell: one program per operator, on threads. */
  instruments(): Promise<Instruments | null>;
  /** The device's tuner, loaded when first asked for; null for an engine that has one way of computing everything. */
  tuner(): Promise<Tuner | null>;
  /** Makes the engine the owner of the canvas's context. One surface per canvas; a canvas never changes engines. */
  surface(canvas: HTMLCanvasElement | OffscreenCanvas): Surface;
  /** Frees everything. */
  destroy(): void;
}
