/** The weights of a network that nobody has trained: recipes that each engine draws where it needs them, and layers filled with filters of Explore. */
import type { Graph, NodeId, NodeParameters } from '../../graph/graph.ts';
import { streamOf } from '../../graph/weights/drawnParameters.ts';
import { takesFilters } from '../../graph/weights/layerFilters.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { NetworkState, OwnWeights } from '../../store/network.ts';
import type { LayerFilterBook } from './layerFilterBook.ts';

type Weights = NetworkState['weights'];

/**
 * Which weights a node has: its own, where it has some that are for such a layer and at hand; else the network's.
 */
export function weightsOf(id: NodeId, operator: Operator, weights: Weights, book: LayerFilterBook): OwnWeights {
  const own = weights.own[id];
  const { distribution, seed } = weights;
  const isFilled = own !== undefined && 'filters' in own;
  if (own === undefined || (isFilled && !(takesFilters(operator) && book.has(own.filters))))
    return { distribution, seed };
  return own;
}

/**
 * Of every node with learned tensors. What is drawn is drawn by the node's name and seed, so a layer that is put before it leaves its weights
 * alone. Batch norms are left out: theirs come from the maps.
 */
export function drawParameters(
  { nodes }: Graph,
  weights: Weights,
  book: LayerFilterBook,
): Readonly<Record<NodeId, NodeParameters>> {
  const drawn: Record<NodeId, NodeParameters> = {};
  for (const { id, operator } of nodes) {
    if (operator.kind === 'batch_norm2d' || rulesOf(operator).parameters(operator).length === 0) continue;
    const own = weightsOf(id, operator, weights, book);
    if (!('filters' in own)) drawn[id] = { kind: 'drawn', ...own, stream: streamOf(id) };
    else if (takesFilters(operator)) drawn[id] = book.of(operator, own.filters);
  }
  return drawn;
}
