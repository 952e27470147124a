/** Softmax: y_i = exp(x_i - m) / sum_j exp(x_j - m) along one axis, m the largest of the line. */
import type { FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import { costWithoutMacs, dimensionOf, elementsOf, largerOf, only, rangeTo, stepsOf } from '../tensors.ts';
import type { Softmax } from './attributes.ts';

/** Calls `visit` with the first index of every line along `axis`. */
function everyLine(
  shape: Shape,
  { axis }: Softmax,
  visit: (first: number, step: number, length: number) => void,
): void {
  const step = stepsOf(shape)[axis];
  const length = shape[axis];
  for (let outer = 0; outer < elementsOf(shape); outer += step * length)
    for (let inner = 0; inner < step; inner++) visit(outer + inner, step, length);
}

function softmaxInto<A extends FloatArray>(operator: Softmax, { shape, values: from }: HostTensor, values: A): A {
  everyLine(shape, operator, (first, step, length) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < length; i++) largest = Math.max(largest, from[first + i * step]!);
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Math.exp(from[first + i * step]! - largest);
    for (let i = 0; i < length; i++) values[first + i * step] = Math.exp(from[first + i * step]! - largest) / sum;
  });
  return values;
}

const isAlong = ({ axis }: Softmax, along: 'h' | 'w') => dimensionOf(along) === axis;

export const softmax: OperatorRules<Softmax> = {
  kind: 'softmax',
  outputShape: (_, inputs) => ({ ok: true, value: only(inputs) }),
  parameters: () => [],
  arity: () => 1,
  inputInterval: (operator, axis, output, size) => (isAlong(operator, axis) ? { lo: 0, hi: size - 1 } : output),
  reads: (operator, axis, size, index) => (isAlong(operator, axis) ? rangeTo(size) : [index]),
  readers: (operator, axis, size, index) => (isAlong(operator, axis) ? rangeTo(size) : [index]),
  cost: (_, inputs) => costWithoutMacs(only(inputs)),
  reference: (operator, inputs) => {
    const input = only(inputs);
    const values = softmaxInto(operator, input, new Float64Array(input.values.length));
    return { output: { shape: input.shape, values }, magnitude: values };
  },
  compute: (operator, inputs) => {
    const input = only(inputs);
    return { shape: input.shape, values: softmaxInto(operator, input, new Float32Array(input.values.length)) };
  },
  // |dy_i| <= y_i (e_i + sum_j y_j e_j).
  scaleFrom: (operator, { inputs, scales, own }) => {
    const input = only(inputs);
    const { values: errors } = only(scales);
    const y = softmaxInto(operator, input, new Float64Array(own.length));
    const inherited = new Float64Array(own.length);
    everyLine(input.shape, operator, (first, step, length) => {
      let mean = 0;
      for (let i = 0; i < length; i++) mean += y[first + i * step]! * errors[first + i * step]!;
      for (let i = 0; i < length; i++) {
        const at = first + i * step;
        inherited[at] = y[at]! * (errors[at]! + mean);
      }
    });
    return largerOf(own, inherited);
  },
};
