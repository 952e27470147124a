/** The weights of a network that nobody has trained, drawn by layer. */
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { randomFilter } from '../../graph/weights/randomFilter.ts';
import { rulesOf } from '../../operators/index.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { NetworkState } from '../../store/network.ts';

/** Weights of every node that has some, by its name and seed; biases are 0. Batch norms are left out: theirs come from their maps. */
export function drawParameters({ nodes }: Graph, weights: NetworkState['weights']): GraphParameters {
  const drawn: Record<NodeId, ParameterValues> = {};
  for (const { id, operator } of nodes) {
    if (operator.kind === 'batch_norm2d') continue;
    const specs = rulesOf(operator).parameters(operator);
    const weight = specs.find(({ name }) => name === 'weight')?.shape;
    if (!weight) continue;
    const { distribution, seed } = weights.own[id] ?? weights;
    const [rows = 1, slices = 1, height = 1, width = 1] = weight;
    const each = slices * height * width;
    const values = new Float32Array(rows * each);
    for (let index = 0; index < rows; index++) {
      const recipe = { distribution, seed, index } as const;
      values.set(randomFilter(recipe, { slices, size: [height, width], outChannels: rows }), index * each);
    }
    const bias = specs.find(({ name }) => name === 'bias')?.shape;
    drawn[id] = { weight: values, bias: bias ? new Float32Array(bias[0] ?? 0) : null };
  }
  return drawn;
}
