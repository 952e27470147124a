/** Pad: y[i] = x[map(i - before)] axis by axis, where map is the mode's; `value` where a constant is padded. */
import type { Axis, FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import {
  costWithoutMacs,
  dimensionOf,
  dimensions,
  elementsOf,
  everyElement,
  only,
  rangeTo,
  stepsOf,
} from '../tensors.ts';
import type { Pad, PadMode } from './attributes.ts';

function shapeOf({ before, after }: Pad, input: Shape): Shape {
  const [n, c, h, w] = dimensions.map((axis) => input[axis] + before[axis] + after[axis]) as [
    number,
    number,
    number,
    number,
  ];
  return [n, c, h, w];
}

/** The entry of an axis of `size` that stands at `at`; null where a constant is padded. */
export function mapped(at: number, size: number, mode: PadMode): number | null {
  if (at >= 0 && at < size) return at;
  switch (mode) {
    case 'constant':
      return null;
    case 'edge':
      return Math.min(Math.max(at, 0), size - 1);
    case 'wrap':
      return ((at % size) + size) % size;
    case 'reflect': {
      if (size === 1) return 0;
      const period = 2 * (size - 1);
      const folded = ((at % period) + period) % period;
      return folded < size ? folded : period - folded;
    }
    default:
      mode satisfies never;
      throw new Error('unknown mode');
  }
}

function padInto<A extends FloatArray>(pad: Pad, { shape, values }: HostTensor, target: A, value: number): A {
  const steps = stepsOf(shape);
  // Where each output entry of an axis comes from, in elements; -1 in the constant.
  const sources = dimensions.map((axis) =>
    rangeTo(shapeOf(pad, shape)[axis]).map((at) => {
      const source = mapped(at - pad.before[axis], shape[axis], pad.mode);
      return source === null ? -1 : source * steps[axis];
    }),
  );
  everyElement(shapeOf(pad, shape), (n, c, y, x, index) => {
    const places = [sources[0]![n]!, sources[1]![c]!, sources[2]![y]!, sources[3]![x]!];
    const [a, b, d, e] = places as [number, number, number, number];
    target[index] = Math.min(...places) < 0 ? value : values[a + b + d + e]!;
  });
  return target;
}

const sourceOf = ({ before, mode }: Pad, axis: Axis, size: number, index: number) =>
  mapped(index - before[dimensionOf(axis)], size, mode) ?? index - before[dimensionOf(axis)];

export const pad: OperatorRules<Pad> = {
  kind: 'pad',
  outputShape: (operator, inputs) => {
    const shape = shapeOf(operator, only(inputs));
    if (Math.min(...shape) > 0) return { ok: true, value: shape };
    const message = `The input size ${only(inputs).join(', ')}, plus negative padding, resulted in a negative output size: ${shape.join(', ')}`;
    return { ok: false, error: { code: 'pad-size', values: {}, message } };
  },
  parameters: () => [],
  arity: () => 1,
  inputInterval: (operator, axis, { lo, hi }, size) => {
    const read = rangeTo(Math.max(0, hi - lo + 1)).map((i) => sourceOf(operator, axis, size, lo + i));
    return { lo: Math.min(...read), hi: Math.max(...read) };
  },
  reads: (operator, axis, size, index) => [sourceOf(operator, axis, size, index)],
  readers: (operator, axis, size, index) => {
    const { before, after } = operator;
    return rangeTo(size + before[dimensionOf(axis)] + after[dimensionOf(axis)]).filter(
      (output) => sourceOf(operator, axis, size, output) === index,
    );
  },
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, only(inputs))),
  reference: (operator, inputs) => {
    const shape = shapeOf(operator, only(inputs).shape);
    const values = padInto(operator, only(inputs), new Float64Array(elementsOf(shape)), operator.value);
    return { output: { shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (operator, inputs) => {
    const shape = shapeOf(operator, only(inputs).shape);
    return { shape, values: padInto(operator, only(inputs), new Float32Array(elementsOf(shape)), operator.value) };
  },
  scaleFrom: (operator, { scales, own }) => padInto(operator, only(scales), new Float64Array(own.length), 0),
};
