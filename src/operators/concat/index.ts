/** Concatenation: the output holds its inputs one after another along `axis`. */
import type { Axis, FloatArray, HostTensor, OperatorRules, Shape, Surroundings } from '../operator.ts';
import { costWithoutMacs, dimensionOf, elementsOf, largerOf, withSize } from '../tensors.ts';
import type { Concat } from './attributes.ts';

function shapeOf({ axis }: Concat, inputs: readonly Shape[]): Shape {
  return withSize(
    inputs[0]!,
    axis,
    inputs.reduce((sum, shape) => sum + shape[axis], 0),
  );
}

function joinInto<A extends FloatArray>({ axis }: Concat, inputs: readonly HostTensor[], values: A): A {
  // Runs of values that lie together: everything from `axis` on, for each position of the axes before it.
  const runs = inputs.map(({ shape }) => shape.slice(axis).reduce((a, b) => a * b, 1));
  const whole = runs.reduce((a, b) => a + b, 0);
  let offset = 0;
  inputs.forEach((input, i) => {
    const run = runs[i]!;
    for (let at = 0, to = offset; at < input.values.length; at += run, to += whole)
      values.set(input.values.subarray(at, at + run), to);
    offset += run;
  });
  return values;
}

/** The first output row (or column) that stems from input number `input`. */
function offsetOf({ axis: joined }: Concat, axis: Axis, input: number, around: Surroundings | undefined): number {
  const dimension = dimensionOf(axis);
  if (dimension !== joined || input === 0) return 0;
  if (!around) throw new Error('where a concatenated tensor begins is known from the shapes around it');
  return around.inputs.slice(0, input).reduce((sum, shape) => sum + shape[dimension], 0);
}

export const concat: OperatorRules<Concat> = {
  kind: 'concat',
  outputShape: ({ axis }, inputs) => {
    const [first, ...others] = inputs;
    if (!first) throw new Error('nothing to concatenate');
    for (const [i, shape] of others.entries()) {
      const differing = shape.findIndex((size, dimension) => dimension !== axis && size !== first[dimension]);
      if (differing < 0) continue;
      const [expected, got] = [first[differing]!, shape[differing]!];
      const message = `Sizes of tensors must match except in dimension ${axis}. Expected size ${expected} but got size ${got} for tensor number ${i + 1} in the list.`;
      return { ok: false, error: { code: 'concat-sizes', values: { axis, expected, got, tensor: i + 1 }, message } };
    }
    return { ok: true, value: shapeOf({ kind: 'concat', axis }, inputs) };
  },
  parameters: () => [],
  arity: () => null,
  inputInterval: (operator, axis, output, size, input = 0, around) => {
    const offset = offsetOf(operator, axis, input, around);
    if (dimensionOf(axis) !== operator.axis) return output;
    return { lo: Math.max(0, output.lo - offset), hi: Math.min(size - 1, output.hi - offset) };
  },
  reads: (operator, axis, size, index, input = 0, around) => {
    const at = index - offsetOf(operator, axis, input, around);
    return dimensionOf(axis) !== operator.axis || (at >= 0 && at < size) ? [at] : [];
  },
  readers: (operator, axis, _size, index, input = 0, around) => [index + offsetOf(operator, axis, input, around)],
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, inputs)),
  reference: (operator, inputs) => {
    const shape = shapeOf(
      operator,
      inputs.map((input) => input.shape),
    );
    const values = joinInto(operator, inputs, new Float64Array(elementsOf(shape)));
    return { output: { shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (operator, inputs) => {
    const shape = shapeOf(
      operator,
      inputs.map((input) => input.shape),
    );
    return { shape, values: joinInto(operator, inputs, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (operator, { scales, own }) => largerOf(own, joinInto(operator, scales, new Float64Array(own.length))),
};
