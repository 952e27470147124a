/** Weighted sums along every axis by itself, by their definition. */
import type { Axis, FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import {
  costWithoutMacs,
  dimensionOf,
  dimensions,
  elementsOf,
  everyElement,
  largerOf,
  only,
  stepsOf,
} from '../tensors.ts';
import type { SeparableSum } from './attributes.ts';
import { tapsAlong } from './taps.ts';

function shapeOf({ axes }: SeparableSum, input: Shape): Shape {
  const [n, c, h, w] = dimensions.map((axis) => axes[axis]?.taps.length ?? input[axis]) as [
    number,
    number,
    number,
    number,
  ];
  return [n, c, h, w];
}

/** `measure` of the weights: themselves, or their absolute values. */
function sumInto<A extends FloatArray>(
  operator: SeparableSum,
  { shape, values }: HostTensor,
  target: A,
  measure: (weight: number) => number = (weight) => weight,
): A {
  const taps = tapsAlong(operator, shape);
  const steps = stepsOf(shape);
  everyElement(shapeOf(operator, shape), (n, c, y, x, index) => {
    let sum = 0;
    for (const i of taps[0]![n]!)
      for (const j of taps[1]![c]!)
        for (const k of taps[2]![y]!)
          for (const l of taps[3]![x]!)
            sum +=
              measure(i.weight * j.weight * k.weight * l.weight) *
              values[i.at * steps[0] + j.at * steps[1] + k.at * steps[2] + l.at * steps[3]]!;
    target[index] = sum;
  });
  return target;
}

/** The entries that weigh anything in entry `index` of the output, ascending. */
function readBy({ axes }: SeparableSum, axis: Axis, index: number): readonly number[] {
  const sums = axes[dimensionOf(axis)];
  if (!sums) return [index];
  const read = (sums.taps[index] ?? []).filter(({ weight }) => weight !== 0).map(({ at }) => at);
  return [...new Set(read)].sort((a, b) => a - b);
}

export const separableSum: OperatorRules<SeparableSum> = {
  kind: 'separable_sum',
  outputShape: (operator, inputs) => {
    const input = only(inputs);
    const wrong = dimensions.find((axis) => operator.axes[axis] && operator.axes[axis].size !== input[axis]);
    if (wrong === undefined) return { ok: true, value: shapeOf(operator, input) };
    const expected = operator.axes[wrong]!.size;
    const message = `The size of the tensor (${input[wrong]}) must match ${expected} at dimension ${wrong}`;
    return {
      ok: false,
      error: { code: 'axis-size', values: { got: input[wrong], expected, dimension: wrong }, message },
    };
  },
  parameters: () => [],
  arity: () => 1,
  inputInterval: (operator, axis, { lo, hi }) => {
    const read = Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => readBy(operator, axis, lo + i)).flat();
    return read.length === 0 ? { lo: 0, hi: -1 } : { lo: Math.min(...read), hi: Math.max(...read) };
  },
  reads: (operator, axis, _size, index) => readBy(operator, axis, index),
  readers: (operator, axis, _size, index) => {
    const sums = operator.axes[dimensionOf(axis)];
    if (!sums) return [index];
    return sums.taps.flatMap((_, output) => (readBy(operator, axis, output).includes(index) ? [output] : []));
  },
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, only(inputs))),
  reference: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    const room = () => new Float64Array(elementsOf(shape));
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    return {
      output: { shape, values: sumInto(operator, input, room()) },
      magnitude: sumInto(operator, absolute, room(), Math.abs),
    };
  },
  compute: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    return { shape, values: sumInto(operator, input, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (operator, { scales, own }) =>
    largerOf(own, sumInto(operator, only(scales), new Float64Array(own.length), Math.abs)),
};
