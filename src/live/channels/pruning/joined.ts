/**
 * A network before and after pruning as one graph, which subtracts their maps where they are computed: the same picture goes into both.
 * Channels of the first that have gone in the second are left out by a pointwise convolution of ones and zeros, which is exact.
 */
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { Graph, GraphNode, NodeId, RunParameters } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { HostTensor, ParameterValues } from '../../../operators/operator.ts';
import { partOf } from '../layers.ts';

export interface NetworkBefore {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: RunParameters;
  /** The node of the picture, which both read. */
  readonly input: NodeId;
}

/** Where the maps of one old node stand, all [1, Ckept, h, w]: before, after, and after less before. */
export interface JoinedMaps {
  readonly before: NodeId;
  readonly after: NodeId;
  readonly difference: NodeId;
}

export interface Joined {
  readonly graph: Graph;
  readonly parameters: RunParameters;
  /** Tensors of input nodes beside the picture. */
  readonly inputs: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  readonly maps: Readonly<Record<NodeId, JoinedMaps>>;
}

const afterName = (id: NodeId) => `pruned:${id}`;

/** `nodes`: of the old network, whose maps are compared. */
export function joinedNetworks(before: NetworkBefore, pruned: Pruned, nodes: readonly NodeId[]): Joined {
  const { input, shapes } = before;
  const named = (id: NodeId) => (id === input ? id : afterName(id));
  const first = partOf(before.graph, nodes);
  const second = partOf(
    pruned.graph,
    nodes.map((id) => pruned.nodeOf[id]!),
  );
  const parameters: Record<NodeId, RunParameters[NodeId]> = {};
  for (const { id } of first.nodes) if (before.parameters[id]) parameters[id] = before.parameters[id];
  for (const { id } of second.nodes) {
    const values = pruned.parameters[id];
    if (values) parameters[afterName(id)] = values;
  }
  const ends: GraphNode[] = [];
  const maps: Record<NodeId, JoinedMaps> = {};
  for (const id of nodes) {
    const kept = pruned.kept[id]!;
    const channels = shapes[id]![1];
    const isWhole = kept.length === channels;
    const chosen = isWhole ? id : `kept:${id}`;
    const after = named(pruned.nodeOf[id]!);
    const difference = `difference:${id}`;
    if (!isWhole) {
      const sizes = { inChannels: channels, outChannels: kept.length, kernelSize: [1, 1], bias: false } as const;
      ends.push({ id: chosen, operator: createConv2d(sizes), inputs: [id] });
      parameters[chosen] = selection(kept, channels);
    }
    ends.push({ id: difference, operator: { kind: 'arithmetic', function: 'subtract' }, inputs: [after, chosen] });
    maps[id] = { before: chosen, after, difference };
  }
  const renamed = second.nodes
    .filter(({ id }) => id !== input)
    .map(({ id, operator, inputs }) => ({ id: afterName(id), operator, inputs: inputs.map(named) }));
  const own = new Set(second.nodes.map(({ id }) => id));
  const inputs = Object.entries(pruned.inputs).filter(([id]) => own.has(id));
  return {
    graph: { nodes: [...first.nodes, ...renamed, ...ends] },
    parameters,
    inputs: Object.fromEntries(inputs.map(([id, map]) => [afterName(id), map])),
    maps,
  };
}

/** Weights [kept, channels, 1, 1] that let channel kept[i] through as channel i. */
function selection(kept: readonly number[], channels: number): ParameterValues {
  const weight = new Float32Array(kept.length * channels);
  for (const [i, channel] of kept.entries()) weight[i * channels + channel] = 1;
  return { weight, bias: null };
}
