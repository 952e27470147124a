/**
 * What the Channels screen shows: whose channels, on which pictures, and which of them are taken out. Statistics, correlations and the pruned
 * network are functions of this (`live/channels/`). The screen reads it when it is open (`unread.ts`).
 */
import type { NodeId } from '../graph/graph.ts';
import { type Fields, fieldsOf, listOf, readInteger, readNumber, readOneOf } from './fields.ts';
import { type OwnFile, readOwnFiles } from './ownFiles.ts';

export const imageSources = ['photo', 'samples', 'files', 'fashion-mnist'] as const;
export type ImageSource = (typeof imageSources)[number];

/** What becomes of the constant that a removed channel gave to its readers. */
export const constantTreatments = ['drop', 'bias', 'bias-map'] as const;
export type ConstantTreatment = (typeof constantTreatments)[number];

/** copy ≈ slope · kept + intercept, among the channels of `node`. */
export interface ChosenMerge {
  readonly node: NodeId;
  readonly kept: number;
  readonly copy: number;
  readonly slope: number;
  readonly intercept: number;
}

export interface ChannelsState {
  /** A trained network's name, or 'network' for the one of the Network screen. */
  readonly model: string;
  readonly images: {
    readonly source: ImageSource;
    /** Pictures of a data set. */
    readonly count: number;
    /** Longest side in pixels; null: the first choice for the network and the device. */
    readonly size: number | null;
  };
  /** A person's own pictures. */
  readonly files: readonly OwnFile[];
  /** Removed output channels by layer, each list in ascending order. */
  readonly removed: Readonly<Record<NodeId, readonly number[]>>;
  /** Channels that are nearly copies of others, and go into them. */
  readonly merges: readonly ChosenMerge[];
  readonly constants: ConstantTreatment;
}

export const deadRules = ['silent', 'zero-filter', 'constant', 'apoz', 'l1', 'l2', 'gamma'] as const;
export type DeadRuleName = (typeof deadRules)[number];
export const correlationMeasures = ['pearson', 'whitened', 'both'] as const;
export const channelOrders = ['stored', 'cluster', 'group'] as const;

/** Where one looks; kept and linked, never undone. */
export interface ChannelsView {
  /** The layer that is looked at; null: the first. */
  readonly layer: NodeId | null;
  /** The layer that it is held against; null: the next that reads it. */
  readonly other: NodeId | null;
  readonly channel: number;
  readonly otherChannel: number;
  readonly rule: DeadRuleName;
  /** Null: the rule's own. */
  readonly threshold: number | null;
  readonly measure: (typeof correlationMeasures)[number];
  readonly order: (typeof channelOrders)[number];
  readonly stage: 'after' | 'before';
  /** Whose maps are shown, by its place among the pictures. */
  readonly picture: number;
  /** The layer behind whose maps are shown before and after pruning; null: the last one. */
  readonly later: NodeId | null;
  /** Which of its channels; null: the one that changes most. */
  readonly laterChannel: number | null;
  /** |correlation| from which two channels count as nearly copies. */
  readonly likeness: number;
}

const longestName = 128;
const mostChannels = 4096;
const mostFiles = 512;
const mostMerges = 1024;
export const likenessRange = { min: 0.5, max: 1 } as const;
/** Of Fashion-MNIST's test images that ship. */
export const dataSetCounts = { min: 1, max: 1000 } as const;
export const channelsSizes = { min: 16, max: 1024 } as const;

export const defaultChannels: ChannelsState = {
  model: 'posenet',
  images: { source: 'photo', count: 200, size: null },
  files: [],
  removed: {},
  merges: [],
  constants: 'bias',
};

/** A state of the Channels screen from anything; whether its layers are there is known when the network is. */
export function parseChannels(value: unknown): ChannelsState {
  const fields = fieldsOf(value);
  if (!fields) return defaultChannels;
  const images = fieldsOf(fields.images) ?? {};
  const removed = Object.entries(fieldsOf(fields.removed) ?? {}).slice(0, mostChannels);
  return {
    model: nameOf(fields.model) ?? defaultChannels.model,
    images: {
      source: readOneOf(images.source, imageSources, 'photo'),
      count: readInteger(images.count, dataSetCounts.min, dataSetCounts.max, defaultChannels.images.count),
      size:
        typeof images.size === 'number' ? readInteger(images.size, channelsSizes.min, channelsSizes.max, 224) : null,
    },
    files: readOwnFiles(fields.files, mostFiles),
    removed: Object.fromEntries(
      removed.flatMap(([name, channels]) => (nameOf(name) === null ? [] : [[name, channelList(channels)]])),
    ),
    merges: listOf(fields.merges).slice(0, mostMerges).flatMap(mergeOf),
    constants: readOneOf(fields.constants, constantTreatments, defaultChannels.constants),
  };
}

export function parseChannelsView(value: unknown): ChannelsView {
  const fields: Fields = fieldsOf(value) ?? {};
  return {
    layer: nameOf(fields.layer),
    other: nameOf(fields.other),
    channel: readInteger(fields.channel, 0, mostChannels, 0),
    otherChannel: readInteger(fields.otherChannel, 0, mostChannels, 0),
    rule: readOneOf(fields.rule, deadRules, 'silent'),
    threshold: typeof fields.threshold === 'number' ? readNumber(fields.threshold, 0, 3.4e38, 0) : null,
    measure: readOneOf(fields.measure, correlationMeasures, 'both'),
    order: readOneOf(fields.order, channelOrders, 'stored'),
    stage: readOneOf(fields.stage, ['after', 'before'], 'after'),
    picture: readInteger(fields.picture, 0, dataSetCounts.max - 1, 0),
    later: nameOf(fields.later),
    laterChannel: typeof fields.laterChannel === 'number' ? readInteger(fields.laterChannel, 0, mostChannels, 0) : null,
    likeness: readNumber(fields.likeness, likenessRange.min, likenessRange.max, 0.99),
  };
}

/** No layer is called as what every object has. */
const nameOf = (value: unknown) =>
  typeof value === 'string' && value.length <= longestName && !(value in {}) ? value : null;

function channelList(value: unknown): readonly number[] {
  const channels = listOf(value).filter((each) => typeof each === 'number' && each >= 0 && each < mostChannels);
  return [...new Set(channels.map((each) => Math.floor(Number(each))))].sort((a, b) => a - b);
}

function mergeOf(value: unknown): readonly ChosenMerge[] {
  const fields = fieldsOf(value);
  const node = nameOf(fields?.node);
  if (!fields || node === null) return [];
  const channel = (read: unknown) => readInteger(read, 0, mostChannels, 0);
  const number = (read: unknown) => readNumber(read, -3.4e38, 3.4e38, 0);
  const merge = { node, kept: channel(fields.kept), copy: channel(fields.copy) };
  return merge.kept === merge.copy
    ? []
    : [{ ...merge, slope: number(fields.slope), intercept: number(fields.intercept) }];
}
