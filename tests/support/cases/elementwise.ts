import fc from 'fast-check';
import {
  type Elementwise,
  type ElementwiseFunction,
  elementwiseFunctions,
} from '../../../src/operators/elementwise/attributes.ts';
import type { Shape } from '../../../src/operators/operator.ts';
import { caseOf, type KindCases, type OperatorCase, seed, shapeUpTo } from './operatorCase.ts';

/** Values up to 4 about 0; for root, reciprocal and logarithm between 0.1 and 2. */
function spread(operator: Elementwise, shape: Shape, by: number): OperatorCase {
  const plain = caseOf(operator, [shape], by);
  const isPositive = operator.function === 'sqrt' || operator.function === 'reciprocal' || operator.function === 'log';
  const inputs = plain.inputs.map((tensor) => ({
    ...tensor,
    values: tensor.values.map((value) => (isPositive ? 1.05 + 0.95 * value : 4 * value)),
  }));
  return { ...plain, inputs };
}

const numbers: Partial<Record<ElementwiseFunction, readonly [alpha: number, beta: number]>> = {
  selu: [1.67326, 1.0507],
  hard_sigmoid: [0.2, 0.5],
  clip: [-1.5, 2],
};

const operatorOf = (name: ElementwiseFunction): Elementwise => {
  const [alpha, beta] = numbers[name] ?? [0.3, 0];
  return { kind: 'elementwise', function: name, alpha, beta };
};

export const elementwiseCases: KindCases = {
  kind: 'elementwise',
  random: fc
    .tuple(fc.constantFrom(...elementwiseFunctions), shapeUpTo(6, 9), seed)
    .map(([name, shape, by]) => spread(operatorOf(name), shape, by)),
  edges: elementwiseFunctions.map((name, i) => spread(operatorOf(name), [2, 5, 7, 3], i + 1)),
};
