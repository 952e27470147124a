/** A network whose dropout layers drop; where it has none, with one of p = 1/2 behind every rectifier, or every convolution. */
import type { Graph, NodeId } from '../../graph.ts';
import { insertAfter, single } from '../../network/edit.ts';
import type { Network } from '../../price/refit.ts';
import { isRectifier } from './activation.ts';
import { type Alteration, unaltered } from './alteration.ts';
import { refitted } from './refitted.ts';

export function alterDropout(network: Network, layer: NodeId): Alteration {
  const { nodes } = network.graph;
  const own = nodes.filter(({ operator }) => operator.kind === 'dropout' && operator.p > 0).length;
  if (own > 0) return refitted(network.graph, network, layer, { way: 'added', count: own, drops: true });
  const rectifiers = nodes.filter(({ operator }) => isRectifier(operator));
  const places = (rectifiers.length > 0 ? rectifiers : nodes.filter(({ operator }) => operator.kind === 'conv2d'))
    // Dropping the unit itself would say nothing of its field.
    .filter(({ id }) => id !== layer);
  if (places.length === 0) return unaltered('no-layer');
  const graph = places.reduce<Graph>(
    (before, { id }) => insertAfter(before, id, single({ kind: 'dropout', p: 0.5 })).graph,
    network.graph,
  );
  return refitted(graph, network, layer, { way: 'added', count: places.length, drops: true });
}
