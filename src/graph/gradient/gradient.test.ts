import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindCases } from '../../../tests/support/cases/index.ts';
import { caseOf, type OperatorCase, tensorOf, valuesOf } from '../../../tests/support/cases/operatorCase.ts';
import { convCases } from '../../../tests/support/convCases.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { GradientOperator, Operator } from '../../operators/index.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { gradientGraph } from './index.ts';

type Tensors = Readonly<Record<NodeId, HostTensor>>;

function shapesOf(graph: Graph, inputs: Tensors) {
  const shapes = inferShapes(graph, Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape])));
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

/** The graph that a case is: inputs named after their number, and `node`. */
function networkOf({ operator, inputs, parameters }: OperatorCase) {
  const names = inputs.map((_, i) => `${i}`);
  const graph: Graph = {
    nodes: [
      ...inputs.map(({ shape }, i) => ({
        id: names[i]!,
        operator: { kind: 'input', channels: shape[1] } as const,
        inputs: [],
      })),
      { id: 'node', operator, inputs: names },
    ],
  };
  const tensors: Tensors = Object.fromEntries(inputs.map((tensor, i) => [names[i]!, tensor]));
  const learned: GraphParameters = parameters ? { node: parameters } : {};
  return { graph, tensors, parameters: learned };
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

/**
 * Holds the gradient graph to central differences, both in float64: <v, (f(x + h d) - f(x - h d)) / 2h> = <vᵀ df/dx, d> for a random
 * direction d and cotangent v, to 1e-5 of the sum of its |terms|. Where the differences to both sides disagree a kink lies within the
 * step: there v is 0.
 */
function expectDifferences(graph: Graph, tensors: Tensors, parameters: GraphParameters, of: NodeId, at: NodeId): void {
  const shapes = shapesOf(graph, tensors);
  const { shape, values } = tensors[at]!;
  const direction = valuesOf(values.length, 77);
  const h = 1e-6;
  const moved = (by: number) => {
    const x = { shape, values: Float64Array.from(values, (value, i) => value + by * direction[i]!) };
    return runReference(graph, { ...tensors, [at]: x }, parameters)[of]!.output.values;
  };
  const [below, here, above] = [moved(-h), moved(0), moved(h)];
  const cotangent = Float64Array.from(valuesOf(here.length, 78), (value, i) => {
    const [left, right] = [(here[i]! - below[i]!) / h, (above[i]! - here[i]!) / h];
    return Math.abs(right - left) > 1e-4 * (Math.abs(left) + Math.abs(right)) + 1e-6 ? 0 : value;
  });
  const difference = here.map((_, i) => (cotangent[i] === 0 ? 0 : (above[i]! - below[i]!) / (2 * h)));
  const expected = dot(cotangent, difference);
  const back = gradientGraph(graph, shapes, of, at);
  if (!back) {
    expect(expected).toBe(0);
    return;
  }
  const inputs = { ...tensors, [back.cotangent]: { shape: shapes[of]!, values: cotangent } };
  const { output } = runReference(back.graph, inputs, back.parameters(parameters))[back.gradient]!;
  expect(output.shape).toEqual(shape);
  const scale =
    1 + dot(output.values.map(Math.abs), direction.map(Math.abs)) + dot(cotangent.map(Math.abs), here.map(Math.abs));
  const error = Math.abs(dot(output.values, direction) - expected) / scale;
  if (!(error <= 1e-5)) {
    const operators = graph.nodes.map(({ operator }) => operator);
    expect.fail(`${dot(output.values, direction)} instead of ${expected}: ${JSON.stringify({ operators, shape })}`);
  }
}

const derived: readonly Operator['kind'][] = [
  'optimizer_step',
  'deform_gradient',
  'extremum_gradient',
  'pointwise_gradient',
  'separable_sum',
  'weight_gradient',
  'cross_entropy',
  'seeded_dropout',
] satisfies readonly GradientOperator['kind'][];

/** Where offsets move samples by whole pixels alone, every one of them stands on a kink. */
function isBetweenPixels({ operator, inputs }: OperatorCase, at: NodeId): boolean {
  return operator.kind !== 'deform_conv2d' || at !== '1' || !inputs[1]!.values.every(Number.isInteger);
}

describe.each(kindCases.filter(({ kind }) => !derived.includes(kind)))('the gradient of $kind', ({ random }) => {
  it('is what differences say, at each of its inputs', () => {
    fc.assert(
      fc.property(random, (one) => {
        const { graph, tensors, parameters } = networkOf(one);
        for (const at of Object.keys(tensors)) {
          if (!isBetweenPixels(one, at)) continue;
          expectDifferences(graph, tensors, parameters, 'node', at);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('the gradient of conv2d', () => {
  it('is what differences say, in all padding modes, with strides that drop rows', () => {
    fc.assert(
      fc.property(convCases, ({ conv, input, parameters }) => {
        const { graph, tensors, parameters: learned } = networkOf({ operator: conv, inputs: [input], parameters });
        expectDifferences(graph, tensors, learned, 'node', '0');
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the very array of weights, and drops the bias', () => {
    const conv = createConv2d({ inChannels: 2, outChannels: 3, kernelSize: [3, 3], stride: [2, 2] });
    const { graph, tensors, parameters } = networkOf(caseOf(conv, [[1, 2, 8, 8]]));
    const back = gradientGraph(graph, shapesOf(graph, tensors), 'node', '0')!;
    expect(back.graph.nodes.map(({ operator }) => operator.kind)).toEqual(['input', 'conv_transpose2d']);
    const values = back.parameters(parameters)[back.gradient]!;
    expect(values.weight).toBe(parameters.node!.weight);
    expect(values.bias).toBeNull();
  });
});

describe('the gradient of conv_transpose2d', () => {
  it('leaves out the windows that output_padding made room for', () => {
    const conv = createConvTranspose2d({
      ...{ inChannels: 1, outChannels: 2, kernelSize: [2, 2], dilation: [3, 3], outputPadding: [2, 1] },
    });
    const { graph, tensors, parameters } = networkOf(caseOf(conv, [[1, 1, 3, 4]]));
    expectDifferences(graph, tensors, parameters, 'node', '0');
  });
});

describe.each(activationNames)('the gradient of the activation %s', (name) => {
  it('is what differences say', () => {
    const { graph, tensors } = networkOf(caseOf({ kind: 'activation', function: name }, [[2, 5, 6, 7]]));
    const larger = { '0': { ...tensors['0']!, values: tensors['0']!.values.map((value) => 8 * value) } };
    expectDifferences(graph, larger, {}, 'node', '0');
  });
});

describe('a network', () => {
  const shape: Shape = [1, 2, 6, 7];
  const conv = (stride: number) =>
    createConv2d({ inChannels: 2, outChannels: 2, kernelSize: [3, 3], stride: [stride, stride], padding: 'full' });
  const graph: Graph = {
    nodes: [
      { id: 'x', operator: { kind: 'input', channels: 2 }, inputs: [] },
      { id: 'other', operator: { kind: 'input', channels: 2 }, inputs: [] },
      { id: 'a', operator: conv(2), inputs: ['x'] },
      { id: 'gelu', operator: { kind: 'activation', function: 'gelu' }, inputs: ['a'] },
      { id: 'aside', operator: { kind: 'dropout', p: 0.5 }, inputs: ['gelu'] },
      { id: 'b', operator: { ...conv(1), padding: 'same' }, inputs: ['gelu'] },
      { id: 'sum', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['b', 'gelu'] },
      { id: 'square', operator: { kind: 'arithmetic', function: 'multiply' }, inputs: ['sum', 'sum'] },
      { id: 'both', operator: { kind: 'concat', axis: 1 }, inputs: ['square', 'gelu'] },
    ],
  };
  const tensors: Tensors = { x: tensorOf(shape, 1), other: tensorOf(shape, 2) };
  const parameters: GraphParameters = {
    a: { weight: valuesOf(36, 3), bias: valuesOf(2, 4) },
    b: { weight: valuesOf(36, 5), bias: valuesOf(2, 6) },
  };

  it('adds up what comes back along every path: a skip, a square, a concatenation', () => {
    expectDifferences(graph, tensors, parameters, 'both', 'x');
  });

  it('has a gradient at every node on the way, and keeps of itself only what that needs', () => {
    const back = gradientGraph(graph, shapesOf(graph, tensors), 'b', 'gelu')!;
    expect(back.graph.nodes.map(({ operator }) => operator.kind)).toEqual(['input', 'conv_transpose2d']);
    expect(Object.keys(back.parameters(parameters))).toEqual([back.gradient]);
  });

  it('is its own cotangent at the node itself', () => {
    const back = gradientGraph(graph, shapesOf(graph, tensors), 'b', 'b')!;
    expect(back.gradient).toBe(back.cotangent);
  });

  it('has none at what it does not depend on', () => {
    expect(gradientGraph(graph, shapesOf(graph, tensors), 'both', 'other')).toBeNull();
  });
});

describe('equal entries of a window', () => {
  it('give the gradient to the first in reading order, as torch.nn.MaxPool2d does', () => {
    const pool = { kind: 'adaptive_pool2d', function: 'max', outputSize: [1, 1] } as const;
    const { graph } = networkOf({ operator: pool, inputs: [tensorOf([1, 1, 2, 2], 1)], parameters: null });
    const x = { shape: [1, 1, 2, 2] as const, values: Float32Array.of(1, 3, 3, 2) };
    const back = gradientGraph(graph, shapesOf(graph, { '0': x }), 'node', '0')!;
    const one = { shape: [1, 1, 1, 1] as const, values: Float32Array.of(5) };
    const result = runReference(back.graph, { '0': x, [back.cotangent]: one }, {})[back.gradient]!;
    expect([...result.output.values]).toEqual([0, 5, 0, 0]);
  });
});
