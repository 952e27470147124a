/** The seven functions, their first derivatives' bounds, and the walk over two broadcast tensors. */
import type { FloatArray, HostTensor, Shape } from '../operator.ts';
import { everyElement, stepsOf } from '../tensors.ts';
import type { ArithmeticFunction } from './attributes.ts';

type Binary = (a: number, b: number) => number;

export const formulas: Readonly<Record<ArithmeticFunction, Binary>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  minimum: Math.min,
  maximum: Math.max,
};

/** Sum of |terms|: what rounding is judged by. A power's own rounding grows with its exponent. */
export const magnitudes: Readonly<Record<ArithmeticFunction, Binary>> = {
  add: (a, b) => Math.abs(a) + Math.abs(b),
  subtract: (a, b) => Math.abs(a) + Math.abs(b),
  multiply: (a, b) => Math.abs(a * b),
  divide: (a, b) => Math.abs(a / b),
  power: (a, b) => Math.abs(a ** b) * (1 + (a === 0 ? 0 : Math.abs(b * Math.log(Math.abs(a))))),
  minimum: (a, b) => Math.max(Math.abs(a), Math.abs(b)),
  maximum: (a, b) => Math.max(Math.abs(a), Math.abs(b)),
};

/** How errors of the two inputs, of scales p and q, reach the output: |df/da| p + |df/db| q. */
export const errors: Readonly<Record<ArithmeticFunction, (a: number, b: number, p: number, q: number) => number>> = {
  add: (_a, _b, p, q) => p + q,
  subtract: (_a, _b, p, q) => p + q,
  multiply: (a, b, p, q) => Math.abs(b) * p + Math.abs(a) * q,
  divide: (a, b, p, q) => p / Math.abs(b) + (Math.abs(a) * q) / (b * b),
  power: (a, b, p, q) => Math.abs(b * a ** (b - 1)) * p + (a === 0 ? 0 : Math.abs(a ** b * Math.log(Math.abs(a)))) * q,
  minimum: (_a, _b, p, q) => Math.max(p, q),
  maximum: (_a, _b, p, q) => Math.max(p, q),
};

/** Steps through a tensor that is broadcast to a larger shape: axes of size 1 stand still. */
export function broadcastSteps(shape: Shape): Shape {
  const steps = stepsOf(shape);
  const [n, c, h, w] = shape.map((size, i) => (size === 1 ? 0 : steps[i]!)) as [number, number, number, number];
  return [n, c, h, w];
}

/** Fills `values`, of the broadcast shape `shape`, with f(index in left, index in right). */
export function overPairs<A extends FloatArray>(
  shapes: readonly [left: Shape, right: Shape],
  shape: Shape,
  values: A,
  f: (left: number, right: number) => number,
): A {
  const [l, r] = shapes.map(broadcastSteps) as [Shape, Shape];
  everyElement(shape, (n, c, y, x, i) => {
    values[i] = f(n * l[0] + c * l[1] + y * l[2] + x * l[3], n * r[0] + c * r[1] + y * r[2] + x * r[3]);
  });
  return values;
}

/** `formula` of two tensors. */
export function combineWith<A extends FloatArray>(
  [left, right]: readonly [HostTensor, HostTensor],
  shape: Shape,
  values: A,
  formula: Binary,
): A {
  return overPairs([left.shape, right.shape], shape, values, (i, j) => formula(left.values[i]!, right.values[j]!));
}
