import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arithmeticOf } from './arithmeticOf.ts';
import { type Operator, rulesOf } from './index.ts';
import './late.ts';
import type { HostTensor, Shape } from './operator.ts';
import { mapped } from './pad/index.ts';

const counting = (shape: Shape): HostTensor<Float32Array> => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
});

/** The operators applied one after another to 0, 1, 2, ... */
function applied(shape: Shape, ...operators: readonly Operator[]): readonly number[] {
  const start = counting(shape);
  return [
    ...operators.reduce((tensor, operator) => arithmeticOf(operator).compute(operator, [tensor], null), start).values,
  ];
}

const upTo = (length: number) => Array.from({ length }, (_, i) => i);

describe('channel shuffle', () => {
  it('deals the channels of 2 groups out in turn: 0 3 1 4 2 5', () => {
    expect(applied([1, 6, 1, 1], { kind: 'channel_shuffle', groups: 2 })).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('is a permutation, undone by the shuffle with as many groups as each group has channels', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (groups, each) => {
        const shape: Shape = [2, groups * each, 1, 2];
        const once = applied(shape, { kind: 'channel_shuffle', groups });
        expect([...once].sort((a, b) => a - b)).toEqual(upTo(once.length));
        expect(applied(shape, { kind: 'channel_shuffle', groups }, { kind: 'channel_shuffle', groups: each })).toEqual(
          upTo(once.length),
        );
      }),
    );
  });

  it('refuses channels that the groups do not divide, as PyTorch does', () => {
    const operator = { kind: 'channel_shuffle', groups: 4 } as const;
    expect(rulesOf(operator).outputShape(operator, [[1, 6, 2, 2]])).toMatchObject({
      ok: false,
      error: { message: 'Number of channels must be divisible by groups. Got 6 channels and 4 groups.' },
    });
  });
});

describe('pixel shuffle', () => {
  it('lays four channels out as a block of 2 x 2', () => {
    expect(applied([1, 4, 1, 2], { kind: 'depth_to_space', block: 2, mode: 'CRD' })).toEqual([0, 2, 1, 3, 4, 6, 5, 7]);
  });

  it('is undone by pixel unshuffle, in both modes', () => {
    for (const mode of ['CRD', 'DCR'] as const) {
      const there = { kind: 'depth_to_space', block: 3, mode } as const;
      const back = { kind: 'space_to_depth', block: 3, mode } as const;
      expect(applied([2, 18, 2, 4], there, back)).toEqual(upTo(288));
    }
  });
});

describe('a slice', () => {
  it('with step -1 on each of two axes turns a map by 180 degrees', () => {
    const turned = { kind: 'slice', start: [0, 0, 1, 2], count: [1, 1, 2, 3], step: [1, 1, -1, -1] } as const;
    expect(applied([1, 1, 2, 3], turned)).toEqual([5, 4, 3, 2, 1, 0]);
  });
});

describe('a permutation of axes', () => {
  it('exchanges rows and columns', () => {
    expect(applied([1, 1, 2, 3], { kind: 'permute', dims: [0, 1, 3, 2] })).toEqual([0, 3, 1, 4, 2, 5]);
  });
});

describe('padding', () => {
  it('mirrors without the edge, repeats the edge, or goes round', () => {
    const at = [-2, -1, 0, 3, 4, 5];
    expect(at.map((i) => mapped(i, 4, 'reflect'))).toEqual([2, 1, 0, 3, 2, 1]);
    expect(at.map((i) => mapped(i, 4, 'edge'))).toEqual([0, 0, 0, 3, 3, 3]);
    expect(at.map((i) => mapped(i, 4, 'wrap'))).toEqual([2, 3, 0, 3, 0, 1]);
    expect(at.map((i) => mapped(i, 4, 'constant'))).toEqual([null, null, 0, 3, null, null]);
  });

  it('crops where its number is negative', () => {
    const operator = { kind: 'pad', before: [0, 0, -1, 1], after: [0, 0, 0, -2], mode: 'constant', value: 9 } as const;
    // Rows 1 alone; a column of 9 in front, the last two columns gone.
    expect(applied([1, 1, 2, 4], operator)).toEqual([9, 4, 5]);
  });
});

describe('who reads whom, from both ends', () => {
  const operators: readonly Operator[] = [
    { kind: 'depth_to_space', block: 2, mode: 'CRD' },
    { kind: 'space_to_depth', block: 2, mode: 'CRD' },
    { kind: 'slice', start: [0, 0, 3, 0], count: [1, 4, 2, 2], step: [1, 1, -2, 1] },
    { kind: 'pad', before: [0, 0, 2, 1], after: [0, 0, 1, 0], mode: 'reflect', value: 0 },
  ];
  it.each(operators)('$kind', (operator) => {
    const rules = rulesOf(operator);
    const shape: Shape = [1, 4, 4, 6];
    const output = rules.outputShape(operator, [shape]);
    if (!output.ok) throw new Error(output.error.message);
    for (const axis of ['h', 'w'] as const) {
      const i = axis === 'h' ? 2 : 3;
      for (const pixel of upTo(shape[i])) {
        const expected = upTo(output.value[i]).filter((u) => rules.reads(operator, axis, shape[i], u).includes(pixel));
        expect(rules.readers(operator, axis, shape[i], pixel)).toEqual(expected);
      }
    }
  });
});
