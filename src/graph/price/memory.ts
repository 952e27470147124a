/**
 * The memory that maps take while a network runs, in bytes of float32, for all images of the shapes; parameters are counted elsewhere.
 *
 *   training    the picture and every map that is written, each once, all at the same time: the gradient of a layer's weights reads the
 *               layer's input, and the loss reads the last map. Not counted: gradients, the optimiser's state, positions of maxima.
 *   inference   the layers run in the order of the graph, and a map is given back after its last reader: while a layer runs there are the
 *               maps that it or a later layer reads, and the one that it writes. The peak is the largest of these sums.
 *
 * A reshape is another view of the same map. Dropout writes a map in training and is nothing in inference. With in-place activations one
 * that alone reads its map writes over it, as `nn.ReLU(inplace=True)` does and as an engine that fuses it; in training only those whose
 * gradient can be had from their result.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

export interface MemoryConvention {
  readonly inPlaceActivations: boolean;
}

export const usualConvention: MemoryConvention = { inPlaceActivations: true };

export interface ActivationMemory {
  readonly trainingBytes: number;
  /** The nodes, inputs among them, whose maps are kept in training; the others write over one or are a view of it. */
  readonly kept: ReadonlySet<NodeId>;
  readonly inferencePeak: {
    readonly bytes: number;
    /** The node that runs then. */
    readonly at: NodeId;
  };
  /** What is there while a node runs in inference, the map that it writes included. */
  readonly live: Readonly<Record<NodeId, number>>;
}

type Mode = 'training' | 'inference';

/** Of a valid graph, never empty. */
export function activationMemory(
  graph: Graph,
  shapes: Shapes,
  { inPlaceActivations }: MemoryConvention = usualConvention,
): ActivationMemory {
  const bytesOf = (id: NodeId) => 4 * shapes[id]!.reduce((a, b) => a * b, 1);
  const kept = new Set(mapsOf(graph, 'training', inPlaceActivations).values());
  const live = liveBytes(graph, mapsOf(graph, 'inference', inPlaceActivations), bytesOf);
  const [first] = graph.nodes;
  if (!first) throw new Error('the network is empty');
  const at = graph.nodes.reduce((most, { id }) => (live[id]! > live[most]! ? id : most), first.id);
  return {
    trainingBytes: [...kept].reduce((sum, id) => sum + bytesOf(id), 0),
    kept,
    inferencePeak: { bytes: live[at]!, at },
    live,
  };
}

function liveBytes(
  { nodes }: Graph,
  maps: ReadonlyMap<NodeId, NodeId>,
  bytesOf: (id: NodeId) => number,
): Record<NodeId, number> {
  const lastReader = new Map<NodeId, number>();
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  for (const [step, { id, inputs }] of nodes.entries()) {
    for (const input of inputs) lastReader.set(maps.get(input)!, step);
    // What nobody reads is the network's output: it stays.
    if (!read.has(id)) lastReader.set(maps.get(id)!, nodes.length);
  }
  const live: Record<NodeId, number> = {};
  const there = new Set<NodeId>();
  let bytes = 0;
  for (const [step, { id }] of nodes.entries()) {
    const map = maps.get(id)!;
    if (!there.has(map)) {
      there.add(map);
      bytes += bytesOf(map);
    }
    live[id] = bytes;
    for (const each of there) {
      if (lastReader.get(each)! > step) continue;
      there.delete(each);
      bytes -= bytesOf(each);
    }
  }
  return live;
}

/** Where the output of each node lies: the first node that wrote there. */
function mapsOf(graph: Graph, mode: Mode, inPlaceActivations: boolean): ReadonlyMap<NodeId, NodeId> {
  const { nodes } = graph;
  const maps = new Map<NodeId, NodeId>();
  const overwritten = new Set<NodeId>();
  const readers = readersThroughViews(nodes, mode);
  const inputs = new Set(nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => id));
  for (const node of nodes) {
    const { id, operator } = node;
    const [source] = node.inputs;
    const map = source === undefined ? undefined : maps.get(source);
    if (source === undefined || map === undefined) {
      maps.set(id, id);
      continue;
    }
    const writesOver =
      inPlaceActivations &&
      operator.kind === 'activation' &&
      readers.get(source) === 1 &&
      !inputs.has(map) &&
      (mode === 'inference' || (gradientFromResult.has(operator.function) && !overwritten.has(map)));
    if (writesOver) overwritten.add(map);
    maps.set(id, writesOver || isView(node, mode) ? map : id);
  }
  return maps;
}

const gradientFromResult: ReadonlySet<ActivationName> = new Set(['relu', 'relu6', 'leaky_relu', 'sigmoid', 'tanh']);

function isView({ operator }: GraphNode, mode: Mode): boolean {
  switch (operator.kind) {
    case 'reshape':
      return true;
    case 'dropout':
      return mode === 'inference';
    case 'activation':
      return operator.function === 'none';
    default:
      return false;
  }
}

/** How many nodes that write a map read each node, its views' readers among them. */
function readersThroughViews(nodes: readonly GraphNode[], mode: Mode): ReadonlyMap<NodeId, number> {
  const origin = new Map<NodeId, NodeId>();
  const readers = new Map<NodeId, number>();
  for (const node of nodes) {
    const [first] = node.inputs;
    const isSame = first !== undefined && isView(node, mode);
    origin.set(node.id, isSame ? origin.get(first)! : node.id);
    if (isSame) continue;
    for (const input of node.inputs) {
      const read = origin.get(input)!;
      readers.set(read, (readers.get(read) ?? 0) + 1);
    }
  }
  return new Map(nodes.map(({ id }) => [id, readers.get(origin.get(id)!) ?? 0]));
}
