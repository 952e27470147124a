/**
 * What removed channels gave, where it does not depend on the picture: a filter of zeros gives its bias, and what reads it gives what it
 * makes of that. Followed in float64 through every operator between two layers, with padding and all, so that the border is as it was.
 */

import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Operator } from '../../operators/index.ts';
import type { HostTensor, ParameterValues, Shape } from '../../operators/operator.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { channelFlow } from './channelFlow.ts';
import { type KeptChannels, shuffled } from './keptChannels.ts';
import type { Merge } from './mergedCopies.ts';
import { type Channels, restrict } from './restrict.ts';

export interface RemovedMaps {
  /** Old channels, ascending. */
  readonly channels: Channels;
  /** [1, channels, h, w] */
  readonly maps: HostTensor<Float64Array>;
  /** By channel: no image was asked, the channel's filter is numerically zero. */
  readonly isExact: readonly boolean[];
}

/** Values that a node's channels have on average, by old channel; taken for removed channels whose filter is not zero. */
export type ChannelMeans = Readonly<Record<NodeId, ArrayLike<number>>>;

/** A filter counts as zero up to this share of the layer's largest |w|. */
const zeroShare = 1e-6;

/** The maps of the removed channels of every node that loses some; null where they depend on the picture. */
export function removedChannels(
  graph: Graph,
  parameters: GraphParameters,
  shapes: Shapes,
  kept: KeptChannels,
  { means, merges }: { readonly means: ChannelMeans; readonly merges: readonly Merge[] },
): ReadonlyMap<NodeId, RemovedMaps | null> {
  const all = new Map<NodeId, RemovedMaps | null>();
  for (const node of graph.nodes) {
    const stays = new Set(kept[node.id]!);
    const channels = rangeTo(shapes[node.id]![1]).filter((c) => !stays.has(c));
    if (channels.length === 0) continue;
    const found = mapsOf(node, channels, parameters[node.id] ?? null, shapes, all);
    const given = givenConstants(node.id, channels, { means, merges }, found);
    all.set(node.id, withConstants(found, channels, given, shapes[node.id]!));
  }
  return all;
}

function mapsOf(
  { id, operator, inputs }: GraphNode,
  channels: Channels,
  parameters: ParameterValues | null,
  shapes: Shapes,
  before: ReadonlyMap<NodeId, RemovedMaps | null>,
): RemovedMaps | null {
  const sizes = inputs.map((input) => shapes[input]!);
  const flow = channelFlow(operator, sizes);
  const shape = shapes[id]!;
  switch (flow.kind) {
    case 'makes': {
      const { bias } = parameters ?? { bias: null };
      return {
        channels,
        maps: constantMaps(
          channels.map((c) => bias?.[c] ?? 0),
          shape,
        ),
        isExact: zeroFilters(operator, parameters, channels),
      };
    }
    case 'keeps':
    case 'spreads': {
      const removed = inputs.map((input) => before.get(input) ?? null);
      const known = removed.filter((maps) => maps !== null);
      if (known.length < removed.length) return null;
      const lists = { inputs: known.map((maps) => maps.channels), output: channels };
      const part = restrict(ofOneImage(operator), parameters, lists);
      if (!part) return null;
      const maps = arithmeticOf(part.operator).reference(
        part.operator,
        known.map((one) => one.maps),
        part.parameters,
      ).output;
      const times = flow.kind === 'spreads' ? flow.times : 1;
      const isExact = channels.map((_, i) => known.every((one) => one.isExact[Math.floor(i / times)]!));
      return { channels, maps, isExact };
    }
    case 'joins': {
      const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size[1], 0));
      return gathered(channels, shape, (c) => {
        const i = starts.findLastIndex((start) => start <= c);
        return [before.get(inputs[i]!) ?? null, c - starts[i]!];
      });
    }
    case 'extends': {
      const part = before.get(inputs[0]!) ?? null;
      const fresh = { channels: [0], maps: constantMaps([flow.value], shape), isExact: [true] };
      return gathered(channels, shape, (c) =>
        c < flow.before || c >= shape[1] - flow.after
          ? [fresh, 0]
          : [part && paddedAround(operator, part, shape), c - flow.before],
      );
    }
    case 'shuffles': {
      const from = new Map(rangeTo(shape[1]).map((c) => [shuffled(c, shape[1], flow.groups), c]));
      return gathered(channels, shape, (c) => [before.get(inputs[0]!) ?? null, from.get(c)!]);
    }
    case 'all':
      return null;
    default:
      return flow satisfies never;
  }
}

/** Maps with the rows and columns that a pad of all axes adds to them. */
function paddedAround(operator: Operator, part: RemovedMaps, [, , height, width]: Shape): RemovedMaps {
  if (operator.kind !== 'pad' || (part.maps.shape[2] === height && part.maps.shape[3] === width)) return part;
  const before = [0, 0, operator.before[2], operator.before[3]] as const;
  const after = [0, 0, operator.after[2], operator.after[3]] as const;
  const around: Operator = { ...operator, before, after };
  return { ...part, maps: arithmeticOf(around).reference(around, [part.maps], null).output };
}

/** Removed channels of an output that are removed channels of inputs, one by one. */
function gathered(
  channels: Channels,
  [, , height, width]: Shape,
  sourceOf: (channel: number) => readonly [RemovedMaps | null, number],
): RemovedMaps | null {
  const plane = height * width;
  const values = new Float64Array(channels.length * plane);
  const isExact: boolean[] = [];
  for (const [i, channel] of channels.entries()) {
    const [source, c] = sourceOf(channel);
    const at = source?.channels.indexOf(c) ?? -1;
    if (!source || at < 0) return null;
    values.set(source.maps.values.subarray(at * plane, (at + 1) * plane), i * plane);
    isExact.push(source.isExact[at]!);
  }
  return { channels, maps: { shape: [1, channels.length, height, width], values }, isExact };
}

/** By removed channel: the constant that stands for its map; null where the map that was found is taken. A copy's is its intercept. */
function givenConstants(
  id: NodeId,
  channels: Channels,
  { means, merges }: { readonly means: ChannelMeans; readonly merges: readonly Merge[] },
  found: RemovedMaps | null,
): readonly (number | null)[] {
  return channels.map((c, i) => {
    const merge = merges.find(({ node, copy }) => node === id && copy === c);
    if (merge) return merge.intercept;
    return found?.isExact[i] ? null : (means[id]?.[c] ?? null);
  });
}

function withConstants(
  found: RemovedMaps | null,
  channels: Channels,
  given: readonly (number | null)[],
  shape: Shape,
): RemovedMaps | null {
  if (!found && given.includes(null)) return null;
  const maps = constantMaps(
    given.map((constant) => constant ?? 0),
    shape,
  );
  const plane = shape[2] * shape[3];
  given.forEach((constant, i) => {
    if (found && constant === null) maps.values.set(found.maps.values.subarray(i * plane, (i + 1) * plane), i * plane);
  });
  const isExact = given.map((constant, i) => constant === null && (found?.isExact[i] ?? false));
  return { channels, maps, isExact };
}

function constantMaps(constants: readonly number[], [, , height, width]: Shape): HostTensor<Float64Array> {
  const plane = height * width;
  const values = new Float64Array(constants.length * plane);
  constants.forEach((constant, i) => {
    values.fill(constant, i * plane, (i + 1) * plane);
  });
  return { shape: [1, constants.length, height, width], values };
}

function zeroFilters(operator: Operator, parameters: ParameterValues | null, channels: Channels): readonly boolean[] {
  // The filters of a transposed convolution are columns; they are not looked at.
  if (!parameters || (operator.kind !== 'conv2d' && operator.kind !== 'linear')) return channels.map(() => false);
  const { weight } = parameters;
  const length = weight.length / (operator.kind === 'linear' ? operator.outFeatures : operator.outChannels);
  const limit = zeroShare * weight.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  return channels.map((c) => weight.subarray(c * length, (c + 1) * length).every((w) => Math.abs(w) <= limit));
}

/** Attributes that name the number of images, for one. */
function ofOneImage(operator: Operator): Operator {
  const one = ([, c, h, w]: Shape): Shape => [1, c, h, w];
  if (operator.kind === 'reshape') return { ...operator, shape: one(operator.shape) };
  if (operator.kind === 'slice')
    return { ...operator, count: one(operator.count), start: [0, ...tail(operator.start)] };
  return operator;
}

const tail = ([, c, h, w]: Shape): readonly [number, number, number] => [c, h, w];
