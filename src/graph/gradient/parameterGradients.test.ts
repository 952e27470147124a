import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindCases } from '../../../tests/support/cases/index.ts';
import { caseOf, type OperatorCase, tensorOf, valuesOf } from '../../../tests/support/cases/operatorCase.ts';
import { convCases } from '../../../tests/support/convCases.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import type { HostTensor, ParameterValues } from '../../operators/operator.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { parameterGradients } from './parameterGradients.ts';

type Tensors = Readonly<Record<NodeId, HostTensor>>;

function shapesOf(graph: Graph, inputs: Tensors) {
  const shapes = inferShapes(graph, Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape])));
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

function networkOf({ operator, inputs, parameters }: OperatorCase) {
  const names = inputs.map((_, i) => `${i}`);
  const given = inputs.map(({ shape }, i) => {
    return { id: names[i]!, operator: { kind: 'input', channels: shape[1] } as const, inputs: [] };
  });
  const graph: Graph = { nodes: [...given, { id: 'node', operator, inputs: names }] };
  const tensors: Tensors = Object.fromEntries(inputs.map((tensor, i) => [names[i]!, tensor]));
  const learned: GraphParameters = parameters ? { node: parameters } : {};
  return { graph, tensors, learned };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/** A network's parameters in float64, which the reference run computes with as it finds them. */
function moved(parameters: GraphParameters, id: NodeId, name: 'weight' | 'bias', by: number, along: Float32Array) {
  const own = parameters[id]!;
  const values = Float64Array.from(own[name]!, (value, i) => value + by * along[i]!);
  return { ...parameters, [id]: { ...own, [name]: values } as unknown as ParameterValues };
}

/** Holds the gradient at every learned tensor to central differences in float64, to 1e-5 of the sum of |terms|. */
function expectDifferences(graph: Graph, tensors: Tensors, learned: GraphParameters, loss: NodeId): number {
  const shapes = shapesOf(graph, tensors);
  const back = parameterGradients(graph, shapes, loss);
  const cotangent = Float64Array.from(
    valuesOf(
      shapes[loss]!.reduce((a, b) => a * b),
      78,
    ),
  );
  const inputs = { ...tensors, [back.cotangent]: { shape: shapes[loss]!, values: cotangent } };
  const results = runReference(back.graph, inputs, back.parameters(learned));
  let count = 0;
  for (const [id, names] of Object.entries(back.gradients)) {
    for (const [name, gradient] of Object.entries(names) as ['weight' | 'bias', NodeId][]) {
      const { values } = results[gradient]!.output;
      const own = learned[id]![name]!;
      expect(values.length).toBe(own.length);
      const direction = valuesOf(own.length, 77);
      const h = 1e-6;
      const at = (by: number) =>
        runReference(graph, tensors, moved(learned, id, name, by, direction))[loss]!.output.values;
      const [below, above] = [at(-h), at(h)];
      const expected = dot(
        cotangent,
        above.map((value, i) => (value - below[i]!) / (2 * h)),
      );
      const scale =
        1 + dot(values.map(Math.abs), direction.map(Math.abs)) + dot(cotangent.map(Math.abs), above.map(Math.abs));
      const error = Math.abs(dot(values, direction) - expected) / scale;
      if (!(error <= 1e-5)) {
        const operators = graph.nodes.map(({ operator }) => operator);
        expect.fail(`${name}: ${dot(values, direction)} instead of ${expected}: ${JSON.stringify({ operators })}`);
      }
      count++;
    }
  }
  return count;
}

type Learning = 'learns' | 'nothing' | 'way back';

/** Whether a kind learns; those of the way back have no gradients of their own. Exhaustive: a new kind does not compile without its word. */
const learning: Readonly<Record<Operator['kind'], Learning>> = {
  input: 'nothing',
  conv2d: 'learns',
  conv_transpose2d: 'learns',
  deform_conv2d: 'learns',
  linear: 'learns',
  locally_connected2d: 'learns',
  batch_norm2d: 'learns',
  layer_norm2d: 'learns',
  group_norm: 'learns',
  prelu: 'learns',
  activation: 'nothing',
  elementwise: 'nothing',
  arithmetic: 'nothing',
  pool2d: 'nothing',
  adaptive_pool2d: 'nothing',
  reduce: 'nothing',
  resize: 'nothing',
  softmax: 'nothing',
  local_response_norm: 'nothing',
  channel_shuffle: 'nothing',
  depth_to_space: 'nothing',
  space_to_depth: 'nothing',
  permute: 'nothing',
  reshape: 'nothing',
  slice: 'nothing',
  pad: 'nothing',
  concat: 'nothing',
  dropout: 'nothing',
  batch_standardise: 'nothing',
  cross_entropy: 'nothing',
  seeded_dropout: 'nothing',
  deform_gradient: 'way back',
  extremum_gradient: 'way back',
  optimizer_step: 'way back',
  pointwise_gradient: 'way back',
  separable_sum: 'way back',
  weight_gradient: 'way back',
};

const apart: readonly string[] = ['input', 'conv2d', 'activation'];

it('every kind of operator stands in the tables, and what has parameters learns', () => {
  const kinds = Object.keys(learning).filter((kind) => !apart.includes(kind));
  expect(kindCases.map(({ kind }) => kind).sort()).toEqual(kinds.sort());
  for (const { kind, random } of kindCases) {
    if (learning[kind] === 'way back') continue;
    const has = fc.sample(random, { numRuns: 50, seed: 1 }).some(({ parameters }) => parameters !== null);
    expect([kind, has]).toEqual([kind, learning[kind] === 'learns']);
  }
});

describe.each(kindCases.filter(({ kind }) => learning[kind] === 'learns'))(
  'the gradients of what $kind learns',
  ({ random }) => {
    it('are what differences say', () => {
      fc.assert(
        fc.property(random, (one) => {
          const { graph, tensors, learned } = networkOf(one);
          expect(expectDifferences(graph, tensors, learned, 'node')).toBeGreaterThan(0);
        }),
        { numRuns: 25 },
      );
    });
  },
);

describe('the gradients of what conv2d learns', () => {
  it('are what differences say, in all padding modes, with strides that drop rows, over a batch', () => {
    fc.assert(
      fc.property(convCases, ({ conv, input, parameters }) => {
        const { graph, tensors, learned } = networkOf({ operator: conv, inputs: [input], parameters });
        expect(expectDifferences(graph, tensors, learned, 'node')).toBe(conv.bias ? 2 : 1);
      }),
      { numRuns: 60 },
    );
  });

  it('are sums that a person can do: two images, one tap', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], bias: true });
    const { graph, learned } = networkOf(caseOf(conv, [[2, 1, 1, 2]]));
    const x = { shape: [2, 1, 1, 2] as const, values: Float32Array.of(1, 2, 3, 4) };
    const back = parameterGradients(graph, shapesOf(graph, { '0': x }), 'node');
    const gy = { shape: x.shape, values: Float32Array.of(10, 20, 30, 40) };
    const results = runReference(back.graph, { '0': x, [back.cotangent]: gy }, back.parameters(learned));
    expect([...results[back.gradients.node!.weight!]!.output.values]).toEqual([10 + 40 + 90 + 160]);
    expect([...results[back.gradients.node!.bias!]!.output.values]).toEqual([100]);
  });
});

describe('a classifier', () => {
  const conv = createConv2d({ inChannels: 2, outChannels: 3, kernelSize: [3, 3], padding: 'same', bias: true });
  const indices = { kind: 'cross_entropy', gives: 'loss', target: 'indices' } as const;
  const graph: Graph = {
    nodes: [
      { id: 'x', operator: { kind: 'input', channels: 2 }, inputs: [] },
      { id: 'labels', operator: { kind: 'input', channels: 1 }, inputs: [] },
      { id: 'step', operator: { kind: 'input', channels: 1 }, inputs: [] },
      { id: 'conv', operator: conv, inputs: ['x'] },
      { id: 'tanh', operator: { kind: 'activation', function: 'tanh' }, inputs: ['conv'] },
      { id: 'dropped', operator: { kind: 'seeded_dropout', p: 0.4, seed: 1, stream: 2 }, inputs: ['tanh', 'step'] },
      { id: 'skip', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['dropped', 'conv'] },
      { id: 'mean', operator: { kind: 'reduce', function: 'mean', axes: [2, 3] }, inputs: ['skip'] },
      { id: 'logits', operator: createLinear({ inFeatures: 3, outFeatures: 4 }), inputs: ['mean'] },
      { id: 'losses', operator: indices, inputs: ['logits', 'labels'] },
      { id: 'loss', operator: { kind: 'reduce', function: 'mean', axes: [0] }, inputs: ['losses'] },
      { id: 'correct', operator: { ...indices, gives: 'correct' }, inputs: ['logits', 'labels'] },
    ],
  };
  const tensors: Tensors = {
    x: tensorOf([7, 2, 5, 4], 1),
    labels: { shape: [7, 1, 1, 1], values: Float32Array.of(0, 3, 1, 2, 2, -1, 0) },
    step: { shape: [1, 1, 1, 1], values: Float32Array.of(17) },
  };
  const learned: GraphParameters = {
    conv: { weight: valuesOf(54, 3), bias: valuesOf(3, 4) },
    logits: { weight: valuesOf(12, 5), bias: valuesOf(4, 6) },
  };

  it('has the gradients of its loss at all it learns, through dropout of one step, and leaves out a sample without a class', () => {
    expect(expectDifferences(graph, tensors, learned, 'loss')).toBe(4);
  });

  it('keeps what is wanted of the same run, and gives away no gradient of what the loss does not depend on', () => {
    const aside = { id: 'aside', operator: createLinear({ inFeatures: 3, outFeatures: 4 }), inputs: ['mean'] };
    const more: Graph = { nodes: [...graph.nodes, aside] };
    const back = parameterGradients(more, shapesOf(more, tensors), 'loss', ['correct']);
    expect(Object.keys(back.gradients)).toEqual(['conv', 'logits']);
    const ids = back.graph.nodes.map(({ id }) => id);
    expect(ids).toContain('correct');
    expect(ids).not.toContain('aside');
    expect(back.graph.nodes.filter(({ operator }) => operator.kind === 'weight_gradient')).toHaveLength(2);
  });
});
