/** Cases of the operators that put values into another order, and of padding. */
import fc from 'fast-check';
import type { Shape } from '../../../src/operators/operator.ts';
import { padModes } from '../../../src/operators/pad/attributes.ts';
import type { Dimension } from '../../../src/operators/tensors.ts';
import { caseOf, isValid, type KindCases, seed, shapeUpTo } from './operatorCase.ts';

const small = shapeUpTo(6, 7);

/** The element count cut into four factors at random. */
const factored = (elements: number) =>
  fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }).map((picks) => {
    const shape = [1, 1, 1, 1];
    let rest = elements;
    let at = 0;
    for (let factor = 2; rest > 1; ) {
      if (rest % factor === 0) {
        shape[picks[at++ % picks.length]!]! *= factor;
        rest /= factor;
      } else factor++;
    }
    return shape as unknown as Shape;
  });

export const reshapeCases: KindCases = {
  kind: 'reshape',
  random: small.chain((shape) =>
    fc
      .tuple(factored(shape.reduce((a, b) => a * b)), seed)
      .map(([to, by]) => caseOf({ kind: 'reshape', shape: to }, [shape], by)),
  ),
  // Flattened: from blocks of four channels, of one and of two images; from maps whose last block has gaps.
  edges: [
    caseOf({ kind: 'reshape', shape: [1, 1, 1, 1] }, [[1, 1, 1, 1]]),
    caseOf({ kind: 'reshape', shape: [1, 120, 1, 1] }, [[1, 8, 3, 5]]),
    caseOf({ kind: 'reshape', shape: [2, 24, 1, 1] }, [[2, 4, 2, 3]]),
    caseOf({ kind: 'reshape', shape: [1, 36, 1, 1] }, [[1, 6, 2, 3]]),
    caseOf({ kind: 'reshape', shape: [1, 90, 1, 1] }, [[1, 6, 3, 5]]),
  ],
};

export const permuteCases: KindCases = {
  kind: 'permute',
  random: fc
    .tuple(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), small, seed)
    .map(([dims, shape, by]) =>
      caseOf({ kind: 'permute', dims: dims as [Dimension, Dimension, Dimension, Dimension] }, [shape], by),
    ),
  edges: [caseOf({ kind: 'permute', dims: [0, 2, 3, 1] }, [[2, 3, 5, 1]])],
};

const part = (size: number) =>
  fc.tuple(fc.nat(size - 1), fc.integer({ min: -3, max: 3 }), fc.nat(9)).map(([start, sign, more]) => {
    const step = sign === 0 ? 1 : sign;
    const most = step > 0 ? Math.floor((size - 1 - start) / step) + 1 : Math.floor(start / -step) + 1;
    return { start, step, count: Math.min(most, more + 1) };
  });

export const sliceCases: KindCases = {
  kind: 'slice',
  random: small.chain((shape) =>
    fc.tuple(part(shape[0]), part(shape[1]), part(shape[2]), part(shape[3]), seed).map(([n, c, h, w, by]) => {
      const of = (name: 'start' | 'count' | 'step') => [n[name], c[name], h[name], w[name]] as const;
      return caseOf({ kind: 'slice', start: of('start'), count: of('count'), step: of('step') }, [shape], by);
    }),
  ),
  edges: [caseOf({ kind: 'slice', start: [0, 0, 0, 4], count: [1, 2, 3, 5], step: [1, 1, 1, -1] }, [[1, 2, 3, 5]])],
};

const amounts = fc.tuple(
  fc.integer({ min: 0, max: 1 }),
  fc.integer({ min: -1, max: 2 }),
  fc.integer({ min: -2, max: 4 }),
  fc.integer({ min: -2, max: 4 }),
);

export const padCases: KindCases = {
  kind: 'pad',
  random: fc
    .tuple(amounts, amounts, fc.constantFrom(...padModes), small, seed)
    .map(([before, after, mode, shape, by]) => caseOf({ kind: 'pad', before, after, mode, value: 0.5 }, [shape], by))
    .filter(isValid),
  edges: [
    caseOf({ kind: 'pad', before: [0, 0, 3, 3], after: [0, 0, 3, 3], mode: 'reflect', value: 0 }, [[1, 1, 1, 2]]),
  ],
};

export const channelShuffleCases: KindCases = {
  kind: 'channel_shuffle',
  random: fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), small, seed)
    .map(([groups, each, [n, , h, w], by]) =>
      caseOf({ kind: 'channel_shuffle', groups }, [[n, groups * each, h, w]], by),
    ),
  edges: [caseOf({ kind: 'channel_shuffle', groups: 3 }, [[1, 12, 4, 4]])],
};

const blocks = fc.record({
  block: fc.integer({ min: 1, max: 3 }),
  mode: fc.constantFrom('CRD' as const, 'DCR' as const),
});

export const depthToSpaceCases: KindCases = {
  kind: 'depth_to_space',
  random: fc
    .tuple(blocks, small, seed)
    .map(([{ block, mode }, [n, c, h, w], by]) =>
      caseOf({ kind: 'depth_to_space', block, mode }, [[n, c * block ** 2, h, w]], by),
    ),
  edges: [caseOf({ kind: 'depth_to_space', block: 2, mode: 'CRD' }, [[2, 4, 1, 1]])],
};

export const spaceToDepthCases: KindCases = {
  kind: 'space_to_depth',
  random: fc
    .tuple(blocks, small, seed)
    .map(([{ block, mode }, [n, c, h, w], by]) =>
      caseOf({ kind: 'space_to_depth', block, mode }, [[n, c, h * block, w * block]], by),
    ),
  edges: [caseOf({ kind: 'space_to_depth', block: 2, mode: 'DCR' }, [[2, 3, 2, 2]])],
};

export const dropoutCases: KindCases = {
  kind: 'dropout',
  random: fc.tuple(small, seed).map(([shape, by]) => caseOf({ kind: 'dropout', p: 0.5 }, [shape], by)),
  edges: [caseOf({ kind: 'dropout', p: 0 }, [[1, 1, 1, 1]])],
};
