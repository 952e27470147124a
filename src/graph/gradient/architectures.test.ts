import { describe, expect, it } from 'vitest';
import { architecture, architectureNames } from '../architectures/index.ts';
import { inferShapes } from '../infer.ts';
import { gradientGraph } from './index.ts';

describe('the gradient of a built-in architecture', () => {
  it.each(architectureNames)('%s has the picture’s shape, from the last layer back', (name) => {
    const shape = [1, 3, 96, 96] as const;
    const graph = architecture(name, shape);
    const shapes = inferShapes(graph, { input: shape });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const last = graph.nodes.at(-1)!.id;
    const back = gradientGraph(graph, shapes.value, last, 'input')!;
    const inputs = { input: shape, [back.cotangent]: shapes.value[last]! };
    const known = inferShapes(back.graph, inputs);
    expect(known.ok && known.value[back.gradient]).toEqual(shape);
    // Linear layers and convolutions give their own arrays away: one of each forward weight, and nothing is left out.
    const layers = (of: typeof graph, ...kinds: readonly string[]) =>
      of.nodes.filter(({ operator }) => kinds.includes(operator.kind)).length;
    expect(layers(back.graph, 'conv_transpose2d')).toBeGreaterThanOrEqual(layers(graph, 'conv2d', 'linear'));
  });
});
