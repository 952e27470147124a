/**
 * What the Train screen trains: the data, the network, its variants side by side, and how. Runs, their weights and their curves are kept
 * apart, as checkpoints named by this (`live/train/`).
 */
import type { NodeId } from '../graph/graph.ts';
import { fieldsOf, listOf, readBoolean, readInteger, readNumber, readOneOf } from './fields.ts';
import { type OwnFile, readOwnFiles } from './ownFiles.ts';
import { parseNodeName } from './parse/parseNetwork.ts';

export const trainingData = ['fashion-mnist', 'patches', 'shapes', 'files'] as const;
/** The small Network-in-Network, or the network of the Network screen with a classifier. */
export const trainedModels = ['nin', 'network'] as const;
export const optimiserNames = ['sgd', 'adam', 'adamw'] as const;
export const scheduleNames = ['constant', 'cosine', 'step'] as const;
/** What networks with filter groups have in common with the one without: their channels, their parameters, or their operations. */
export const groupMatches = ['channels', 'parameters', 'macs'] as const;
export type GroupMatch = (typeof groupMatches)[number];
export const groupCounts = [1, 2, 4, 8, 16] as const;
/** Twice as many as any data set has that is read here. */
export const mostDataFiles = 16;
export const trainedWidths = [0.25, 0.5, 1, 2, 4] as const;

/** What a person's own file is for: images and labels, or weights that runs begin with. */
export const fileUses = ['data', 'weights'] as const;
export interface TrainFile extends OwnFile {
  readonly use: (typeof fileUses)[number];
}
/** Weights before the first step: drawn by the seed, or those of a file. */
export const trainStarts = ['drawn', 'file'] as const;

export interface TrainState {
  readonly data: (typeof trainingData)[number];
  /** A person's own; at most one of weights. */
  readonly files: readonly TrainFile[];
  readonly start: (typeof trainStarts)[number];
  readonly network: (typeof trainedModels)[number];
  /** What the runs differ in: filter groups, or channels. */
  readonly compare: 'groups' | 'widths';
  readonly groups: readonly number[];
  /** At what price networks of other groups are compared. */
  readonly match: GroupMatch;
  readonly widths: readonly number[];
  readonly batchNorm: boolean;
  readonly optimiser: (typeof optimiserNames)[number];
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly schedule: (typeof scheduleNames)[number];
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly augment: { readonly flip: boolean; readonly crop: boolean };
}

/** Where one looks; kept and linked, never undone. */
export interface TrainView {
  /** The matrices that were measured on CIFAR-10, or those of the person's own runs. */
  readonly source: 'measured' | 'runs';
  /** Which run is looked at, by its place among the variants. */
  readonly run: number;
  readonly measure: 'whitened' | 'pearson';
  readonly isSigned: boolean;
  readonly scale: 'shared' | 'own';
  readonly filter: number;
  /** The layer whose maps on the photo are looked at; null: the first convolution. */
  readonly layer: NodeId | null;
  /** Of the pair whose correlation is looked at, the second layer; null: the usual one. */
  readonly pair: NodeId | null;
  /** The training loss whose price is told. */
  readonly loss: number;
}

export const lossRange = { min: 0.05, max: 2.3 } as const;
export const defaultLoss = 0.8;

export const trainRanges = {
  // Far beyond what trains anything: a person may see what becomes of a loss.
  learningRate: { min: 1e-5, max: 1000 },
  momentum: { min: 0, max: 0.999 },
  weightDecay: { min: 0, max: 0.5 },
  batchSize: { min: 8, max: 512 },
  epochs: { min: 1, max: 200 },
} as const;

export const defaultTrain: TrainState = {
  data: 'fashion-mnist',
  files: [],
  start: 'drawn',
  network: 'nin',
  compare: 'groups',
  groups: groupCounts,
  match: 'channels',
  widths: [0.5, 1, 2],
  batchNorm: true,
  optimiser: 'adamw',
  learningRate: 0.002,
  momentum: 0.9,
  weightDecay: 0.01,
  schedule: 'cosine',
  batchSize: 64,
  epochs: 20,
  seed: 42,
  augment: { flip: false, crop: false },
};

export function parseTrain(value: unknown): TrainState {
  const fields = fieldsOf(value);
  if (!fields) return defaultTrain;
  const augment = fieldsOf(fields.augment) ?? {};
  const number = (name: 'learningRate' | 'momentum' | 'weightDecay') =>
    readNumber(fields[name], trainRanges[name].min, trainRanges[name].max, defaultTrain[name]);
  const integer = (name: 'batchSize' | 'epochs') =>
    readInteger(fields[name], trainRanges[name].min, trainRanges[name].max, defaultTrain[name]);
  return {
    data: readOneOf(fields.data, trainingData, defaultTrain.data),
    files: readTrainFiles(fields.files),
    start: readOneOf(fields.start, trainStarts, 'drawn'),
    network: readOneOf(fields.network, trainedModels, 'nin'),
    compare: readOneOf(fields.compare, ['groups', 'widths'], 'groups'),
    match: readOneOf(fields.match, groupMatches, 'channels'),
    groups: someOf(groupCounts, fields.groups, defaultTrain.groups),
    widths: someOf(trainedWidths, fields.widths, defaultTrain.widths),
    batchNorm: readBoolean(fields.batchNorm, true),
    optimiser: readOneOf(fields.optimiser, optimiserNames, defaultTrain.optimiser),
    learningRate: number('learningRate'),
    momentum: number('momentum'),
    weightDecay: number('weightDecay'),
    schedule: readOneOf(fields.schedule, scheduleNames, defaultTrain.schedule),
    batchSize: integer('batchSize'),
    epochs: integer('epochs'),
    seed: readInteger(fields.seed, 0, 2 ** 32 - 1, defaultTrain.seed),
    augment: { flip: readBoolean(augment.flip, false), crop: readBoolean(augment.crop, false) },
  };
}

export function parseTrainView(value: unknown): TrainView {
  const fields = fieldsOf(value) ?? {};
  return {
    source: readOneOf(fields.source, ['measured', 'runs'], 'measured'),
    run: readInteger(fields.run, 0, groupCounts.length - 1, 0),
    measure: readOneOf(fields.measure, ['whitened', 'pearson'], 'whitened'),
    isSigned: readBoolean(fields.isSigned, false),
    scale: readOneOf(fields.scale, ['shared', 'own'], 'shared'),
    filter: readInteger(fields.filter, 0, 4096, 0),
    layer: parseNodeName(fields.layer),
    pair: parseNodeName(fields.pair),
    loss: readNumber(fields.loss, lossRange.min, lossRange.max, defaultLoss),
  };
}

function readTrainFiles(value: unknown): readonly TrainFile[] {
  return listOf(value)
    .slice(0, mostDataFiles + 1)
    .flatMap((each) =>
      readOwnFiles([each], 1).map((file) => ({ ...file, use: readOneOf(fieldsOf(each)?.use, fileUses, 'data') })),
    );
}

export const filesFor = (use: TrainFile['use'], { files }: Pick<TrainState, 'files'>): readonly TrainFile[] =>
  files.filter((file) => file.use === use);

/** Those of the choices that are named, in the choices' order; at least one. */
function someOf(choices: readonly number[], value: unknown, fallback: readonly number[]): readonly number[] {
  const named = listOf(value);
  const chosen = choices.filter((choice) => named.includes(choice));
  return chosen.length > 0 ? chosen : fallback;
}
