/** The convolutions of a network as the Channels screen lists them: what each reads and feeds, and where its responses are read. */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import type { ConvolutionLayer } from '../../graph/trained/trainedNetwork.ts';

export interface SubjectLayer {
  readonly node: NodeId;
  /** As short as it tells it from all others. */
  readonly label: string;
  /** Where responses are read, after the activation and before it; the same node where there is none. */
  readonly response: NodeId;
  readonly before: NodeId;
  /** The function behind it, as it is named; null where there is none. */
  readonly activation: string | null;
  /** The batch norm behind it. */
  readonly norm: NodeId | null;
  readonly outChannels: number;
  readonly groups: number;
  /** Convolutions that read its responses with nothing but layers without weights between, in graph order. */
  readonly readers: readonly NodeId[];
}

type Convolution = Extract<GraphNode['operator'], { readonly kind: 'conv2d' | 'conv_transpose2d' }>;

export function convolutionOf(graph: Graph, id: NodeId): Convolution | null {
  const operator = graph.nodes.find((node) => node.id === id)?.operator;
  return operator?.kind === 'conv2d' || operator?.kind === 'conv_transpose2d' ? operator : null;
}

export function subjectLayers(graph: Graph, layers: readonly ConvolutionLayer[]): readonly SubjectLayer[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const labels = shortLabels(layers.map(({ name }) => name));
  return layers.flatMap(({ node, response }, i): SubjectLayer[] => {
    const conv = convolutionOf(graph, node);
    const last = byId.get(response);
    if (!conv || !last) return [];
    const isBehind = last.id !== node && last.operator.kind !== 'batch_norm2d';
    const before = isBehind ? (last.inputs[0] ?? node) : response;
    return [
      {
        ...{ node, response, before },
        label: labels[i] ?? node,
        activation: isBehind ? activationName(last) : null,
        norm: byId.get(before)?.operator.kind === 'batch_norm2d' ? before : null,
        outChannels: conv.outChannels,
        groups: conv.groups,
        readers: readersOf(graph, response),
      },
    ];
  });
}

function activationName({ operator }: GraphNode): string {
  return operator.kind === 'activation' || operator.kind === 'elementwise' ? operator.function : operator.kind;
}

/** Convolutions that a node's values come to before any other weights. */
function readersOf(graph: Graph, response: NodeId): readonly NodeId[] {
  const carriers = new Set([response]);
  const readers: NodeId[] = [];
  for (const { id, operator, inputs } of graph.nodes) {
    if (!inputs.some((input) => carriers.has(input))) continue;
    if (operator.kind === 'conv2d' || operator.kind === 'conv_transpose2d') readers.push(id);
    else if (operator.kind !== 'linear') carriers.add(id);
  }
  return readers;
}

/** The first part of a path that no other layer's path has ("Conv2d_0" of ".../Conv2d_0/Relu6"); the whole where there is none. */
function shortLabels(names: readonly string[]): readonly string[] {
  const paths = names.map((name) => new Set(name.split('/')));
  const counts = new Map<string, number>();
  for (const path of paths) for (const part of path) counts.set(part, (counts.get(part) ?? 0) + 1);
  return paths.map((path, i) => [...path].find((part) => counts.get(part) === 1) ?? names[i]!);
}

/** The nodes that the wanted ones are made of: a run computes no others. */
export function partOf({ nodes }: Graph, wanted: readonly NodeId[]): Graph {
  const needed = new Set(wanted);
  const part: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.id)) continue;
    part.unshift(node);
    for (const input of node.inputs) needed.add(input);
  }
  return { nodes: part };
}
