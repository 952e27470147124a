/** Arithmetic of two tensors: y = f(a, b), where an axis of size 1 of either is repeated along the other's. */
import type { OperatorRules, Result, Shape } from '../operator.ts';
import { costWithoutMacs, dimensionOf, dimensions, elementsOf, largerOf, rangeTo } from '../tensors.ts';
import type { Arithmetic } from './attributes.ts';
import { combineLines } from './lines.ts';
import { combineWith, errors, formulas, magnitudes, overPairs } from './reference.ts';

function both<T>(inputs: readonly T[]): readonly [T, T] {
  const [left, right] = inputs;
  if (left === undefined || right === undefined || inputs.length !== 2)
    throw new Error(`arithmetic reads two tensors, not ${inputs.length}`);
  return [left, right];
}

function broadcast([left, right]: readonly [Shape, Shape]): Result<Shape> {
  for (const i of [...dimensions].reverse()) {
    const [a, b] = [left[i], right[i]];
    if (a === b || a === 1 || b === 1) continue;
    const message = `The size of tensor a (${a}) must match the size of tensor b (${b}) at non-singleton dimension ${i}`;
    return { ok: false, error: { code: 'sizes-differ', values: { a, b, dimension: i }, message } };
  }
  const [n, c, h, w] = left.map((a, i) => (a === 1 ? right[i]! : a)) as [number, number, number, number];
  return { ok: true, value: [n, c, h, w] };
}

function shapeOf(shapes: readonly [Shape, Shape]): Shape {
  const shape = broadcast(shapes);
  if (!shape.ok) throw new Error(shape.error.message);
  return shape.value;
}

export const arithmetic: OperatorRules<Arithmetic> = {
  kind: 'arithmetic',
  outputShape: (_, inputs) => broadcast(both(inputs)),
  parameters: () => [],
  arity: () => 2,
  // A single row is what every output row reads.
  inputInterval: (_operator, _axis, output, size) => (size === 1 ? { lo: 0, hi: 0 } : output),
  reads: (_operator, _axis, size, index) => [size === 1 ? 0 : index],
  readers: (_operator, axis, size, index, _input, around) =>
    size === 1 && around ? rangeTo(around.output[dimensionOf(axis)]) : [index],
  cost: (_, inputs) => costWithoutMacs(shapeOf(both(inputs))),
  reference: (operator, inputs) => {
    const pair = both(inputs);
    const shape = shapeOf([pair[0].shape, pair[1].shape]);
    const room = () => new Float64Array(elementsOf(shape));
    const values = combineWith(pair, shape, room(), formulas[operator.function]);
    return { output: { shape, values }, magnitude: combineWith(pair, shape, room(), magnitudes[operator.function]) };
  },
  compute: (operator, inputs) => {
    const pair = both(inputs);
    const shape = shapeOf([pair[0].shape, pair[1].shape]);
    return { shape, values: combineLines(operator.function, pair, shape, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [a, b] = both(inputs);
    const [p, q] = both(scales);
    const error = errors[operator.function];
    const inherited = overPairs([a.shape, b.shape], shapeOf([a.shape, b.shape]), new Float64Array(own.length), (i, j) =>
      error(a.values[i]!, b.values[j]!, p.values[i]!, q.values[j]!),
    );
    return largerOf(own, inherited);
  },
};
