/**
 * What evaluation is made of: the device, what maps are computed from, results, and the parts of the engine that are loaded when a graph
 * first needs them. `evaluator.ts` is the first view's part of it.
 */
import type { Graph, HeldParameters, NodeId, RunParameters } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { BatchNorm2d } from '../../operators/batchNorm2d/attributes.ts';
import type { ConvChoice } from '../../operators/conv2d/choice.ts';
import type { planStaged } from '../../operators/conv2d/staged/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { ParameterValues, Shape } from '../../operators/operator.ts';
import type { ArrayShape, Layout } from '../../operators/programs/layout.ts';
import type { PassPlan } from '../../operators/programs/passes.ts';
import type { DeviceTraits, Program } from '../../operators/programs/program.ts';
import { EngineError, type Precision } from '../engine.ts';
import type { Buffer, BufferPool } from './device/buffers.ts';
import type { Pace } from './device/pace.ts';
import type { LayerValues, PackedWeights } from './device/packedWeights.ts';
import type { Compiled, Pipelines } from './device/pipelines.ts';
import type { Recorder } from './device/recorder.ts';
import type { MapArray } from './maps/arrays.ts';
import type { Fusion } from './plan/fusion.ts';
import type { GraphPlan } from './plan/graphPlan.ts';

/** What evaluation needs of the engine. */
export interface Device {
  readonly pool: BufferPool;
  readonly pipelines: Pipelines;
  readonly recorder: Recorder;
  readonly weights: PackedWeights;
  readonly pace: Pace;
  readonly traits: DeviceTraits;
  /** What convolutions are computed by in place of the planner's default, by `problemKey`. */
  choices: ReadonlyMap<string, ConvChoice>;
  /** The plans of operators that run as passes, once a graph has needed one. */
  passes: LatePlans | null;
  /** Convolutions in several programs, once one has been chosen. */
  staged: StagedConvolutions | null;
  /** The planner of whole graphs, once a run has more than a layer. */
  planRun: PlanRun | null;
  /** Takes weights from tensors, once a run has such parameters. */
  holdWeights?: HoldWeights;
}

/** A graph with all that it is computed from, and the nodes whose whole maps are there already. */
export interface Recipe {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: RunParameters;
  readonly precision: Precision;
  /** What is computed together, by the node whose maps it leaves. */
  readonly fusions: ReadonlyMap<NodeId, Fusion>;
  readonly known: ReadonlyMap<NodeId, MapArray>;
  /** Of the known maps, copies in the other layout. */
  readonly repacked: ReadonlyMap<NodeId, MapArray>;
  /** Tensors of the engine in place of parameters, by node; null in a recipe that outlives its run. */
  readonly held: ReadonlyMap<NodeId, MapArray> | null;
}

/** What to compute besides, and into how large buffers: of the maps, then of those before the activation. */
export interface Wanted {
  readonly isDual?: boolean;
  /** Where the records of whole maps, or of bands of them, may be left; `accumulate` adds to what is there. */
  readonly records?: { readonly buffer: Buffer; readonly accumulate: boolean };
  readonly places?: readonly (readonly number[])[];
}

/** A program that is not compiled yet: the caller compiles it and evaluates again. */
export class NotCompiled extends Error {
  constructor(readonly program: Program) {
    super(`${program.key} is not compiled`);
  }
}

/** A planner or a program's text is not there yet: the caller waits for it and evaluates again. */
export class NotLoaded extends Error {
  constructor(readonly load: () => Promise<unknown>) {
    super();
  }
}

/** The maps of a node, and when asked those of the convolution before its activation. The caller releases both. */
export interface Evaluated {
  /** The wanted records have been left. */
  readonly isRecorded?: boolean;
  readonly maps: MapArray;
  readonly linear: MapArray | null;
}

/** What running needs of the evaluation that it is a part of. */
export interface PassHost {
  readonly device: Device;
  /** Of the output. */
  readonly shape: Shape;
  /** Throws NotCompiled. */
  compiled(program: Program): Compiled;
  /** The whole maps of a node in one part and the given layout; the caller releases them. */
  wholeIn(layout: Layout, id: NodeId): MapArray;
  /** Room for a whole tensor in one part. */
  allocate(shape: ArrayShape, places?: readonly number[]): MapArray;
  /** The learned tensors, with what has joined them. */
  values(): LayerValues;
  /** Called before each dispatch with its multiply-adds, and after each program with its label. */
  makeRoom(work: number): void;
  ran(label: string): void;
}

/** Operators that run as passes, and what joins others. */
export interface LatePlans {
  planOf(fusion: Fusion, shapes: Shapes): PassPlan;
  run(host: PassHost, fusion: Fusion, shapes: Shapes, wanted: Wanted): Evaluated;
  /** The weights and bias of `operator` that give what the norm gives behind it. */
  folded(operator: Operator, values: LayerValues, norm: BatchNorm2d, statistics: ParameterValues): LayerValues;
}

/** Convolutions in several programs. */
export interface StagedConvolutions {
  readonly planStaged: typeof planStaged;
  runPasses(host: PassHost, fusion: Fusion, plan: PassPlan, wanted: Wanted): Evaluated;
}

/** The plan of a run of the whole graph. `held`: nodes whose weights are tensors. */
export type PlanRun = (
  device: Device,
  graph: Graph,
  outputs: readonly NodeId[],
  shapes: Shapes,
  held: ReadonlySet<NodeId>,
) => GraphPlan;

/** Weights from tensors of the engine, for one run. */
export type HoldWeights = (host: HeldHost) => HeldWeights;

export interface HeldWeights {
  valuesOf(operator: Operator, parameters: HeldParameters): LayerValues;
  /** Gives all buffers back. */
  release(): void;
}

/** What taking weights from tensors needs of the evaluation that it is a part of. */
export interface HeldHost {
  readonly device: Device;
  /** Throws NotCompiled. */
  compiled(program: Program): Compiled;
  /** The whole maps of a held tensor, planar and in one part; the caller releases them. */
  planar(id: NodeId): MapArray;
}

/** Throws where nobody has waited for what the graph needs. */
export function passesLoaded({ passes }: Pick<Device, 'passes'>): LatePlans {
  if (!passes) throw new EngineError('internal', 'the plans of passes are not loaded');
  return passes;
}
