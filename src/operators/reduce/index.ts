/** Reductions over axes: y = mean, sum, max or min of x over all positions of `axes`; those keep the size 1. */
import type { FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import {
  costWithoutMacs,
  dimensionOf,
  elementsOf,
  everyElement,
  largerOf,
  only,
  rangeTo,
  stepsOf,
} from '../tensors.ts';
import type { Reduce } from './attributes.ts';

function shapeOf({ axes }: Reduce, shape: Shape): Shape {
  const [n, c, h, w] = shape.map((size, i) => (axes.some((axis) => axis === i) ? 1 : size)) as [
    number,
    number,
    number,
    number,
  ];
  return [n, c, h, w];
}

/** Fills `values` of the reduced shape; adds in float64. */
function reduceInto<A extends FloatArray>(operator: Reduce, { shape, values: from }: HostTensor, values: A): A {
  const target = shapeOf(operator, shape);
  const steps = stepsOf(target).map((step, i) => (target[i] === 1 ? 0 : step)) as [number, number, number, number];
  const [n1, c1, y1, x1] = steps;
  const isSum = operator.function === 'mean' || operator.function === 'sum';
  const better = operator.function === 'max' ? Math.max : Math.min;
  const totals = new Float64Array(values.length);
  const seen = new Uint8Array(values.length);
  if (isSum && y1 === 0 && x1 === 0) addPlanes(shape, from, totals, n1, c1);
  else
    everyElement(shape, (n, c, y, x, i) => {
      const at = n * n1 + c * c1 + y * y1 + x * x1;
      const value = from[i]!;
      totals[at] = isSum ? totals[at]! + value : seen[at] ? better(totals[at]!, value) : value;
      seen[at] = 1;
    });
  const share = operator.function === 'mean' ? values.length / from.length : 1;
  for (let i = 0; i < values.length; i++) values[i] = totals[i]! * share;
  return values;
}

/** Whole planes, one after another: what means over pixels and batch norms in training are made of. */
function addPlanes(
  [images, channels, h, w]: Shape,
  from: FloatArray,
  totals: Float64Array,
  n1: number,
  c1: number,
): void {
  let i = 0;
  for (let n = 0; n < images; n++)
    for (let c = 0; c < channels; c++) {
      const at = n * n1 + c * c1;
      let total = totals[at]!;
      for (const end = i + h * w; i < end; i++) total += from[i]!;
      totals[at] = total;
    }
}

const isReduced = (operator: Reduce, axis: 'h' | 'w') => operator.axes.includes(dimensionOf(axis));

export const reduce: OperatorRules<Reduce> = {
  kind: 'reduce',
  outputShape: (operator, inputs) => ({ ok: true, value: shapeOf(operator, only(inputs)) }),
  parameters: () => [],
  arity: () => 1,
  inputInterval: (operator, axis, output, size) => (isReduced(operator, axis) ? { lo: 0, hi: size - 1 } : output),
  reads: (operator, axis, size, index) => (isReduced(operator, axis) ? rangeTo(size) : [index]),
  readers: (operator, axis, _size, index) => (isReduced(operator, axis) ? [0] : [index]),
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, only(inputs))),
  reference: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    // The largest |value| is the scale of an extreme, whichever it is.
    const measure = { ...operator, function: operator.function === 'min' ? ('max' as const) : operator.function };
    return {
      output: { shape, values: reduceInto(operator, input, new Float64Array(elementsOf(shape))) },
      magnitude: reduceInto(measure, absolute, new Float64Array(elementsOf(shape))),
    };
  },
  compute: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    return { shape, values: reduceInto(operator, input, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (operator, { scales, own }) => {
    const measure = { ...operator, function: operator.function === 'min' ? ('max' as const) : operator.function };
    return largerOf(own, reduceInto(measure, only(scales), new Float64Array(own.length)));
  },
};
