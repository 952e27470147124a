import { expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import '../../operators/late.ts';
import { startingWeights } from './startingWeights.ts';

const graph: Graph = {
  nodes: [
    { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
    { id: 'block.0', operator: createConv2d({ inChannels: 1, outChannels: 2, kernelSize: [1, 1] }), inputs: ['x'] },
    { id: 'norm', operator: { kind: 'batch_norm2d', numFeatures: 2, eps: 1e-5 }, inputs: ['block.0'] },
  ],
};
const pair = (a: number, b: number, shape: readonly number[] = [2]) => ({ shape, values: Float32Array.of(a, b) });
const norm = {
  'norm.weight': pair(1, 2),
  'norm.bias': pair(3, 4),
  'norm.running_mean': pair(5, 6),
  'norm.running_var': pair(7, 8),
};
const file = new Map(
  Object.entries({ 'block.0.weight': pair(1, -1, [2, 1, 1, 1]), 'block.0.bias': pair(0, 9), ...norm }),
);
const changed = (name: string, tensor: ReturnType<typeof pair> | null) => {
  const next = new Map(file);
  if (tensor) next.set(name, tensor);
  else next.delete(name);
  return next;
};

it('takes every tensor and statistic by its name', () => {
  const expected = {
    'block.0': { weight: Float32Array.of(1, -1), bias: Float32Array.of(0, 9) },
    norm: {
      weight: Float32Array.of(1, 2),
      bias: Float32Array.of(3, 4),
      runningMean: Float32Array.of(5, 6),
      runningVar: Float32Array.of(7, 8),
    },
  };
  expect(startingWeights(graph, file)).toEqual({ ok: true, value: expected });
  // As the module names them that is exported for PyTorch.
  const inPython = new Map([...file].map(([name, tensor]) => [name.replace('block.0', 'block_0'), tensor]));
  expect(startingWeights(graph, inPython)).toEqual({ ok: true, value: expected });
});

it('names the first tensor that differs, and both shapes', () => {
  const errorOf = (given: ReturnType<typeof changed>) => startingWeights(graph, given);
  expect(errorOf(changed('block.0.weight', pair(1, 2, [1, 2, 1, 1])))).toEqual({
    ok: false,
    error: { code: 'weights-differ', id: 'block.0.weight', expected: '[2, 1, 1, 1]', found: '[1, 2, 1, 1]' },
  });
  expect(errorOf(changed('norm.running_var', null))).toEqual({
    ok: false,
    error: { code: 'weights-missing', id: 'norm.running_var', expected: '[2]' },
  });
  expect(errorOf(changed('head.bias', pair(1, 2)))).toEqual({
    ok: false,
    error: { code: 'weights-unused', id: 'head.bias', found: '[2]' },
  });
});
