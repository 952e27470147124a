/**
 * Channels follow: after an edit every layer takes the channels of what it now reads, in the order of the network, so that a changed
 * `out_channels` goes through norms and depthwise layers up to the next layer that mixes channels. A join is never changed: where its
 * inputs do not fit it keeps its error (`inferEach`).
 */

import type { Moved } from '../../operators/conv2d/limits.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { dimensions, type Quad } from '../../operators/tensors.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { offsetChannels } from './fitOffsets.ts';

/** An attribute of a node that had to move, by PyTorch's name. */
export interface MovedAt extends Moved {
  readonly node: NodeId;
}

export interface Fitted {
  readonly graph: Graph;
  readonly moved: readonly MovedAt[];
}

/** What the network was before the edit, with its shapes: a slice that read all of an axis, or half of it, still does. */
export interface Earlier {
  readonly graph: Graph;
  readonly shapes: Shapes;
}

/** The network with every layer fitted to what it reads, given the shape of every `input` node. Nodes behind an error stay as they are. */
export function fitChannels(graph: Graph, inputs: Shapes, earlier: Earlier | null = null): Fitted {
  const shapes: Record<NodeId, Shape> = {};
  const moved: MovedAt[] = [];
  const offsets = offsetChannels(graph);
  const nodes = graph.nodes.map((node): GraphNode => {
    const read =
      node.operator.kind === 'input' ? given(inputs, node.id) : node.inputs.map((id) => given(shapes, id)[0]);
    const known = read.filter((shape) => shape !== undefined);
    if (known.length !== read.length || known.length === 0) return node;
    const operator = withOutputs(fitted(node, known, earlier), offsets.get(node.id));
    const arity = operator.kind === 'input' ? 1 : rulesOf(operator).arity(operator);
    const output = arity === null || arity === known.length ? rulesOf(operator).outputShape(operator, known) : null;
    if (output?.ok) shapes[node.id] = output.value;
    if (operator === node.operator) return node;
    moved.push(...changes(node.id, node.operator, operator));
    return { ...node, operator };
  });
  return moved.length === 0 ? { graph, moved } : { graph: { nodes }, moved };
}

const given = (shapes: Shapes, id: NodeId): readonly (Shape | undefined)[] => [
  Object.hasOwn(shapes, id) ? shapes[id] : undefined,
];

/** A convolution with so many outputs. */
function withOutputs(operator: Operator, outChannels: number | undefined): Operator {
  if (outChannels === undefined || operator.kind !== 'conv2d' || operator.outChannels === outChannels) return operator;
  return { ...operator, outChannels };
}

/** The operator itself where nothing has to move. */
function fitted(node: GraphNode, read: readonly Shape[], earlier: Earlier | null): Operator {
  const { operator } = node;
  const shape = read[0]!;
  const [images, channels, height, width] = shape;
  switch (operator.kind) {
    case 'input':
      return operator.channels === channels ? operator : { ...operator, channels };
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d': {
      if (operator.inChannels === channels) return operator;
      return { ...operator, inChannels: channels, ...fitGroups(operator, channels) };
    }
    case 'locally_connected2d': {
      const [h, w] = operator.inputSize;
      if (operator.inChannels === channels && h === height && w === width) return operator;
      return { ...operator, inChannels: channels, inputSize: [height, width] };
    }
    case 'linear':
      return operator.inFeatures === channels || height !== 1 || width !== 1
        ? operator
        : { ...operator, inFeatures: channels };
    case 'batch_norm2d':
      return operator.numFeatures === channels ? operator : { ...operator, numFeatures: channels };
    case 'layer_norm2d':
      return operator.numChannels === channels ? operator : { ...operator, numChannels: channels };
    case 'group_norm': {
      if (operator.numChannels === channels) return operator;
      const isInstanceNorm = operator.numGroups === operator.numChannels;
      const numGroups = isInstanceNorm ? channels : divisorBelow(operator.numGroups, channels);
      return { ...operator, numChannels: channels, numGroups };
    }
    case 'prelu':
      return operator.numParameters === 1 || operator.numParameters === channels
        ? operator
        : { ...operator, numParameters: channels };
    case 'channel_shuffle': {
      const groups = divisorBelow(operator.groups, channels);
      return operator.groups === groups ? operator : { ...operator, groups };
    }
    case 'reshape': {
      const [n, c, h, w] = operator.shape;
      const isFlatten = h === 1 && w === 1;
      const features = channels * height * width;
      if (!isFlatten || (n === images && c === features)) return operator;
      return { ...operator, shape: [images, features, 1, 1] };
    }
    case 'slice':
      return fitSlice(node.id, operator, shape, earlier);
    case 'activation':
    case 'adaptive_pool2d':
    case 'arithmetic':
    case 'concat':
    case 'depth_to_space':
    case 'dropout':
    case 'elementwise':
    case 'local_response_norm':
    case 'pad':
    case 'permute':
    case 'pool2d':
    case 'reduce':
    case 'resize':
    case 'softmax':
    case 'space_to_depth':
    // Gradients are made anew of the network that has changed.
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      return operator;
    default:
      operator satisfies never;
      return operator;
  }
}

interface Channels {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
}

/** A depthwise layer stays one, with as many filters for each channel; other groups become the nearest divisor below. */
function fitGroups({ inChannels, outChannels, groups }: Channels, channels: number): Omit<Channels, 'inChannels'> {
  const isDepthwise = groups > 1 && groups === inChannels && outChannels % inChannels === 0;
  if (isDepthwise) return { groups: channels, outChannels: (outChannels / inChannels) * channels };
  return { groups: divisorBelow(groups, channels, outChannels), outChannels };
}

/** The largest number that is no more than `value` and divides all of `numbers`; at least 1. */
export function divisorBelow(value: number, ...numbers: readonly number[]): number {
  for (let divisor = Math.min(Math.floor(value), ...numbers); divisor > 1; divisor--)
    if (numbers.every((number) => number % divisor === 0)) return divisor;
  return 1;
}

type SliceOf = Extract<Operator, { readonly kind: 'slice' }>;

/** Each axis keeps its share of what it reads, where that share is a whole number of entries. */
function fitSlice(id: NodeId, slice: SliceOf, shape: Shape, earlier: Earlier | null): SliceOf {
  const before = earlier?.graph.nodes.find((node) => node.id === id)?.inputs[0];
  const was = before === undefined ? undefined : earlier?.shapes[before];
  if (!was || dimensions.every((axis) => was[axis] === shape[axis])) return slice;
  const scaled = (value: number, axis: 0 | 1 | 2 | 3) => (value * shape[axis]) / was[axis];
  const fits = dimensions.map(
    (axis) =>
      slice.step[axis] === 1 &&
      Number.isInteger(scaled(slice.start[axis], axis)) &&
      Number.isInteger(scaled(slice.count[axis], axis)),
  );
  const along = (values: Quad): Quad => {
    const [n, c, h, w] = dimensions.map((axis) => (fits[axis] ? scaled(values[axis], axis) : values[axis]));
    return [n!, c!, h!, w!];
  };
  return { ...slice, start: along(slice.start), count: along(slice.count) };
}

/** PyTorch's names of what this file moves. */
const names: Readonly<Record<string, string>> = {
  channels: 'channels',
  inChannels: 'in_channels',
  outChannels: 'out_channels',
  groups: 'groups',
  inputSize: 'input_size',
  inFeatures: 'in_features',
  numFeatures: 'num_features',
  numChannels: 'num_channels',
  numGroups: 'num_groups',
  numParameters: 'num_parameters',
  shape: 'shape',
  start: 'start',
  count: 'count',
};

function changes(node: NodeId, before: Operator, after: Operator): readonly MovedAt[] {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .map(([key, value]) => ({ node, attribute: names[key] ?? key, from: inCode(old.get(key)), to: inCode(value) }))
    .filter(({ from, to }) => from !== to);
}

function inCode(value: unknown): string {
  return Array.isArray(value) ? `(${value.join(', ')})` : String(value);
}
