/**
 * A layer, as a network of one input, with one of its sizes changed and the others kept: the letters of C H W K² N. C is the channels of
 * the input, N those of the last output, K the longest side of its kernels, and the image keeps its shape. Channels between two layers are
 * attributes of their own and are kept, but where a depthwise layer passes its input's on.
 */
import { rulesOf } from '../../operators/index.ts';
import type { Pair, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { type GrowthVariable, type Resizable, type SizedNetwork, shapesOf } from './sizes.ts';
import { isDepthwise, type OperatorChange, variedKernel, varyOperator } from './varyOperator.ts';

function kernelOf({ operator }: GraphNode): Pair | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
    case 'conv_transpose2d':
    case 'locally_connected2d':
      return operator.kernelSize;
    default:
      return null;
  }
}

function sidesOf({ nodes }: Graph): readonly number[] {
  return nodes.flatMap((node) => kernelOf(node) ?? []);
}

/** What a variable is now; null where the network has no kernel. */
export function presentValue(network: SizedNetwork, variable: GrowthVariable): number | null {
  switch (variable) {
    case 'kernel': {
      const sides = sidesOf(network.graph);
      return sides.length > 0 ? Math.max(...sides) : null;
    }
    case 'inChannels':
      return network.input[1];
    case 'outChannels':
      return shapesOf(network)[network.graph.nodes.at(-1)?.id ?? '']?.[1] ?? null;
    case 'side':
      return network.input[3];
    default:
      variable satisfies never;
      throw new Error('unknown variable');
  }
}

/**
 * The nodes that make what a deformable convolution reads as offsets or mask, each with that one: a convolution, and what takes its maps
 * apart.
 */
function offsetSources({ nodes }: Graph): ReadonlyMap<NodeId, GraphNode> {
  const sources = new Map<NodeId, GraphNode>();
  for (const node of nodes.toReversed()) {
    if (node.operator.kind === 'deform_conv2d') for (const id of node.inputs.slice(1)) sources.set(id, node);
    const reader = sources.get(node.id);
    if (reader && !kernelOf(node)) for (const id of node.inputs) sources.set(id, reader);
  }
  return sources;
}

/** The layer that gives the network its output channels: the last that is not depthwise, else the last. */
function lastLayer(graph: Graph): NodeId | null {
  const offsets = offsetSources(graph);
  const layers = graph.nodes.filter(
    (node) => (kernelOf(node) || node.operator.kind === 'linear') && !offsets.has(node.id),
  );
  const mixing = layers.filter(({ operator }) => !isDepthwise(operator));
  return (mixing.at(-1) ?? layers.at(-1))?.id ?? null;
}

/** The network with one size changed; null where there is no such layer (groups that do not divide, an image that is too small). */
export function withValue(network: SizedNetwork, variable: GrowthVariable, value: number): SizedNetwork | null {
  const { graph, input } = network;
  const present = presentValue(network, variable);
  if (present === null) return network;
  const scale = variable === 'side' ? value / present : 1;
  const size = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  const newInput: Shape = [
    input[0],
    variable === 'inChannels' ? value : input[1],
    size(input[2]),
    variable === 'side' ? value : input[3],
  ];
  const kernel = variable === 'kernel' ? { from: present, to: value } : null;
  const grown = variable === 'outChannels' ? lastLayer(graph) : null;
  const offsets = offsetSources(graph);
  const before = shapesOf(network);
  const after: Record<NodeId, Shape> = {};
  const nodes: GraphNode[] = [];
  for (const node of graph.nodes) {
    const isInput = node.operator.kind === 'input';
    const reads = isInput ? [newInput] : node.inputs.map((id) => after[id]!);
    const first = isInput ? input : before[node.inputs[0]!]!;
    const reader = offsets.get(node.id);
    const outFactor = (node.id === grown ? value / present : 1) * (reader ? tapFactor(reader, kernel) : 1);
    const maps = mapsOf(graph, node, { size, factor: mapsFactor(node, grown, value / present) });
    const operator = varyOperator(node.operator, { before: first, after: reads[0]!, kernel, outFactor, maps });
    if (!operator) return null;
    const shape = rulesOf(operator).outputShape(operator, reads);
    if (!shape.ok) return null;
    after[node.id] = shape.value;
    nodes.push({ ...node, operator });
  }
  return { graph: { nodes }, input: newInput };
}

/** How many times as many taps, and so offsets, a deformable layer has. */
function tapFactor({ operator }: GraphNode, kernel: OperatorChange['kernel']): number {
  if (operator.kind !== 'deform_conv2d') return 1;
  const [kh, kw] = variedKernel(operator.kernelSize, kernel);
  return (kh * kw) / (operator.kernelSize[0] * operator.kernelSize[1]);
}

/** The reshape that makes maps of a fully connected layer's features: `node` itself, or the one that reads `node`; null: none. */
function unflattening({ nodes }: Graph, node: GraphNode): GraphNode | null {
  const candidates = node.operator.kind === 'reshape' ? [node] : nodes.filter(({ inputs }) => inputs.includes(node.id));
  if (node.operator.kind !== 'linear' && node.operator.kind !== 'reshape') return null;
  const isMaps = ({ operator }: GraphNode) => operator.kind === 'reshape' && operator.shape[2] * operator.shape[3] > 1;
  return candidates.find(isMaps) ?? null;
}

function mapsFactor(node: GraphNode, grown: NodeId | null, factor: number): number {
  if (grown === null) return 1;
  return node.id === grown || (node.operator.kind === 'reshape' && node.inputs.includes(grown)) ? factor : 1;
}

/** The shape of the maps that a fully connected layer gives: its channels times `factor`, its rows and columns as the image. */
function mapsOf(
  graph: Graph,
  node: GraphNode,
  { size, factor }: { readonly size: (pixels: number) => number; readonly factor: number },
): Shape | null {
  const reshape = unflattening(graph, node)?.operator;
  if (reshape?.kind !== 'reshape') return null;
  const [images, channels, height, width] = reshape.shape;
  return [images, channels * factor, size(height), size(width)];
}

/** Any valid network of one input as a function of its sizes. */
export function networkSizes(network: SizedNetwork): Resizable {
  return {
    present: (variable) => presentValue(network, variable),
    resized: (variable, value) => withValue(network, variable, value),
  };
}
