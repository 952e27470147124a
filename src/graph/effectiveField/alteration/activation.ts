/** A network without its rectifiers (all bends but gates), or with one behind every convolution where it has none. */
import type { Operator } from '../../../operators/index.ts';
import type { Graph, GraphNode, NodeId } from '../../graph.ts';
import { insertAfter, single } from '../../network/edit.ts';
import type { Network } from '../../price/refit.ts';
import { type Alteration, unaltered } from './alteration.ts';
import { refitted } from './refitted.ts';

/** A sigmoid is a gate: without it the gate would be open and more. */
export const isRectifier = (operator: Operator) =>
  operator.kind === 'prelu' ||
  (operator.kind === 'activation' && operator.function !== 'none' && operator.function !== 'sigmoid');

/** Does nothing, under the name of what stood there. */
export const identity: Operator = { kind: 'activation', function: 'none' };

export function alterActivation(network: Network, layer: NodeId): Alteration {
  const { nodes } = network.graph;
  const bent = nodes.filter(({ operator }) => isRectifier(operator));
  if (bent.length > 0) {
    const straight = nodes.map(
      (node): GraphNode => (isRectifier(node.operator) ? { ...node, operator: identity } : node),
    );
    return refitted({ nodes: straight }, network, layer, { way: 'removed', count: bent.length });
  }
  const convs = nodes.filter(({ operator }) => operator.kind === 'conv2d');
  if (convs.length === 0) return unaltered('no-layer');
  const graph = convs.reduce<Graph>(
    (before, { id }) => insertAfter(before, id, single({ kind: 'activation', function: 'relu' })).graph,
    network.graph,
  );
  return refitted(graph, network, layer, { way: 'added', count: convs.length });
}
