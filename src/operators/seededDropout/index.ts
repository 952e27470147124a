/** Dropout with a seed: every value meets its own place, and the step is read by all. */
import type { FloatArray, HostTensor, OperatorRules, Result, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, elementsOf, largerOf, rangeTo } from '../tensors.ts';
import type { SeededDropout } from './attributes.ts';
import { maskOf } from './mask.ts';

function both<T>(inputs: readonly T[]): readonly [x: T, step: T] {
  const [x, step] = inputs;
  if (x === undefined || step === undefined || inputs.length !== 2)
    throw new Error(`dropout with a seed reads maps and a step, not ${inputs.length} tensors`);
  return [x, step];
}

function shapeOf([x, step]: readonly [Shape, Shape]): Result<Shape> {
  if (elementsOf(step) === 1) return { ok: true, value: x };
  const message = `Expected a step of shape [1, 1, 1, 1], but got a tensor of shape [${step.join(', ')}]`;
  return { ok: false, error: { code: 'gradient-shape', values: {}, message } };
}

function apply<A extends FloatArray>(operator: SeededDropout, x: FloatArray, step: HostTensor, to: A): A {
  const { scale, isKept } = maskOf(operator, step.values[0]!);
  for (let i = 0; i < to.length; i++) to[i] = isKept(i) ? scale * x[i]! : 0;
  return to;
}

export const seededDropout: OperatorRules<SeededDropout> = {
  kind: 'seeded_dropout',
  outputShape: (_operator, inputs) => shapeOf(both(inputs)),
  parameters: () => [],
  arity: () => 2,
  ...pointwise,
  inputInterval: (_operator, _axis, output, _size, input = 0) => (input === 0 ? output : { lo: 0, hi: 0 }),
  reads: (_operator, _axis, _size, index, input = 0) => [input === 0 ? index : 0],
  readers: (_operator, axis, _size, index, input = 0, around) =>
    input === 0 ? [index] : rangeTo(around?.output[axis === 'h' ? 2 : 3] ?? 1),
  cost: (_operator, inputs) => costWithoutMacs(both(inputs)[0]),
  reference: (operator, inputs) => {
    const [x, step] = both(inputs);
    const values = apply(operator, x.values, step, new Float64Array(x.values.length));
    return { output: { shape: x.shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (operator, inputs) => {
    const [x, step] = both(inputs);
    return { shape: x.shape, values: apply(operator, x.values, step, new Float32Array(x.values.length)) };
  },
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [errors] = both(scales);
    return largerOf(own, apply(operator, errors.values, both(inputs)[1], new Float64Array(own.length)));
  },
};
