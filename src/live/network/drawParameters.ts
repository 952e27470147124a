/** The weights of a network that nobody has trained, as recipes: each engine draws them where it needs them. */
import type { DrawnParameters, Graph, NodeId, RunParameters } from '../../graph/graph.ts';
import { streamOf } from '../../graph/weights/drawnParameters.ts';
import { rulesOf } from '../../operators/index.ts';
import type { NetworkState } from '../../store/network.ts';

/**
 * Of every node with learned tensors, by its name and seed: so a layer that is put before it leaves its weights alone. Batch norms are
 * left out: theirs come from the maps.
 */
export function drawParameters({ nodes }: Graph, weights: NetworkState['weights']): RunParameters {
  const drawn: Record<NodeId, DrawnParameters> = {};
  for (const { id, operator } of nodes) {
    if (operator.kind === 'batch_norm2d' || rulesOf(operator).parameters(operator).length === 0) continue;
    const { distribution, seed } = weights.own[id] ?? weights;
    drawn[id] = { kind: 'drawn', distribution, seed, stream: streamOf(id) };
  }
  return drawn;
}
