/** Cases of operators that combine, reduce and join whole tensors. */
import fc from 'fast-check';
import type { Shape } from '../../../src/operators/operator.ts';
import { type Dimension, withSize } from '../../../src/operators/tensors.ts';
import { caseOf, type KindCases, type OperatorCase, pairUpTo, seed, shapeUpTo } from './operatorCase.ts';

const dimension = fc.constantFrom<Dimension[]>(0, 1, 2, 3);
const shape = shapeUpTo(9, 9);
const broadcasts = (of: Shape) =>
  fc
    .tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())
    .map((single) => of.map((size, i) => (single[i] ? 1 : size)) as unknown as Shape);

/** The case with `change` applied to the values of input `index`. */
function withValues(one: OperatorCase, index: number, change: (value: number) => number): OperatorCase {
  const inputs = one.inputs.map((input, i) => (i === index ? { ...input, values: input.values.map(change) } : input));
  return { ...one, inputs };
}

const arithmeticFunctions = ['add', 'subtract', 'multiply', 'divide', 'power', 'minimum', 'maximum'] as const;

export const arithmeticCases: KindCases = {
  kind: 'arithmetic',
  random: fc.tuple(fc.constantFrom(...arithmeticFunctions), shape, seed).chain(([name, whole, by]) =>
    fc.tuple(broadcasts(whole), broadcasts(whole)).map(([left, right]) => {
      const one = caseOf({ kind: 'arithmetic', function: name }, [left, right], by);
      // Divisors away from 0; powers of positive numbers, the exponents of either sign.
      if (name === 'divide') return withValues(one, 1, (value) => value + (value < 0 ? -0.3 : 0.3));
      if (name !== 'power') return one;
      return withValues(
        withValues(one, 0, (value) => Math.abs(value) * 3 + 0.01),
        1,
        (value) => value * 4,
      );
    }),
  ),
  edges: [
    caseOf({ kind: 'arithmetic', function: 'add' }, [
      [1, 64, 5, 7],
      [1, 64, 5, 7],
    ]),
    caseOf({ kind: 'arithmetic', function: 'divide' }, [
      [2, 5, 3, 3],
      [1, 1, 1, 1],
    ]),
    withValues(
      withValues(
        caseOf({ kind: 'arithmetic', function: 'power' }, [
          [1, 3, 4, 4],
          [1, 3, 4, 4],
        ]),
        1,
        (value) => Math.round(value * 5),
      ),
      0,
      (value) => 2 * value + (value < 0 ? -0.5 : 0.5),
    ),
  ],
};

const reductions = ['mean', 'sum', 'max', 'min'] as const;

export const reduceCases: KindCases = {
  kind: 'reduce',
  random: fc
    .tuple(fc.constantFrom(...reductions), fc.uniqueArray(dimension, { maxLength: 4 }), shapeUpTo(9, 17), seed)
    .map(([name, axes, of, by]) => caseOf({ kind: 'reduce', function: name, axes }, [of], by)),
  edges: [
    caseOf({ kind: 'reduce', function: 'mean', axes: [2, 3] }, [[1, 6, 100, 90]]),
    caseOf({ kind: 'reduce', function: 'sum', axes: [1] }, [[2, 7, 3, 2]]),
    caseOf({ kind: 'reduce', function: 'max', axes: [0, 1, 2, 3] }, [[2, 5, 33, 9]]),
    caseOf({ kind: 'reduce', function: 'min', axes: [] }, [[1, 2, 3, 4]]),
  ],
};

export const adaptivePool2dCases: KindCases = {
  kind: 'adaptive_pool2d',
  random: fc
    .tuple(fc.constantFrom('max' as const, 'average' as const), pairUpTo(8), shapeUpTo(9, 17), seed)
    .map(([name, outputSize, of, by]) => caseOf({ kind: 'adaptive_pool2d', function: name, outputSize }, [of], by)),
  edges: [
    caseOf({ kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] }, [[2, 10, 40, 31]]),
    caseOf({ kind: 'adaptive_pool2d', function: 'max', outputSize: [7, 7] }, [[1, 5, 13, 8]]),
  ],
};

export const concatCases: KindCases = {
  kind: 'concat',
  random: fc
    .tuple(dimension, shape, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }), seed)
    .map(([axis, of, sizes, by]) =>
      caseOf(
        { kind: 'concat', axis },
        sizes.map((size) => withSize(of, axis, size)),
        by,
      ),
    ),
  edges: [
    caseOf({ kind: 'concat', axis: 1 }, [
      [1, 3, 2, 2],
      [1, 1, 2, 2],
      [1, 2, 2, 2],
      [1, 9, 2, 2],
    ]),
  ],
};
