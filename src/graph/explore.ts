/**
 * The network that Explore looks at: input → conv2d → activation, and the network that takes one of its sums apart: a depthwise
 * convolution whose map c is what input channel c contributes to one output channel, so that their sum plus bias is that map.
 */
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import type { ParameterValues } from '../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from './graph.ts';

export const exploreNodes = { input: 'input', conv: 'conv', activation: 'activation' } as const;

export function exploreGraph(conv: Conv2d, activation: ActivationName): Graph {
  return {
    nodes: [
      { id: exploreNodes.input, operator: { kind: 'input', channels: conv.inChannels }, inputs: [] },
      { id: exploreNodes.conv, operator: conv, inputs: [exploreNodes.input] },
      {
        id: exploreNodes.activation,
        operator: { kind: 'activation', function: activation },
        inputs: [exploreNodes.conv],
      },
    ],
  };
}

/** The convolution of node `id`. Throws when the node is none. */
export function convOf(graph: Graph, id: NodeId): Conv2d {
  const operator = graph.nodes.find((node) => node.id === id)?.operator;
  if (operator?.kind !== 'conv2d') throw new Error(`node '${id}' is not a convolution`);
  return operator;
}

/** The activation node that reads node `id`, or null. */
export function activationNodeAfter(graph: Graph, id: NodeId): GraphNode | null {
  return graph.nodes.find((node) => node.operator.kind === 'activation' && node.inputs.includes(id)) ?? null;
}

/** The activation that reads node `id`; 'none' when there is none. */
export function activationAfter(graph: Graph, id: NodeId): ActivationName {
  const operator = activationNodeAfter(graph, id)?.operator;
  return operator?.kind === 'activation' ? operator.function : 'none';
}

/** The same graph with another convolution at node `id`; an input node that it reads takes on its `in_channels`. */
export function withConv(graph: Graph, id: NodeId, conv: Conv2d): Graph {
  const sources = graph.nodes.find((node) => node.id === id)?.inputs ?? [];
  return {
    nodes: graph.nodes.map((node) => {
      if (node.id === id) return { ...node, operator: conv };
      if (node.operator.kind !== 'input' || !sources.includes(node.id)) return node;
      return { ...node, operator: { kind: 'input', channels: conv.inChannels } };
    }),
  };
}

/** The same graph with another activation after node `id`, which must have one. */
export function withActivation(graph: Graph, id: NodeId, activation: ActivationName): Graph {
  const after = activationNodeAfter(graph, id);
  if (!after) throw new Error(`no activation reads node '${id}'`);
  return {
    nodes: graph.nodes.map((node) =>
      node === after ? { ...node, operator: { kind: 'activation', function: activation } } : node,
    ),
  };
}

/** The input channels that output channel `outChannel` reads: those of its group, [first, first + count). */
export function channelsReadBy(
  conv: Pick<Conv2d, 'inChannels' | 'outChannels' | 'groups'>,
  outChannel: number,
): { readonly first: number; readonly count: number } {
  const count = conv.inChannels / conv.groups;
  return { first: Math.floor(outChannel / (conv.outChannels / conv.groups)) * count, count };
}

/**
 * input → depthwise convolution without bias: map c is the partial map of input channel c (all zeros for a channel outside the
 * group of the output channel whose `partialParameters` it runs with). The node ids are those of `exploreGraph`.
 */
export function partialGraph(conv: Conv2d): Graph {
  const depthwise: Conv2d = { ...conv, outChannels: conv.inChannels, groups: conv.inChannels, bias: false };
  return {
    nodes: [
      { id: exploreNodes.input, operator: { kind: 'input', channels: conv.inChannels }, inputs: [] },
      { id: exploreNodes.conv, operator: depthwise, inputs: [exploreNodes.input] },
    ],
  };
}

/** The weights of `partialGraph` for one output channel: its slices at the channels of its group, zeros elsewhere. */
export function partialParameters(conv: Conv2d, values: ParameterValues, outChannel: number): ParameterValues {
  const area = conv.kernelSize[0] * conv.kernelSize[1];
  const { first, count } = channelsReadBy(conv, outChannel);
  const weight = new Float32Array(conv.inChannels * area);
  weight.set(values.weight.subarray(outChannel * count * area, (outChannel + 1) * count * area), first * area);
  return { weight, bias: null };
}
