/** A changed network with all that follows brought up to date, and the unit's layer in it. */
import type { Graph, NodeId } from '../../graph.ts';
import { type Network, refit } from '../../price/refit.ts';
import { type Alteration, type Altered, unaltered } from './alteration.ts';

/** 'no-network' where its layers do not fit each other. */
export function refitted(
  graph: Graph,
  from: Network,
  layer: NodeId,
  { way, count, drops = false }: Pick<Altered, 'way' | 'count'> & { readonly drops?: boolean },
): Alteration {
  const inputs = Object.fromEntries(
    from.graph.nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => [id, from.shapes[id]!]),
  );
  const network = refit(graph, { from, inputs });
  if (!network.ok) return unaltered('no-network');
  return { kind: 'altered', way, count, network: network.value, layer: standIn(layer, from.graph, graph), drops };
}

/** The layer itself, or the nearest before it that is left. */
function standIn(layer: NodeId, before: Graph, after: Graph): NodeId {
  const left = new Set(after.nodes.map(({ id }) => id));
  let at = layer;
  while (!left.has(at)) at = before.nodes.find(({ id }) => id === at)?.inputs[0] ?? after.nodes.at(-1)!.id;
  return at;
}
