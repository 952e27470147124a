/**
 * What is seen of a network at the end of an epoch: its accuracy on the test images, the correlation of the pair of layers around its last
 * grouped one, channels that are silent on the test images, the filters of its first layer, and how far the last step moved each layer.
 */
import { largestMagnitude } from '../../analysis/channelSummary.ts';
import { pearson, whitened } from '../../analysis/correlation.ts';
import { type Batch, type MeasuredChannels, measureChannels } from '../../analysis/measureChannels.ts';
import { nearCopies } from '../../analysis/nearCopies.ts';
import type { Engine } from '../../engine/engine.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import type { GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Accuracy } from '../../training/data/accuracy.ts';
import { plainBatch } from '../../training/data/batches.ts';
import { evaluate } from '../../training/run/evaluate.ts';
import type { TrainingRun } from '../../training/run/trainingRun.ts';
import { smallNetworkPair } from '../../training/smallNetworkInNetwork.ts';
import type { Moment } from './groupFigure.ts';

export interface LayerObservation {
  readonly layer: NodeId;
  readonly channels: number;
  /** Channels whose largest response on the measured images is at most `silence`; null for the layer of logits. */
  readonly silent: number | null;
  /** |w after the last step - w before it| / |w before it|; null before the first step. */
  readonly update: number | null;
}

export interface Observation {
  /** Steps done. */
  readonly step: number;
  readonly testLoss: number;
  readonly accuracy: Accuracy;
  readonly moment: Moment;
  readonly layers: readonly LayerObservation[];
  /** Pairs of channels of the second layer of the pair with |Pearson| of at least 0.99. */
  readonly copies: number;
  /** Of the first convolution, [Cout, C, kh, kw]. */
  readonly filters: Float32Array;
  readonly measured: { readonly images: number; readonly samples: number };
}

export const firstLayer: NodeId = 'conv1a';
/** As the rule of the Channels screen. */
const silence = 1e-6;
const imagesAtOnce = 100;

export interface Observed {
  readonly run: TrainingRun;
  readonly test: LabelledImages;
  /** Images of the test that the channels are measured on. */
  readonly images: number;
  /** Weights before the last step; null before the first. */
  readonly before: GraphParameters | null;
}

/** Rejects with EngineError, or with the signal's reason. */
export async function observe(engine: Engine, observed: Observed, signal: AbortSignal): Promise<Observation> {
  const { run, test, images, before } = observed;
  const { trainee } = run.configuration;
  const weights = await run.weights();
  const { loss, accuracy } = await evaluate(engine, { trainee, weights, data: test, range: run.range }, signal);
  const convolutions = trainee.graph.nodes.flatMap(({ id, operator }) =>
    operator.kind === 'conv2d' ? [{ id, operator }] : [],
  );
  const activations = new Map(
    trainee.graph.nodes.flatMap(({ id, operator }) =>
      operator.kind === 'activation' ? [[id.replace('relu', 'conv'), id] as const] : [],
    ),
  );
  const wanted = { nodes: [...activations.values()], pair: smallNetworkPair };
  let measured: MeasuredChannels | null = null;
  for await (const known of measureChannels(engine, batchesOf(observed, weights, images), wanted, signal))
    measured = known;
  if (!measured?.pair) throw new Error('no test images');
  const { pair, nodes } = measured;
  const layers = convolutions.map(({ id, operator }): LayerObservation => {
    const responses = nodes[activations.get(id) ?? ''];
    const silent = responses ? responses.filter((channel) => largestMagnitude(channel) <= silence).length : null;
    const [now, former] = [weights[id]?.weight, before?.[id]?.weight];
    return { layer: id, channels: operator.outChannels, silent, update: now && former ? distance(now, former) : null };
  });
  return {
    ...{ step: run.step, testLoss: loss, accuracy, layers },
    moment: { whitened: whitened(pair), pearson: pearson(pair) },
    copies: nearCopies(pair.second).length,
    filters: weights[firstLayer]?.weight ?? new Float32Array(0),
    measured: { images: measured.images, samples: pair.between.count },
  };
}

function* batchesOf({ run, test }: Observed, parameters: GraphParameters, images: number): Generator<Batch> {
  const { trainee } = run.configuration;
  const count = Math.min(images, test.labels.length);
  for (let first = 0; first < count; first += imagesAtOnce) {
    const size = Math.min(imagesAtOnce, count - first);
    const { images: values } = plainBatch(test, run.range, first, size);
    const shape = [size, test.channels, test.height, test.width] as const;
    yield { graph: trainee.graph, parameters, input: trainee.input, values, shape };
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
