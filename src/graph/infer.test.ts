import { describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import { costOf } from './cost.ts';
import { exploreGraph } from './explore.ts';
import type { Graph } from './graph.ts';
import { inferShapes } from './infer.ts';
import { validateGraph } from './validate.ts';

const conv = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [5, 5], stride: [2, 2], padding: 'valid' });
const graph = exploreGraph(conv, 'relu');

describe('shapes through a graph', () => {
  it('follow the operators: 3 x 32 x 40 under a 5 x 5 with stride 2 is 16 x 14 x 18', () => {
    expect(inferShapes(graph, { input: [1, 3, 32, 40] })).toEqual({
      ok: true,
      value: { input: [1, 3, 32, 40], conv: [1, 16, 14, 18], activation: [1, 16, 14, 18] },
    });
  });

  it('end at the node that refuses, by its name', () => {
    const inferred = inferShapes(graph, { input: [1, 3, 4, 40] });
    expect(inferred).toMatchObject({ ok: false, error: { code: 'kernel-too-large', node: 'conv' } });
  });

  it('need the shape of every input, with its channels', () => {
    expect(inferShapes(graph, {})).toMatchObject({ ok: false, error: { code: 'input-missing', node: 'input' } });
    const other = inferShapes(graph, { input: [1, 1, 32, 40] });
    expect(other).toMatchObject({ ok: false, error: { code: 'input-channels', node: 'input' } });
  });
});

describe('a graph is refused', () => {
  const relu = { kind: 'activation', function: 'relu' } as const;
  const input = { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] } as const;

  it.each<[string, Graph, string]>([
    ['when an id stands twice', { nodes: [input, input] }, 'duplicate-node'],
    [
      'when a node reads one that is nowhere',
      { nodes: [input, { id: 'a', operator: relu, inputs: ['b'] }] },
      'unknown-node',
    ],
    [
      'when a node reads a later one',
      {
        nodes: [
          { id: 'a', operator: relu, inputs: ['b'] },
          { id: 'b', operator: relu, inputs: ['a'] },
        ],
      },
      'not-in-order',
    ],
    ['when an activation reads nothing', { nodes: [input, { id: 'a', operator: relu, inputs: [] }] }, 'wrong-arity'],
  ])('%s', (_, broken, code) => {
    expect(validateGraph(broken)).toMatchObject({ ok: false, error: { code } });
    expect(inferShapes(broken, { input: [1, 3, 8, 8] })).toMatchObject({ ok: false, error: { code } });
  });
});

describe('the price of a graph', () => {
  it('is the sum of its nodes; memory is every map that is computed', () => {
    const shapes = inferShapes(graph, { input: [1, 3, 32, 40] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const { total, nodes } = costOf(graph, shapes.value);
    const map = 4 * 16 * 14 * 18;
    expect(nodes.activation).toEqual({ parameters: 0, macs: 0, usefulMacs: 0, activationBytes: map });
    expect(total).toEqual({
      parameters: 16 * (3 * 25 + 1),
      macs: 16 * 75 * 14 * 18,
      usefulMacs: 16 * 75 * 14 * 18,
      activationBytes: 2 * map,
    });
  });
});
