import { describe, expect, it } from 'vitest';
import '../../../operators/late.ts';
import { channelClasses } from '../../../analysis/pruning/channelClasses.ts';
import { planRemoval } from '../../../analysis/pruning/planRemoval.ts';
import { prune } from '../../../analysis/pruning/prune.ts';
import type { Graph } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { convolutionLayers } from '../../../graph/trained/convolutionLayers.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { subjectLayers } from '../layers.ts';
import type { ChannelsSubject } from '../subject.ts';
import { nothingChosen, withMerge, withoutMerge, withoutRemoved, withRemoved } from './choice.ts';
import { costChanges } from './costRows.ts';
import { goesAlong, goneOf } from './gone.ts';

const conv = (inChannels: number, outChannels: number, groups = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [1, 1] });

/** a → relu → depthwise b → c. */
const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 2 }, inputs: [] },
    { id: 'a', operator: conv(2, 4), inputs: ['input'] },
    { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['a'] },
    { id: 'b', operator: conv(4, 4, 4), inputs: ['relu'] },
    { id: 'c', operator: conv(4, 3), inputs: ['b'] },
  ],
};
const inferred = inferShapes(graph, { input: [1, 2, 5, 5] });
if (!inferred.ok) throw new Error(inferred.error.message);
const shapes = inferred.value;
const classes = channelClasses(graph, shapes);
const layers = subjectLayers(graph, convolutionLayers(graph));
const subject = { layers } as unknown as ChannelsSubject;
const base = { subject, graph, shapes, classes };
const merge = { node: 'relu', kept: 0, copy: 3, slope: 2, intercept: 0 };

describe('what is chosen to go', () => {
  it('is taken back by whichever channel goes along with it', () => {
    const chosen = withRemoved(withRemoved(nothingChosen, 'a', [2, 0]), 'a', [2]);
    expect(chosen.removed).toEqual({ a: [0, 2] });
    expect(withoutRemoved(classes, graph, chosen, 'b', [2]).removed).toEqual({ a: [0] });
    expect(withoutRemoved(classes, graph, withMerge(chosen, merge), 'b', [0, 2, 3])).toEqual(nothingChosen);
  });

  it('has every copy once', () => {
    const twice = withMerge(withMerge(nothingChosen, merge), { ...merge, kept: 1 });
    expect(twice.merges).toEqual([{ ...merge, kept: 1 }]);
    expect(withoutMerge(twice, merge)).toEqual(nothingChosen);
  });

  it('is told apart from what goes along', () => {
    const chosen = withMerge(withRemoved(nothingChosen, 'a', [0]), { ...merge, kept: 1 });
    // A depthwise layer does not treat a copy as it treats what it is a copy of.
    expect(planRemoval(graph, shapes, chosen.removed, chosen.merges)).toMatchObject({
      ok: false,
      error: { code: 'own-parameters', node: 'b' },
    });
    const removed = { removed: chosen.removed, merges: [] };
    const planned = planRemoval(graph, shapes, removed.removed, []);
    if (!planned.ok) throw new Error(planned.error.code);
    expect(goneOf(removed, planned.value, layers[0]!)).toEqual({ chosen: new Set([0]), along: new Set() });
    expect(goneOf(removed, planned.value, layers[1]!)).toEqual({ chosen: new Set(), along: new Set([0]) });
    expect(goesAlong(base, removed, planned.value)).toEqual([{ label: 'b', count: 1 }]);
  });

  it('has a price by layer that adds up', () => {
    const parameters = Object.fromEntries(
      [
        ['a', 8, 4],
        ['b', 4, 4],
        ['c', 12, 3],
      ].map(([id, weights, biases]) => [
        id,
        { weight: new Float32Array(Number(weights)).fill(1), bias: new Float32Array(Number(biases)) },
      ]),
    );
    const pruned = prune(graph, parameters, shapes, { a: [0] }, { constants: 'drop' });
    if (!pruned.ok) throw new Error(pruned.error.code);
    const { rows, unchanged, others, total } = costChanges(base, pruned.value);
    expect(rows.map(({ label, channels }) => [label, ...channels])).toEqual([
      ['a', 4, 3],
      ['b', 4, 3],
      ['c', 3, 3],
    ]);
    expect([unchanged, others]).toEqual([0, null]);
    // A filter of 2 and a bias, one of 1 and a bias, a column of 3.
    expect(total.before.parameters - total.after.parameters).toBe(3 + 2 + 3);
    const saved = rows.map(({ before, after }) => before.parameters - after.parameters);
    expect(saved).toEqual([3, 2, 3]);
    // The map of a, of its activation and of b.
    expect(total.before.activationBytes - total.after.activationBytes).toBe(3 * 25 * 4);
  });
});
