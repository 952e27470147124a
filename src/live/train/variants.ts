/**
 * What the Train screen's state asks for: one run for each number of filter groups or width, and how much of the network and of the data
 * the engine is given. A run is named by all that it is a function of, so its checkpoint is found again whenever the same is asked.
 */
import { costOf } from '../../graph/cost.ts';
import type { Graph } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import '../../operators/late.ts';
import type { NetworkState } from '../../store/network.ts';
import { filesFor, type TrainState } from '../../store/train.ts';
import type { TrainingSets } from '../../training/data/trainingSets.ts';
import { matchedNetwork } from '../../training/matchedNetwork.ts';
import type { Optimizer } from '../../training/optimizer.ts';
import type { Trainee } from '../../training/run/lossGraph.ts';
import type { TrainingConfiguration } from '../../training/run/trainingRun.ts';
import type { Schedule } from '../../training/schedule.ts';
import {
  type SmallNetwork,
  smallNetworkInNetwork,
  smallNetworkInput,
  smallNetworkLogits,
} from '../../training/smallNetworkInNetwork.ts';
import { pictureNode } from '../network/nodes.ts';
import { type ModelResult, networkModel, trainedPart } from './networkModel.ts';

export interface Variant {
  readonly groups: SmallNetwork['groups'];
  /** Of the channels, as a share of the full network's. */
  readonly width: number;
  /** Of the first layer, where a price has been matched by it. */
  readonly firstChannels?: number;
}

/** What an engine is given to do. */
export interface Scale {
  readonly pace: 'webgpu' | 'software';
  /** Of all channels, beside the variant's own width. */
  readonly width: number;
  /** The most images to learn from, to be tested on, and to take correlations from. */
  readonly trainImages: number;
  readonly testImages: number;
  readonly measuredImages: number;
}

/** A third of 48 channels is 16: still whole for 16 groups. */
export const scales: Readonly<Record<Scale['pace'], Scale>> = {
  webgpu: { pace: 'webgpu', width: 1, trainImages: 60_000, testImages: 10_000, measuredImages: 500 },
  software: { pace: 'software', width: 1 / 3, trainImages: 400, testImages: 200, measuredImages: 100 },
};

const groupCounts: readonly SmallNetwork['groups'][] = [1, 2, 4, 8, 16];

/** What is trained: the Train screen's state, and the network of the Network screen where it asks for that. */
export interface Asked {
  readonly state: TrainState;
  readonly network: NetworkState;
}

/** `train`: what the networks read, which their price depends on. */
function variantsOf(
  { compare, groups, widths, match, batchNorm, network }: TrainState,
  scale: Scale,
  train: TrainingSets['train'],
): readonly Variant[] {
  if (compare === 'widths') return widths.map((width) => ({ groups: 1, width }));
  const counts = groupCounts.filter((each) => groups.includes(each));
  if (match === 'channels' || network === 'network') return counts.map((each) => ({ groups: each, width: 1 }));
  const { channels, classes } = train;
  const plain: SmallNetwork = { channels, classes, groups: 1, width: scale.width, batchNorm };
  const price = (network: SmallNetwork) => priceOf(smallNetworkInNetwork(network), train)[match];
  const target = price(plain);
  return counts.map((each): Variant => {
    if (each === 1) return { groups: 1, width: 1 };
    const { width, ...matched } = matchedNetwork({ ...plain, groups: each }, target, price);
    return {
      groups: each,
      width: width / scale.width,
      ...(matched.firstChannels && { firstChannels: matched.firstChannels }),
    };
  });
}

/** Everything that the bits of a run depend on, but the device. */
function runName({ state, network }: Asked, variant: Variant, scale: Scale): string {
  const { data, batchNorm, optimiser, learningRate, momentum, weightDecay, schedule, batchSize, epochs, seed } = state;
  const { pace: _, ...amount } = scale;
  // A name says whether a file is of the test.
  const hashes =
    data === 'files'
      ? filesFor('data', state)
          .map(({ hash, name }) => `${name}/${hash}`)
          .toSorted()
      : [];
  const how = {
    optimiser,
    learningRate,
    momentum,
    weightDecay,
    schedule,
    batchSize,
    epochs,
    seed,
    augment: state.augment,
  };
  const start = state.start === 'file' ? { start: filesFor('weights', state)[0]?.hash ?? '' } : {};
  const own = state.network === 'network' ? { network: trainedPart(network) } : {};
  return `run/${JSON.stringify({ data, hashes, batchNorm, ...variant, ...amount, ...how, ...start, ...own })}`;
}

/** A run before it begins. */
export interface PlannedRun {
  readonly name: string;
  readonly variant: Variant;
  readonly configuration: TrainingConfiguration;
}

/** All that the state asks for, each network once; or why there is none. */
export function plannedRuns(asked: Asked, scale: Scale, data: TrainingSets): ModelResult<readonly PlannedRun[]> {
  const runs: PlannedRun[] = [];
  const graphs = new Set<string>();
  for (const variant of variantsOf(asked.state, scale, data.train)) {
    const made = configurationOf(asked, variant, scale, data);
    if (!made.ok) return made;
    // Groups change nothing where every layer has its own already.
    const graph = JSON.stringify(made.value.trainee.graph);
    if (graphs.has(graph)) continue;
    graphs.add(graph);
    runs.push({ name: runName(asked, variant, scale), variant, configuration: made.value });
  }
  return { ok: true, value: runs };
}

/** The network of a variant for one image, or why there is none. */
function traineeOf(
  { state, network }: Asked,
  variant: Variant,
  scale: Scale,
  { train }: TrainingSets,
): ModelResult<Trainee> {
  if (state.network === 'network') return networkModel(network, train, variant);
  const { channels, classes } = train;
  const width = variant.width * scale.width;
  const graph = smallNetworkInNetwork({ ...variant, channels, classes, width, batchNorm: state.batchNorm });
  return { ok: true, value: { graph, input: smallNetworkInput, logits: smallNetworkLogits } };
}

export function configurationOf(
  asked: Asked,
  variant: Variant,
  scale: Scale,
  data: TrainingSets,
): ModelResult<TrainingConfiguration> {
  const trainee = traineeOf(asked, variant, scale, data);
  return trainee.ok ? { ok: true, value: configured(trainee.value, asked.state, data) } : trainee;
}

function configured(trainee: Trainee, state: TrainState, { train }: TrainingSets): TrainingConfiguration {
  return {
    trainee,
    data: train,
    optimizer: optimizerOf(state),
    schedule: scheduleOf(state),
    augmentation: { flip: state.augment.flip, crop: state.augment.crop ? cropMargin : 0 },
    batch: Math.min(state.batchSize, train.labels.length),
    epochs: state.epochs,
    seed: state.seed,
  };
}

/** Zeros on each side that a crop may take (He et al. 2016: 4 of 32). */
const cropMargin = 3;

function optimizerOf({ optimiser, learningRate, momentum, weightDecay }: TrainState): Optimizer {
  return optimiser === 'sgd'
    ? { method: 'sgd', learningRate, momentum, nesterov: momentum > 0, weightDecay }
    : { method: optimiser, learningRate, betas: [0.9, 0.999], eps: 1e-8, weightDecay };
}

function scheduleOf({ schedule }: TrainState): Schedule {
  switch (schedule) {
    case 'constant':
      return { kind: 'constant' };
    case 'cosine':
      return { kind: 'cosine', warmUp: 0.05 };
    case 'step':
      return { kind: 'step', every: 0.3, factor: 0.1 };
    default:
      schedule satisfies never;
      throw new Error('unknown schedule');
  }
}

export interface Price {
  readonly parameters: number;
  /** For one image. */
  readonly macs: number;
}

export function priceOf(graph: Graph, { channels, height, width }: TrainingSets['train']): Price {
  const shapes = inferShapes(graph, { [pictureNode]: [1, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const { total } = costOf(graph, shapes.value);
  return { parameters: total.parameters, macs: total.macs };
}
