/**
 * What is seen of a network at the end of an epoch: its accuracy on the test images, the correlation of a pair of adjacent layers, channels that
 * are silent on the test images, the filters of its first layer, and how far the last step moved each layer.
 */
import { largestMagnitude } from '../../analysis/channelSummary.ts';
import { type Batch, type MeasuredChannels, measureChannels } from '../../analysis/measureChannels.ts';
import { nearCopies } from '../../analysis/nearCopies.ts';
import type { Engine } from '../../engine/engine.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';
import { forImages } from '../../graph/training/forImages.ts';
import { elementsOf } from '../../operators/tensors.ts';
import type { Accuracy } from '../../training/data/accuracy.ts';
import { plainBatch, type Range } from '../../training/data/batches.ts';
import { evaluate } from '../../training/run/evaluate.ts';
import type { Trainee } from '../../training/run/lossGraph.ts';
import type { TrainingRun } from '../../training/run/trainingRun.ts';
import type { Moment } from './groupFigure.ts';
import { firstConvolution, type LayerPair } from './layerPairs.ts';
import { momentOf } from './momentOf.ts';

export interface LayerObservation {
  readonly layer: NodeId;
  readonly channels: number;
  /** Channels whose largest response on the measured images is at most `silence`; null where no activation follows. */
  readonly silent: number | null;
  /** |w after the last step - w before it| / |w before it|; null before the first step. */
  readonly update: number | null;
}

/** The correlation of a pair of layers on the test images. */
export interface PairObservation {
  readonly pair: LayerPair;
  readonly moment: Moment;
  /** Pairs of channels of the second layer with |Pearson| of at least 0.99. */
  readonly copies: number;
  readonly images: number;
  /** Pixels of all images. */
  readonly samples: number;
}

export interface Observation {
  /** Steps done. */
  readonly step: number;
  readonly testLoss: number;
  readonly accuracy: Accuracy;
  /** Null where the network has no two adjacent layers of few enough channels. */
  readonly pair: PairObservation | null;
  readonly layers: readonly LayerObservation[];
  /** Of the first convolution, [Cout, C, kh, kw]; empty where there is none. */
  readonly filters: Float32Array;
}

/** As the rule of the Channels screen. */
export const silence = 1e-6;
const most = { images: 100, bytes: 2 ** 26 } as const;

export interface Observed {
  readonly run: TrainingRun;
  readonly test: LabelledImages;
  /** Images of the test that the channels are measured on. */
  readonly images: number;
  readonly pair: LayerPair | null;
  /** Weights before the last step; null before the first. */
  readonly before: GraphParameters | null;
}

/** Rejects with EngineError, or with the signal's reason. */
export async function observe(engine: Engine, observed: Observed, signal: AbortSignal): Promise<Observation> {
  const { run, test, before } = observed;
  const { trainee } = run.configuration;
  const { graph } = trainee;
  const weights = await run.weights();
  const { loss, accuracy } = await evaluate(engine, { trainee, weights, data: test, range: run.range }, signal);
  const activations = activationsOf(graph);
  const measured = await measure(engine, { ...observed, trainee, weights, range: run.range }, activations, signal);
  const layers = graph.nodes.flatMap(({ id, operator }): readonly LayerObservation[] => {
    const channels = channelsOf(operator);
    if (channels === null) return [];
    const responses = measured.nodes[activations.get(id) ?? ''];
    const silent = responses ? responses.filter((channel) => largestMagnitude(channel) <= silence).length : null;
    const [now, former] = [weights[id]?.weight, before?.[id]?.weight];
    return [{ layer: id, channels, silent, update: now && former ? distance(now, former) : null }];
  });
  const filters = weights[firstConvolution(graph) ?? '']?.weight ?? new Float32Array(0);
  const pair = observed.pair && (await pairObservation(observed.pair, measured, signal));
  return { step: run.step, testLoss: loss, accuracy, layers, pair, filters };
}

/** A network with its weights as values, and what its channels are measured on. */
export interface MeasuredNetwork {
  readonly trainee: Trainee;
  readonly weights: GraphParameters;
  readonly range: Range;
  readonly test: LabelledImages;
  readonly images: number;
}

/** Rejects with EngineError, or with the signal's reason. */
export async function observePair(
  engine: Engine,
  network: MeasuredNetwork,
  pair: LayerPair,
  signal: AbortSignal,
): Promise<PairObservation> {
  return pairObservation(pair, await measure(engine, { ...network, pair }, new Map(), signal), signal);
}

async function pairObservation(
  pair: LayerPair,
  measured: MeasuredChannels,
  signal: AbortSignal,
): Promise<PairObservation> {
  if (!measured.pair) throw new Error('no pair was measured');
  const { images } = measured;
  return {
    ...{ pair, images, samples: measured.pair.between.count },
    moment: await momentOf(measured.pair, signal),
    copies: nearCopies(measured.pair.second).length,
  };
}

/** Layers that learn a weight for what they read, not norms; null for the others. */
function channelsOf(operator: Graph['nodes'][number]['operator']): number | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
      return operator.outChannels;
    case 'linear':
      return operator.outFeatures;
    default:
      return null;
  }
}

/** By convolution the activation behind it. */
function activationsOf(graph: Graph): ReadonlyMap<NodeId, NodeId> {
  const active = new Set(graph.nodes.flatMap(({ id, operator }) => (operator.kind === 'activation' ? [id] : [])));
  const layers = convolutionLayers(graph).filter(({ response }) => active.has(response));
  return new Map(layers.map(({ node, response }) => [node, response]));
}

async function measure(
  engine: Engine,
  network: MeasuredNetwork & { readonly pair: LayerPair | null },
  activations: ReadonlyMap<NodeId, NodeId>,
  signal: AbortSignal,
): Promise<MeasuredChannels> {
  const { pair } = network;
  const nodes = [...activations.values()];
  const wanted = { nodes, pair: pair && ([pair.rows.node, pair.columns.node] as const) };
  let measured: MeasuredChannels | null = null;
  const batches = batchesOf(network, [...nodes, ...(wanted.pair ?? [])]);
  for await (const known of measureChannels(engine, batches, wanted, signal)) measured = known;
  if (!measured) throw new Error('no test images');
  return measured;
}

/** `nodes`: whose maps are there until a batch is done. */
function* batchesOf(
  { trainee: { graph, input }, weights, range, test, images }: MeasuredNetwork,
  nodes: readonly NodeId[],
): Generator<Batch> {
  const { channels, height, width } = test;
  const shapes = inferShapes(graph, { [input]: [1, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const bytes = [...new Set(nodes)].reduce((sum, node) => sum + 4 * elementsOf(shapes.value[node]!), 0);
  const atOnce = Math.max(1, Math.min(most.images, Math.floor(most.bytes / Math.max(1, bytes))));
  const count = Math.min(images, test.labels.length);
  for (let first = 0; first < count; first += atOnce) {
    const size = Math.min(atOnce, count - first);
    const { images: values } = plainBatch(test, range, first, size);
    const shape = [size, channels, height, width] as const;
    yield { graph: forImages(graph, size), parameters: weights, input, values, shape };
  }
}

/** |a - b| / |b|; 0 where both are 0. */
export function distance(a: Float32Array, b: Float32Array): number {
  let [moved, length] = [0, 0];
  for (const [i, value] of b.entries()) {
    moved += ((a[i] ?? 0) - value) ** 2;
    length += value * value;
  }
  return moved === 0 ? 0 : Math.sqrt(moved / length);
}
