/**
 * The channels of a network whose layers all get more or fewer of them (a width multiplier, Howard et al. 2017), so that everything still
 * fits. Nodes that must have equally many are one class: what passes channels on, as norms, activations, pooling and depthwise layers do,
 * and what is added. A class has the scaled number, but
 *
 *   - what the network reads, what it gives (its classes) and the offsets of a deformable layer keep theirs;
 *   - behind a concatenation, a cut, a depthwise multiplier or a shuffle into pixels it follows from the channels before;
 *   - the wide part of an inverted bottleneck keeps its expansion, as in MobileNet V2: a 1 x 1 layer that multiplies the channels by a
 *     whole number of at least 3, read by a depthwise one;
 *   - in a network of such bottlenecks the last layer in front of the mean over all positions never has fewer (section 5 of Sandler et al.
 *     2018: below a width of 1 the multiplier leaves it alone).
 */
import type { Operator } from '../../operators/index.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { isDepthwise } from '../growth/varyOperator.ts';
import type { Shapes } from '../infer.ts';
import { movedCut } from './refit.ts';

/** Output channels of every node. `scale`: those of a free layer, from what it has. */
export function scaledChannels(
  graph: Graph,
  shapes: Shapes,
  scale: (channels: number) => number,
): Readonly<Record<NodeId, number>> {
  const classes = classesOf(graph, shapes);
  const members = new Map<NodeId, GraphNode[]>();
  for (const node of graph.nodes) {
    const root = classes.of(node.id);
    members.set(root, [...(members.get(root) ?? []), node]);
  }
  const kept = keptNodes(graph);
  const heads = headsOf(graph, classes);
  const known = new Map<NodeId, number>();
  const inWork = new Set<NodeId>();
  const now = (id: NodeId) => shapes[id]![1];

  const channelsOf = (id: NodeId): number => {
    const root = classes.of(id);
    const found = known.get(root);
    if (found !== undefined) return found;
    // A class that follows from itself (what is concatenated and then added to what it was cut from) is scaled like a free one.
    if (inWork.has(root)) return scale(now(id));
    inWork.add(root);
    const own = members.get(root)!;
    const channels = own.some((node) => kept.has(node.id)) ? now(root) : channelsOfClass(own);
    inWork.delete(root);
    known.set(root, channels);
    return channels;
  };

  const channelsOfClass = (own: readonly GraphNode[]): number => {
    for (const node of own) {
      const derived = derivedFrom(node, own);
      if (derived !== null) return derived;
    }
    const channels = now(own[0]!.id);
    const multiple = Math.max(1, ...graph.nodes.map((node) => blockRead(node, own)));
    const scaled = own.some(({ id }) => heads.has(id)) ? Math.max(channels, scale(channels)) : scale(channels);
    return Math.ceil(scaled / multiple) * multiple;
  };

  const derivedFrom = (node: GraphNode, own: readonly GraphNode[]): number | null => {
    const { operator, inputs } = node;
    const [source] = inputs;
    if (source === undefined) return null;
    switch (operator.kind) {
      case 'concat':
        return operator.axis === 1 ? inputs.reduce((sum, input) => sum + channelsOf(input), 0) : null;
      case 'slice': {
        const [first, count] = [operator.start[1], operator.count[1]];
        if (count === now(source)) return null;
        const cut = (at: number) => movedCut(at, now(source), channelsOf(source));
        return cut(first + count) - cut(first);
      }
      case 'depth_to_space':
        return channelsOf(source) / operator.block ** 2;
      case 'space_to_depth':
        return channelsOf(source) * operator.block ** 2;
      case 'conv2d': {
        const factor = operator.outChannels / operator.inChannels;
        if (isDepthwise(operator)) return factor === 1 ? null : channelsOf(source) * factor;
        return isExpansion(operator) && own.some((each) => isDepthwise(each.operator))
          ? channelsOf(source) * factor
          : null;
      }
      case 'reshape':
        return isFlattening(node, shapes) ? channelsOf(source) * shapes[source]![2] * shapes[source]![3] : null;
      default:
        return null;
    }
  };

  return Object.fromEntries(graph.nodes.map(({ id }) => [id, channelsOf(id)]));
}

/** A 1 x 1 layer that multiplies the channels by a whole number of at least 3. */
function isExpansion(operator: Operator): boolean {
  if (operator.kind !== 'conv2d' || operator.groups !== 1) return false;
  const factor = operator.outChannels / operator.inChannels;
  return operator.kernelSize[0] * operator.kernelSize[1] === 1 && Number.isInteger(factor) && factor >= 3;
}

/** The 1 x 1 layers that widen in front of a mean over all positions, in a network that has inverted bottlenecks. */
function headsOf({ nodes }: Graph, classes: Classes): ReadonlySet<NodeId> {
  const sharing = (isOne: (each: Operator) => boolean) =>
    new Set(nodes.filter(({ operator }) => isOne(operator)).map(({ id }) => classes.of(id)));
  const depthwise = sharing(isDepthwise);
  const expansions = nodes.filter(({ operator }) => isExpansion(operator));
  if (!expansions.some(({ id }) => depthwise.has(classes.of(id)))) return new Set();
  const averaged = sharing(
    (each) => each.kind === 'adaptive_pool2d' && each.outputSize[0] === 1 && each.outputSize[1] === 1,
  );
  const isHead = ({ id }: GraphNode) => averaged.has(classes.of(id)) && !depthwise.has(classes.of(id));
  return new Set(expansions.filter(isHead).map(({ id }) => id));
}

/** The channels that must be whole: those that a shuffle into pixels of one of `own` divides by. */
function blockRead({ operator, inputs }: GraphNode, own: readonly GraphNode[]): number {
  return operator.kind === 'depth_to_space' && own.some(({ id }) => id === inputs[0]) ? operator.block ** 2 : 1;
}

function isFlattening({ id, inputs }: GraphNode, shapes: Shapes): boolean {
  const [read, written] = [shapes[inputs[0]!]!, shapes[id]!];
  return written[1] === read[1] * read[2] * read[3] && written[1] !== read[1];
}

/** Nodes whose channels nobody may change. */
function keptNodes({ nodes }: Graph): ReadonlySet<NodeId> {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const kept = new Set<NodeId>();
  for (const { id, operator, inputs } of nodes) {
    if (operator.kind === 'input' || !read.has(id)) kept.add(id);
    if (operator.kind === 'deform_conv2d') for (const offsets of inputs.slice(1)) kept.add(offsets);
    // Rows and channels may change places there, so what goes in stays too.
    if (operator.kind === 'permute') for (const each of [id, ...inputs]) kept.add(each);
  }
  return kept;
}

interface Classes {
  /** The node that stands for all of its class. */
  of(id: NodeId): NodeId;
}

function classesOf({ nodes }: Graph, shapes: Shapes): Classes {
  const parents = new Map<NodeId, NodeId>();
  const of = (id: NodeId): NodeId => {
    const parent = parents.get(id);
    return parent === undefined || parent === id ? id : of(parent);
  };
  for (const node of nodes)
    for (const input of node.inputs) if (passesChannelsOn(node, input, shapes)) parents.set(of(node.id), of(input));
  return { of };
}

/** Whether the output has the channels of `input` because it must. */
function passesChannelsOn({ id, operator, inputs }: GraphNode, input: NodeId, shapes: Shapes): boolean {
  const [read, written] = [shapes[input]!, shapes[id]!];
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
      return isDepthwise(operator) && operator.outChannels === operator.inChannels && input === inputs[0];
    case 'activation':
    case 'pool2d':
    case 'adaptive_pool2d':
    case 'channel_shuffle':
    case 'dropout':
    case 'elementwise':
    case 'softmax':
    case 'batch_norm2d':
    case 'layer_norm2d':
    case 'group_norm':
    case 'local_response_norm':
    case 'resize':
    case 'prelu':
      return true;
    case 'arithmetic':
    case 'slice':
    case 'pad':
    case 'reshape':
    case 'reduce':
      // A single channel is repeated along all others: it need not grow with them.
      return read[1] === written[1];
    case 'concat':
      return operator.axis !== 1;
    case 'permute':
    case 'linear':
    case 'locally_connected2d':
    case 'depth_to_space':
    case 'space_to_depth':
    case 'input':
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
      return false;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
