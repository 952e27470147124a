import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { griddingAlong, griddingOf, hdcRule, type StackLayer, stackAlong, unreadPixels } from './gridding.ts';
import { tapsThrough } from './receptiveField.ts';

const dilated = (...dilations: readonly number[]): readonly StackLayer[] =>
  dilations.map((dilation) => ({ kernel: 3, stride: 1, dilation }));

describe('a stack along one axis', () => {
  it('of dilations 1, 2, 4 reads its whole field of 15', () => {
    expect(griddingAlong(dilated(1, 2, 4))).toMatchObject({ field: 15, unread: [], largestGap: 1, warning: null });
  });

  it('of dilations 2, 2, 2 reads every other pixel of 13, and says that 2 is why', () => {
    expect(griddingAlong(dilated(2, 2, 2))).toEqual({
      field: 13,
      read: [0, 2, 4, 6, 8, 10, 12],
      unread: [1, 3, 5, 7, 9, 11],
      largestGap: 2,
      warning: { kind: 'common-factor', factor: 2 },
    });
    expect(griddingAlong(dilated(4, 6)).warning).toEqual({ kind: 'common-factor', factor: 2 });
  });

  it('of dilations 1 and 5 has gaps though they share no factor', () => {
    const gridding = griddingAlong(dilated(1, 5));
    expect(gridding).toMatchObject({ field: 13, unread: [3, 4, 8, 9], largestGap: 3, warning: { kind: 'gaps' } });
  });

  it('counts strides below as steps, not those above: 1 tap with stride 2 under 3 taps skips pixels', () => {
    const one = { kernel: 1, stride: 2, dilation: 1 };
    const three = { kernel: 3, stride: 2, dilation: 1 };
    expect(griddingAlong([one, three])).toMatchObject({ read: [0, 2, 4], unread: [1, 3] });
    expect(griddingAlong([three])).toMatchObject({ read: [0, 1, 2], warning: null });
  });

  it('of no layers is the pixel itself', () => {
    expect(griddingAlong([])).toMatchObject({ field: 1, read: [0], warning: null });
  });
});

describe('the rule of hybrid dilated convolution', () => {
  it("holds for the paper's 1, 2, 5 (distance 2) and not for 1, 2, 9 (distance 5)", () => {
    expect(hdcRule(dilated(1, 2, 5))).toEqual({ distance: 2, allowed: 3, isKept: true });
    expect(hdcRule(dilated(1, 2, 9))).toEqual({ distance: 5, allowed: 3, isKept: false });
    expect(hdcRule(dilated(2, 2, 2))).toMatchObject({ distance: 2, isKept: false });
  });

  it('says nothing of one layer or of different kernels', () => {
    expect(hdcRule(dilated(2))).toBeNull();
    expect(hdcRule([...dilated(1), { kernel: 5, stride: 1, dilation: 2 }])).toBeNull();
  });

  it('leaves no holes where it is kept', () => {
    const stacks = fc.tuple(
      fc.integer({ min: 3, max: 7 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(stacks, ([kernel, dilations]) => {
        const layers = [1, ...dilations].map((dilation) => ({ kernel, stride: 1, dilation }));
        fc.pre(hdcRule(layers)?.isKept === true);
        expect(griddingAlong(layers).unread).toEqual([]);
      }),
    );
  });

  it('is kept exactly where there are no holes, for 3 taps and dilations that never fall', () => {
    const stacks = fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(stacks, (dilations) => {
        const layers = dilated(1, ...dilations.toSorted((a, b) => a - b));
        expect(griddingAlong(layers).warning === null).toBe(hdcRule(layers)!.isKept);
      }),
    );
  });
});

describe('both axes', () => {
  it('of two 3 x 3 with dilation 2 read 25 of 81 pixels', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], dilation: [2, 2] });
    const gridding = griddingOf([conv, conv]);
    expect(gridding).toMatchObject({ read: 25, box: 81 });
    const unread = unreadPixels(gridding);
    expect(unread).toHaveLength(56);
    expect(unread.slice(0, 2)).toEqual([
      [0, 1],
      [0, 3],
    ]);
  });

  it('read what the graph says that a unit reads', () => {
    const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
    const layer = fc
      .record({ kernelSize: pair(3), stride: pair(2), dilation: pair(3) })
      .map((attributes) => createConv2d({ inChannels: 1, outChannels: 1, ...attributes }));
    fc.assert(
      fc.property(layer, layer, (first, second) => {
        const graph: Graph = {
          nodes: [
            { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
            { id: 'a', operator: first, inputs: ['input'] },
            { id: 'b', operator: second, inputs: ['a'] },
          ],
        };
        const shapes = inferShapes(graph, { input: [1, 1, 40, 40] });
        if (!shapes.ok) throw new Error(shapes.error.message);
        const { rows, columns } = tapsThrough(graph, shapes.value, 'b', { y: 0, x: 0 }).input!;
        expect(griddingAlong(stackAlong([first, second], 'h')).read).toEqual(rows);
        expect(griddingAlong(stackAlong([first, second], 'w')).read).toEqual(columns);
      }),
    );
  });
});
