import { describe, expect, it } from 'vitest';
import { tensorOf, valuesOf } from '../../../tests/support/cases/operatorCase.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { parameterGradients } from '../gradient/parameterGradients.ts';
import type { Graph, GraphParameters } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { trainingGraph } from './trainingGraph.ts';

const network = (p: number): Graph => ({
  nodes: [
    { id: 'x', operator: { kind: 'input', channels: 2 }, inputs: [] },
    { id: 'norm', operator: { kind: 'batch_norm2d', numFeatures: 2, eps: 0.25 }, inputs: ['x'] },
    { id: 'drop', operator: { kind: 'dropout', p }, inputs: ['norm'] },
  ],
});
const learned: GraphParameters = {
  norm: {
    ...{ weight: Float32Array.of(2, 3), bias: Float32Array.of(10, -1) },
    ...{ runningMean: Float32Array.of(99, 99), runningVar: Float32Array.of(99, 99) },
  },
};

describe('a batch norm that trains', () => {
  const { graph, step, statistics } = trainingGraph(network(0), 1);

  it('takes mean and biased variance of all images, and keeps its name, scale and shift', () => {
    // Channel 0: 1, 3 in two images: mean 2, variance 1. Channel 1: 5 twice: variance 0.
    const x = { shape: [2, 2, 1, 1] as const, values: Float32Array.of(1, 5, 3, 5) };
    const results = runReference(graph, { x }, learned);
    expect(step).toBeNull();
    const { mean, variance } = statistics.norm!;
    expect([...results[mean]!.output.values]).toEqual([2, 5]);
    expect([...results[variance]!.output.values]).toEqual([1, 0]);
    const factor = 1 / Math.sqrt(1.25);
    expect(results.drop!.output.values[0]).toBeCloseTo(10 - 2 * factor, 12);
    expect(results.drop!.output.values[2]).toBeCloseTo(10 + 2 * factor, 12);
    expect(results.norm!.output.values[1]).toBe(-1);
  });

  it('has gradients of its scale and shift, which are those of an affine map of standardised values', () => {
    const shape: Shape = [4, 2, 3, 2];
    const x = tensorOf(shape, 3);
    const shapes = inferShapes(graph, { x: shape });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const back = parameterGradients(graph, shapes.value, 'norm');
    const gy = { shape, values: valuesOf(48, 5) };
    const results = runReference(back.graph, { x, [back.cotangent]: gy }, back.parameters(learned));
    const shift = results[back.gradients.norm!.bias!]!.output.values;
    const scale = results[back.gradients.norm!.weight!]!.output.values;
    const sums = [0, 0];
    const products = [0, 0];
    const z = results['norm standardised']!.output.values;
    gy.values.forEach((value, i) => {
      const c = Math.floor(i / 6) % 2;
      sums[c] = sums[c]! + value;
      products[c] = products[c]! + value * z[i]!;
    });
    for (const c of [0, 1]) {
      expect(shift[c]).toBeCloseTo(sums[c]!, 10);
      expect(scale[c]).toBeCloseTo(products[c]!, 10);
    }
  });
});

describe('dropout that trains', () => {
  const { graph, step } = trainingGraph(network(0.25), 7);
  const shape: Shape = [8, 2, 16, 16];
  const at = (number: number): HostTensor => ({ shape: [1, 1, 1, 1], values: Float32Array.of(number) });
  const run = (number: number) =>
    runReference(graph, { x: tensorOf(shape, 1), [step!]: at(number) }, learned).drop!.output.values;

  it('drops a quarter, divides the rest by three quarters, and drops others in the next step', () => {
    const [first, again, next] = [run(3), run(3), run(4)];
    expect(again).toEqual(first);
    expect(next).not.toEqual(first);
    const whole = runReference(graph, { x: tensorOf(shape, 1), [step!]: at(3) }, learned).norm!.output.values;
    const kept = first.filter((value) => value !== 0).length / first.length;
    expect(Math.abs(kept - 0.75)).toBeLessThan(0.03);
    first.forEach((value, i) => {
      if (value !== 0) expect(value / whole[i]!).toBeCloseTo(4 / 3, 6);
    });
  });
});
