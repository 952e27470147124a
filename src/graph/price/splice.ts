/** A point of the price of context becomes part of the network: behind a layer, or in place of a convolution. */
import type { OperatorError, Result } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { GraphError } from '../infer.ts';
import { type ContextLayer, type ContextWay, contextNetwork } from './context.ts';
import { type Network, refit } from './refit.ts';

export const splicePlaces = ['instead', 'behind'] as const;
export type SplicePlace = (typeof splicePlaces)[number];

export interface Splice {
  readonly at: NodeId;
  readonly place: SplicePlace;
  readonly way: ContextWay;
  /** Odd, at least 3. */
  readonly field: number;
}

export interface Spliced {
  readonly network: Network;
  /** The new nodes, the last their output. */
  readonly nodes: readonly NodeId[];
}

/**
 * What a way of seeing a field at `at` reads and gives: instead of a convolution the same channels, stride and bias, behind a layer as many
 * channels as that has. Null where there is nothing to put it in place of.
 */
export function contextLayerAt({ graph, shapes }: Network, at: NodeId, place: SplicePlace): ContextLayer | null {
  const node = graph.nodes.find(({ id }) => id === at);
  if (!node) return null;
  switch (place) {
    case 'behind':
      return { input: shapes[at]!, outChannels: shapes[at]![1] };
    case 'instead': {
      const { operator, inputs } = node;
      if (operator.kind !== 'conv2d') return null;
      const { outChannels, stride, bias } = operator;
      return { input: shapes[inputs[0]!]!, outChannels, stride, bias };
    }
    default:
      place satisfies never;
      throw new Error('unknown place');
  }
}

/** The network with the way in its place; behind a layer a ReLU follows it. What comes after is brought up to date, or says why not. */
export function spliced(network: Network, splice: Splice): Result<Spliced, GraphError> {
  const { at, place, way, field } = splice;
  const layer = contextLayerAt(network, at, place);
  if (!layer) return { ok: false, error: noLayer(at) };
  const { graph } = network;
  const prefix = freshPrefix(graph, at);
  const index = graph.nodes.findIndex(({ id }) => id === at);
  const source = place === 'behind' ? at : graph.nodes[index]!.inputs[0]!;
  const block = blockNodes(contextNetwork(way, field, layer).graph, prefix, source, place === 'behind');
  const last = block.at(-1)!.id;
  const after = graph.nodes
    .slice(index + 1)
    .map((node) => ({ ...node, inputs: node.inputs.map((input) => (input === at ? last : input)) }));
  const nodes = [...graph.nodes.slice(0, place === 'behind' ? index + 1 : index), ...block, ...after];
  const fitted = refit({ nodes }, { from: network, inputs: network.shapes });
  return fitted.ok ? { ok: true, value: { network: fitted.value, nodes: block.map(({ id }) => id) } } : fitted;
}

function noLayer(at: NodeId): OperatorError & { readonly node: NodeId } {
  const message = `node '${at}' is not a convolution`;
  return { code: 'not-a-convolution', values: { id: at }, message, node: at };
}

function blockNodes(graph: Graph, prefix: string, source: NodeId, hasRelu: boolean): readonly GraphNode[] {
  const named = (id: NodeId) => (id === 'input' ? source : `${prefix}.${id}`);
  const block = graph.nodes
    .filter(({ operator }) => operator.kind !== 'input')
    .map((node): GraphNode => ({ ...node, id: named(node.id), inputs: node.inputs.map(named) }));
  if (!hasRelu) return block;
  const inputs = [block.at(-1)!.id];
  return [...block, { id: `${prefix}.relu`, operator: { kind: 'activation', function: 'relu' }, inputs }];
}

/** `at.wide`, or the first `at.wide2`, ... that no node is named after. */
function freshPrefix({ nodes }: Graph, at: NodeId): string {
  const isTaken = (prefix: string) => nodes.some(({ id }) => id.startsWith(`${prefix}.`));
  let prefix = `${at}.wide`;
  for (let i = 2; isTaken(prefix); i++) prefix = `${at}.wide${i}`;
  return prefix;
}
