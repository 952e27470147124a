import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { type ClassifierResult, classifierOf } from './classifier.ts';
import { forImages } from './forImages.ts';

const grey: Shape = [1, 1, 28, 28];

/** Of its logits for a batch of three. */
function logitsOfThree(made: ClassifierResult, [, channels, height, width]: Shape): Shape | undefined {
  if (!made.ok) throw new Error(made.error.code);
  const { graph, input, logits } = made.value;
  const shapes = inferShapes(forImages(graph, 3), { [input]: [3, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value[logits];
}

const chain = (...rest: readonly GraphNode[]): Graph => ({
  nodes: [{ id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] }, ...rest],
});
const conv = (id: string, from: string, groups = 1): GraphNode => ({
  id,
  operator: createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [3, 3], groups }),
  inputs: [from],
});
const mean = (from: string): GraphNode => ({
  id: 'mean',
  operator: { kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] },
  inputs: [from],
});

describe('a network as a classifier', () => {
  it.each(['resnet18', 'mobilenet_v2', 'squeezenet1_1', 'nin'] as const)(
    '%s, made for photos and a thousand classes, tells ten apart in grey images',
    (name) => {
      const network = architecture(name, [1, 3, 64, 64], 1000);
      expect(logitsOfThree(classifierOf(network, grey, 10), grey)).toEqual([3, 10, 1, 1]);
    },
  );

  it('cuts maps in two for as many images as a batch has', () => {
    const network = architecture('shufflenet_v2_x0_5', grey, 1000);
    expect(logitsOfThree(classifierOf(network, grey, 10), grey)).toEqual([3, 10, 1, 1]);
  });

  it('takes the values before a softmax, which the loss has of its own', () => {
    const softmax: GraphNode = { id: 'softmax', operator: { kind: 'softmax', axis: 1 }, inputs: ['mean'] };
    const made = classifierOf(chain(conv('a', 'input'), mean('a'), softmax), grey, 7);
    expect(made).toMatchObject({ ok: true, value: { logits: 'mean' } });
    expect(made.ok && made.value.graph.nodes.map(({ id }) => id)).toEqual(['input', 'a', 'mean']);
  });

  it('says where a network ends instead of in a value for each class', () => {
    expect(classifierOf(architecture('stack', [1, 3, 64, 64]), grey, 10)).toEqual({
      ok: false,
      error: { code: 'no-head', values: { id: 'relu5', size: '10 × 14 × 14' } },
    });
    const joined: GraphNode = {
      id: 'sum',
      operator: { kind: 'arithmetic', function: 'add' },
      inputs: ['a', 'b'],
    };
    const sum = chain(conv('a', 'input'), conv('b', 'input'), joined, mean('sum'));
    expect(classifierOf(sum, grey, 10)).toMatchObject({ ok: false, error: { code: 'no-head' } });
  });

  it('says that several ends, or a layer without output, are no classifier', () => {
    const two = chain(conv('a', 'input'), conv('b', 'input'));
    expect(classifierOf(two, grey, 10)).toEqual({ ok: false, error: { code: 'several-ends', values: { ends: 2 } } });
    expect(classifierOf(chain(conv('a', 'input'), mean('a')), [1, 1, 2, 2], 10)).toMatchObject({
      ok: false,
      error: { code: 'no-output', values: { message: expect.stringContaining('Kernel size') } },
    });
  });

  it('gives a last layer in groups one group where the classes do not divide', () => {
    const grouped = chain(conv('a', 'input', 3), mean('a'));
    const made = classifierOf(grouped, [1, 3, 8, 8], 10);
    expect(made.ok && made.value.graph.nodes[1]?.operator).toMatchObject({ outChannels: 10, groups: 1 });
    const divided = classifierOf(grouped, [1, 3, 8, 8], 9);
    expect(divided.ok && divided.value.graph.nodes[1]?.operator).toMatchObject({ outChannels: 9, groups: 3 });
  });
});
