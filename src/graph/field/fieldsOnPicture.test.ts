import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNetworks } from '../../../tests/support/randomNetworks.ts';
import { architecture } from '../architectures/index.ts';
import { inferShapes } from '../infer.ts';
import { fieldOnPicture } from './fieldOnPicture.ts';
import { fieldsOnPicture } from './fieldsOnPicture.ts';

describe('the fields of all layers at once', () => {
  it.each([
    'resnet18',
    'googlenet',
    'mobilenet_v2',
    'shufflenet_v2_x0_5',
    'efficientnet_b0',
    'unet',
    'convnext_tiny',
  ] as const)('are those of each layer by itself: %s', (name) => {
    const input = [1, 3, 96, 128] as const;
    const graph = architecture(name, input);
    const shapes = inferShapes(graph, { input });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const all = fieldsOnPicture(graph, shapes.value, 'input');
    for (const { id } of graph.nodes) expect(all[id]).toEqual(fieldOnPicture(graph, shapes.value, id, 'input'));
  });

  it('holds for random networks of all sorts of operators', () => {
    fc.assert(
      fc.property(
        randomNetworks(() => 1),
        ({ graph, shapes }) => {
          const input = graph.nodes.find(({ operator }) => operator.kind === 'input')!.id;
          const all = fieldsOnPicture(graph, shapes, input);
          for (const { id } of graph.nodes) expect(all[id]).toEqual(fieldOnPicture(graph, shapes, id, input));
        },
      ),
      { numRuns: 300 },
    );
  });
});
