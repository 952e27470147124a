import { describe, expect, it } from 'vitest';
import '../../operators/late.ts';
import type { Graph } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { costWithout, pruneToBudget } from './pruneToBudget.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [1, 1], bias: false });

/** 4·3 + (4/2)·4 + 4·2 weights: 12 + 8 + 8. */
const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
    { id: 'a', operator: conv(3, 4), inputs: ['input'] },
    { id: 'b', operator: conv(4, 4, 2), inputs: ['a'] },
    { id: 'c', operator: conv(4, 2), inputs: ['b'] },
  ],
};
const inferred = inferShapes(graph, { input: [1, 3, 5, 5] });
if (!inferred.ok) throw new Error(inferred.error.message);
const shapes = inferred.value;

/** Channel by channel, as weak as the numbers say. */
const candidates = (node: string, ...weakness: readonly number[]) =>
  weakness.map((each, channel) => ({ node, channel, weakness: each }));

describe('pruning to a budget', () => {
  it('takes the weakest of each group until it is kept', () => {
    const found = pruneToBudget(graph, shapes, candidates('a', 3, 1, 0, 2), { of: 'parameters', most: 20 });
    // 0 is the weakest of the first group, 3 of the second: 2·3 + 1·4 + 8 are left.
    expect(found).toMatchObject({ removal: { a: [0, 3] }, isKept: true, cost: { parameters: 18, macs: 25 * 18 } });
  });

  it('takes nothing where nothing must go, and says when not enough can', () => {
    const all = [...candidates('a', 1, 1, 1, 1), ...candidates('c', 9, 9)];
    expect(pruneToBudget(graph, shapes, all, { of: 'macs', most: 700 }).removal).toEqual({});
    // The outputs of the network cannot go, and of every group one channel stays.
    const found = pruneToBudget(graph, shapes, all, { of: 'macs', most: 10 });
    expect(found).toMatchObject({ isKept: false, cost: { parameters: 18 } });
  });

  it('goes by the order of weakness over all layers', () => {
    const all = [...candidates('a', 0, 0, 0, 0), ...candidates('b', 5, 1, 4, 1)];
    expect(pruneToBudget(graph, shapes, all, { of: 'parameters', most: 22 }).removal).toEqual({ b: [0, 2] });
    expect(costWithout(graph, shapes, { b: [0, 2] })).toMatchObject({ ok: true, value: { parameters: 12 + 4 + 4 } });
  });
});
