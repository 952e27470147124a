/**
 * The network of the Network screen as one that is trained: for images of the data's size and channels, its last layer as wide as there are
 * classes. Levers hold but the size of the picture, layers that are switched off stay away; weights are drawn anew with the run's seed.
 */
import '../../operators/late.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { ArchitectureError } from '../../graph/architectures/builder.ts';
import { costOf } from '../../graph/cost.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { effectiveGraph } from '../../graph/network/edit.ts';
import { fitChannels } from '../../graph/network/fitChannels.ts';
import { type Levers, neutralLevers, withLevers } from '../../graph/price/levers.ts';
import { activationMemory } from '../../graph/price/memory.ts';
import { classifierOf } from '../../graph/training/classifier.ts';
import { forImages } from '../../graph/training/forImages.ts';
import type { Shape } from '../../operators/operator.ts';
import { stateRows } from '../../operators/optimizerStep/attributes.ts';
import type { NetworkState } from '../../store/network.ts';
import type { Optimizer } from '../../training/optimizer.ts';
import type { Trainee } from '../../training/run/lossGraph.ts';
import { stepGraph } from '../../training/run/stepGraph.ts';
import { TrainingError } from '../../training/run/trainingError.ts';
import { readLayers } from '../network/layersText.ts';
import { pictureNode } from '../network/nodes.ts';
import { NetworkRefusal } from '../network/refusal.ts';

/** Why the network is not trained: a code under `network.refusals` and what the sentence names. */
export interface ModelRefusal {
  readonly code: 'several-ends' | 'no-head' | 'no-output' | 'unreadable' | 'too-large' | 'not-trained';
  readonly values: Readonly<Record<string, number | string>>;
}

export type ModelResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ModelRefusal };

/** What of the Network screen's state a run is a function of. */
export const trainedPart = ({ layers, off, levers }: NetworkState) => ({ layers, off, levers });

type Images = Pick<LabelledImages, 'channels' | 'height' | 'width' | 'classes'>;

/** How a run's network differs from the one of the Network screen. */
export interface NetworkChange {
  /** 1: as they are. */
  readonly groups: number;
  /** Of all channels. */
  readonly width: number;
}

export function networkModel(
  { layers, off, levers }: Pick<NetworkState, 'layers' | 'off' | 'levers'>,
  { channels, height, width, classes }: Images,
  change: NetworkChange,
): ModelResult<Trainee> {
  const shape: Shape = [1, channels, height, width];
  const given = { [pictureNode]: shape };
  const whole = wholeOf(layers, shape);
  if (!whole.ok) return whole;
  const fitted = fitChannels(effectiveGraph(whole.value, new Set(off)), given).graph;
  const first = classifierOf(fitted, shape, classes);
  if (!first.ok) return first;
  const moved = leversTogether(levers, change);
  if (moved === null) return first;
  const shapes = inferShapes(first.value.graph, given);
  if (!shapes.ok) return noOutput(shapes.error.message);
  const changed = withLevers({ graph: first.value.graph, shapes: shapes.value }, moved);
  if (!changed.ok) return noOutput(changed.error.message);
  // A width has scaled the last layer too.
  return classifierOf(changed.value.graph, shape, classes);
}

const noOutput = (message: string): ModelResult<never> => ({
  ok: false,
  error: { code: 'no-output', values: { message } },
});

function wholeOf(layers: string, shape: Shape): ModelResult<Graph> {
  try {
    return { ok: true, value: readLayers(layers, shape).graph };
  } catch (error) {
    if (error instanceof ArchitectureError) return noOutput(error.message);
    if (error instanceof NetworkRefusal) return { ok: false, error: { code: 'unreadable', values: {} } };
    throw error;
  }
}

/** Those of the Network screen and those of the run; null where neither changes anything. */
function leversTogether(levers: NetworkState['levers'], { groups, width }: NetworkChange): Levers | null {
  const all: Levers = {
    ...levers,
    size: null,
    width: levers.width * width,
    groups: groups > 1 ? groups : levers.groups,
  };
  return JSON.stringify(all) === JSON.stringify(neutralLevers) ? null : all;
}

interface Trained {
  readonly trainee: Trainee;
  readonly batch: number;
  readonly optimizer: Optimizer;
}

/** Why runs that take turns are not begun: no room for all of them, or a layer without a training form. `budget`: bytes of the engine. */
export function refusalOf(runs: readonly Trained[], images: Images, budget: number): ModelRefusal | null {
  const prices = runs.map((run) => bytesOf(run, images));
  const needed = Math.max(...prices.map(({ step }) => step)) + prices.reduce((sum, { states }) => sum + states, 0);
  if (needed > budget) return { code: 'too-large', values: { needed: mebibytes(needed), budget: mebibytes(budget) } };
  for (const run of runs) {
    const id = untrainedLayer(run, images);
    if (id !== null) return { code: 'not-trained', values: { id } };
  }
  return null;
}

const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/** `step`: every map with its gradient, every weight's gradient and next state; `states`: what is kept between two steps. */
function bytesOf({ trainee: { graph, input }, batch, optimizer }: Trained, { channels, height, width }: Images) {
  const whole = forImages(graph, batch);
  const shapes = inferShapes(whole, { [input]: [batch, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const { parameters } = costOf(whole, shapes.value).total;
  const states = 4 * parameters * stateRows({ method: optimizer.method === 'sgd' ? 'sgd' : 'adam' });
  return { states, step: 2 * activationMemory(whole, shapes.value).trainingBytes + 4 * parameters + states };
}

function untrainedLayer({ trainee, optimizer }: Trained, { channels, height, width }: Images): NodeId | null {
  try {
    stepGraph({ trainee, optimizer, shape: [2, channels, height, width], seed: 0 });
    return null;
  } catch (error) {
    if (!(error instanceof TrainingError) || error.problem.code !== 'not-trained') throw error;
    const { id } = error.problem;
    // A node of the way back is named after its kind: the layer that it belongs to has the same.
    return trainee.graph.nodes.find((node) => node.id === id || id.endsWith(node.operator.kind))?.id ?? id;
  }
}
