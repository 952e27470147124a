/** What the engine has answered for the newest state: transient, written by `live` alone, read by `ui` and `views`. */
import type { StoreApi } from 'zustand/vanilla';
import type { Engine, EngineKind, MapStatistics, Precision, Tensor, Timing } from '../engine/engine.ts';
import type { CpuReason } from '../engine/index.ts';
import type { PixelSet } from '../graph/field/receptiveField.ts';
import type { Graph, GraphNode, LayerParameters, NodeId } from '../graph/graph.ts';
import type { Shapes } from '../graph/infer.ts';
import type { KindAttributes } from '../graph/layers/kindAttributes.ts';
import type { Layer } from '../graph/layers/layer.ts';
import type { MaterialisedWeights } from '../graph/weights/materialise.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { SamplingPoint } from '../operators/deformConv2d/points.ts';
import type { Cost, HostTensor, Shape } from '../operators/operator.ts';
import type { KindState } from '../store/kind.ts';
import type { NetworkState } from '../store/network.ts';

export type EngineStatus =
  | { readonly status: 'starting' }
  | {
      readonly status: 'ready';
      readonly kind: EngineKind;
      readonly device: string;
      readonly isFallback: boolean;
      /** Why the CPU computes although WebGPU was wanted; null when the wanted engine runs. */
      readonly reason: CpuReason | null;
    }
  | { readonly status: 'failed'; readonly message: string };

/** The working picture: what the graph's input node is made of. */
export interface Picture {
  /** RGBA, row-major, after orientation, resampling, ground and painting. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The photo's own size, before resampling. */
  readonly fullWidth: number;
  readonly fullHeight: number;
  /** Nothing of the photo itself is transparent: the ground cannot show. */
  readonly opaque: boolean;
  /** The input tensor's values [C, H, W] in the chosen channels and range. */
  readonly values: Float32Array;
  readonly channels: number;
  /** What byte 0 becomes in each channel: the colour of zero padding is found from its inverse. */
  readonly name: string;
}

/** A layer other than Explore's convolution, worked out for one picture: what its maps, fields and numbers are functions of. */
interface LayerOutput {
  /** Its constructors in PyTorch. */
  readonly lines: readonly string[];
  /** The layer's own nodes in order, without the activation behind it; the last is its output. */
  readonly nodes: readonly GraphNode[];
  /** The node that the layer reads: the photo's, the bank's, or one of the network. */
  readonly source: NodeId;
  /** The node whose maps are shown. */
  readonly shown: NodeId;
  readonly activation: ActivationName;
  readonly shapes: Shapes;
  /** The layer and its activation by themselves, reading node `source`: what is timed. */
  readonly alone: Graph;
  /** Of the layer alone. */
  readonly cost: Cost;
  /** Inputs of the graph beside the picture: offsets that follow the gradient. */
  readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** The pixels of the photo at its working size that a unit sees, through the bank too; of a deformable layer the box around them. */
  fieldOf(unit: { readonly y: number; readonly x: number }): PixelSet;
  /** The units that see a pixel of the photo; null for a deformable layer, where each unit's samples would have to be asked. */
  readersOf(y: number, x: number): PixelSet | null;
  /** Where a unit of a deformable layer samples what it reads, offset group by offset group, tap by tap; null for every other kind. */
  samplesOf(unit: { readonly y: number; readonly x: number }): readonly SamplingPoint[] | null;
}

/** A layer of another kind over the photo or over a bank of filters. */
export interface KindOutput extends LayerOutput {
  readonly from: 'bank';
  readonly state: KindState;
  /** Those of the state, valid for what the layer reads. */
  readonly attributes: KindAttributes;
  readonly layer: Layer;
}

/** One layer of the network, over the maps that the network computes in front of it. */
export interface NetworkLayerOutput extends LayerOutput {
  readonly from: 'network';
  readonly state: NetworkState;
  readonly node: NodeId;
  /** The working picture that the network's own picture is made from. */
  readonly photo: Picture;
  /** Whether its maps can be negative. */
  readonly isSigned: boolean;
}

export type ExploredOutput = KindOutput | NetworkLayerOutput;

/** The maps of one finished run, with what they were computed from. */
export interface Output {
  readonly graph: Graph;
  /** Recipes of a network's layers, whose weights may be too many to be held here; values of all others. */
  readonly parameters: LayerParameters;
  /** What the graph's input node was made of; a layer with a weight for every place reads a small version of the photo. */
  readonly picture: Picture;
  readonly input: Tensor;
  /** The maps before the activation, kept while a map is open full size; the same tensor as `maps` when the activation is 'none'. */
  readonly linear: Tensor | null;
  /** The maps after the activation. */
  readonly maps: Tensor;
  readonly shape: Shape;
  readonly programs: readonly string[];
  /** How they were computed: what checks or takes maps home computes fast ones again, exactly. */
  readonly precision: Precision;
  /** All inputs of the graph: the picture as it was uploaded, or the maps that the network computes in front of the layer. */
  readonly inputs: Readonly<Record<NodeId, Tensor>>;
  /** Of a layer of another kind: the maps of its source and of each of its parts. Empty for Explore's convolution. */
  readonly parts: Readonly<Record<NodeId, Tensor>>;
  /** Null for Explore's convolution. */
  readonly kind: ExploredOutput | null;
}

/**
 * Something that went wrong and that the person should know: `problems.KIND.CODE` are its words, `values` their numbers. 'photo' is the
 * input, 'engine' what computes, 'layer' a layer without output, 'network' a whole network, 'file' work that came by file or link, 'storage' what is kept.
 */
export interface Problem {
  readonly kind: 'photo' | 'engine' | 'layer' | 'network' | 'file' | 'storage';
  readonly code: string;
  readonly values: Readonly<Record<string, number | string>>;
}

export interface ResultsState {
  readonly engine: EngineStatus;
  /** The running engine; views make surfaces from it, and anew when it changes. */
  readonly running: Engine | null;
  readonly picture: Picture | null;
  /** The numbers and labels of the focused layer's filters for the present workspace; null while a bank is being fetched. */
  readonly filters: MaterialisedWeights | null;
  readonly output: Output | null;
  /** The newest output whose values are there: `output` itself, or the one before while its run goes on. Only to be compared. */
  readonly finished: Output | null;
  /** Of `output.maps`, in channel order; null until they arrive. */
  readonly statistics: readonly MapStatistics[] | null;
  readonly timing: Timing | null;
  /** True while a newer state is being computed. */
  readonly busy: boolean;
  /** True while a newer picture is being made. */
  readonly pictureBusy: boolean;
  /** Whether `filters` are the present workspace's; else theirs are being fetched, or could not be had. */
  readonly filtersStatus: 'current' | 'coming' | 'missing';
  /** The last problem, until it is dismissed or overcome. */
  readonly problem: Problem | null;
}

export type ResultsStore = StoreApi<ResultsState>;

/** What there is before anything has been computed. */
export const firstResults: ResultsState = {
  engine: { status: 'starting' },
  running: null,
  picture: null,
  filters: null,
  output: null,
  finished: null,
  statistics: null,
  timing: null,
  busy: false,
  pictureBusy: false,
  filtersStatus: 'coming',
  problem: null,
};
