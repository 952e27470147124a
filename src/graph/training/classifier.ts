/**
 * A network as a classifier of images of one size: its last layer gives a value for each class, what stands behind that layer only joins
 * values (norm, activation, mean over maps). A softmax at the end is left out: the loss has its own.
 */
import type { Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { fitChannels } from '../network/fitChannels.ts';

/** For one image: `forImages` makes it one for a batch. */
export interface Classifier {
  readonly graph: Graph;
  readonly input: NodeId;
  /** [1, classes, 1, 1]. */
  readonly logits: NodeId;
}

/** Why a network classifies nothing: a code and what its sentence names. */
export type ClassifierRefusal =
  /** It reads several pictures, or its paths never come together. */
  | { readonly code: 'several-ends'; readonly values: { readonly ends: number } }
  /** The end is no vector: maps [C, H, W], or behind a layer that has no width to choose. */
  | { readonly code: 'no-head'; readonly values: { readonly id: NodeId; readonly size: string } }
  /** A layer has no output for images of this size; PyTorch's words. */
  | { readonly code: 'no-output'; readonly values: { readonly message: string } };

export type ClassifierResult =
  | { readonly ok: true; readonly value: Classifier }
  | { readonly ok: false; readonly error: ClassifierRefusal };

/** `images`: [1, C, H, W] that it reads. Layers take the channels that they then read. */
export function classifierOf(graph: Graph, images: Shape, classes: number): ClassifierResult {
  const pictures = graph.nodes.filter(({ operator }) => operator.kind === 'input');
  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  const ends = graph.nodes.filter(({ id }) => !read.has(id));
  const [picture, end] = [pictures[0], ends[0]];
  if (!picture || !end || pictures.length > 1 || ends.length > 1)
    return { ok: false, error: { code: 'several-ends', values: { ends: Math.max(pictures.length, ends.length) } } };
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const isSoftmax = end.operator.kind === 'softmax';
  const logits = (isSoftmax && end.inputs[0]) || end.id;
  const given = { [picture.id]: images };
  const head = headOf(byId, logits);
  const left = isSoftmax ? graph.nodes.filter(({ id }) => id !== end.id) : graph.nodes;
  const nodes = left.map((node) => (node.id === head ? withClasses(node, classes) : node));
  const fitted = fitChannels({ nodes }, given).graph;
  const shapes = inferShapes(fitted, given);
  if (!shapes.ok) return { ok: false, error: { code: 'no-output', values: { message: shapes.error.message } } };
  const [, channels, height, width] = shapes.value[logits] ?? images;
  if (head === null || channels !== classes || height !== 1 || width !== 1) {
    const size = [channels, height, width].join(' × ');
    return { ok: false, error: { code: 'no-head', values: { id: logits, size } } };
  }
  return { ok: true, value: { graph: fitted, input: picture.id, logits } };
}

/** The layer whose outputs are the classes; null where another layer, or a join, comes first. */
function headOf(byId: ReadonlyMap<NodeId, GraphNode>, end: NodeId): NodeId | null {
  let node = byId.get(end);
  while (node) {
    const { kind } = node.operator;
    if (kind === 'linear' || kind === 'conv2d') return node.id;
    const [before] = node.inputs;
    if (!passesOn.has(kind) || before === undefined) return null;
    node = byId.get(before);
  }
  return null;
}

/** Behind these a channel is still what the layer before made of it. */
const passesOn: ReadonlySet<GraphNode['operator']['kind']> = new Set([
  'activation',
  'adaptive_pool2d',
  'batch_norm2d',
  'dropout',
  'pool2d',
  'reduce',
  'reshape',
]);

function withClasses(node: GraphNode, classes: number): GraphNode {
  const { operator } = node;
  if (operator.kind === 'linear') return { ...node, operator: { ...operator, outFeatures: classes } };
  if (operator.kind !== 'conv2d') return node;
  const groups = classes % operator.groups === 0 ? operator.groups : 1;
  return { ...node, operator: { ...operator, outChannels: classes, groups } };
}
