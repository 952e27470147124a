/** Random weights for any convolution of a layer, by (seed, node): He's normal of variance 2 / fan_in, no bias. */
import { rulesOf } from '../../operators/index.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { GraphNode, GraphParameters } from '../graph.ts';
import { randomFilter } from '../weights/randomFilter.ts';

/** Parameters of every node that has some; the k-th such node is drawn with seed + k. */
export function randomParameters(nodes: readonly GraphNode[], seed: number): GraphParameters {
  const drawn: Record<string, ParameterValues> = {};
  for (const { id, operator } of nodes) {
    const specs = rulesOf(operator).parameters(operator);
    const weight = specs.find(({ name }) => name === 'weight')?.shape;
    if (!weight) continue;
    const [rows = 1, slices = 1, height = 1, width = 1] = weight;
    const each = slices * height * width;
    const values = new Float32Array(rows * each);
    const nodeSeed = (seed + Object.keys(drawn).length) >>> 0;
    for (let index = 0; index < rows; index++) {
      const recipe = { distribution: 'he', seed: nodeSeed, index } as const;
      values.set(randomFilter(recipe, { slices, size: [height, width], outChannels: rows }), index * each);
    }
    const bias = specs.find(({ name }) => name === 'bias')?.shape;
    drawn[id] = { weight: values, bias: bias ? new Float32Array(bias[0] ?? 0) : null };
  }
  return drawn;
}
