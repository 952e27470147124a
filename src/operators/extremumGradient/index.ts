/** Back through windowed extremes: gx has the shape of x, and reads of gy the windows that cover an entry, of x all that they cover. */
import type { Axis, OperatorRules, Result, Shape } from '../operator.ts';
import { costWithoutMacs, dimensionOf, dimensions, rangeTo } from '../tensors.ts';
import type { ExtremumGradient } from './attributes.ts';
import { spread, spreadNearTies } from './reference.ts';
import { covering, windowsAlong } from './windows.ts';

/** What engines may be off by on the scale of an error (docs/testing.md). */
const exactness = 1e-5;

function both<T>(inputs: readonly T[]): readonly [x: T, gy: T] {
  const [x, gy] = inputs;
  if (x === undefined || gy === undefined || inputs.length !== 2)
    throw new Error(`the gradient of an extremum reads two tensors, not ${inputs.length}`);
  return [x, gy];
}

function shapeOf(operator: ExtremumGradient, [x, gy]: readonly [Shape, Shape]): Result<Shape> {
  const windows = windowsAlong(operator, x);
  const fits = dimensions.every(
    (axis) => windows[axis]!.length === gy[axis] && (operator.axes[axis]?.size ?? x[axis]) === x[axis],
  );
  if (fits) return { ok: true, value: x };
  const message = `Expected a tensor of shape [${windows.map(({ length }) => length).join(', ')}], but got a tensor of shape [${gy.join(', ')}]`;
  return { ok: false, error: { code: 'gradient-shape', values: {}, message } };
}

/** The entries of input `input` (0: x, 1: gy) that entry `index` reads. */
function readBy({ axes }: ExtremumGradient, axis: Axis, index: number, input: number): readonly number[] {
  const along = axes[dimensionOf(axis)];
  if (!along) return [index];
  const windows = covering(along.windows, along.size)[index] ?? [];
  if (input === 1) return windows;
  return [...new Set(windows.flatMap((window) => along.windows[window]!))].sort((a, b) => a - b);
}

export const extremumGradient: OperatorRules<ExtremumGradient> = {
  kind: 'extremum_gradient',
  outputShape: (operator, inputs) => shapeOf(operator, both(inputs)),
  parameters: () => [],
  arity: () => 2,
  inputInterval: (operator, axis, { lo, hi }, _size, input = 0) => {
    const read = rangeTo(Math.max(0, hi - lo + 1)).flatMap((i) => readBy(operator, axis, lo + i, input));
    return read.length === 0 ? { lo: 0, hi: -1 } : { lo: Math.min(...read), hi: Math.max(...read) };
  },
  reads: (operator, axis, _size, index, input = 0) => readBy(operator, axis, index, input),
  readers: (operator, axis, size, index, input = 0) =>
    rangeTo(operator.axes[dimensionOf(axis)]?.size ?? size).filter((output) =>
      readBy(operator, axis, output, input).includes(index),
    ),
  cost: (_operator, inputs) => costWithoutMacs(both(inputs)[0]),
  reference: (operator, inputs) => {
    const [x, gy] = both(inputs);
    const absolute = { shape: gy.shape, values: Float64Array.from(gy.values, Math.abs) };
    return {
      output: { shape: x.shape, values: spread(operator, x, gy, new Float64Array(x.values.length)) },
      magnitude: spread(operator, x, absolute, new Float64Array(x.values.length)),
    };
  },
  compute: (operator, inputs) => {
    const [x, gy] = both(inputs);
    const values = spread(operator, x, gy, new Float64Array(x.values.length));
    return { shape: x.shape, values: Float32Array.from(values) };
  },
  // Errors of gy go where it goes; where errors of x may have changed the winner, either answer is right.
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [x, gy] = both(inputs);
    const [errorsOfX, errorsOfGy] = both(scales);
    const reach = (element: number) => {
      const error = errorsOfX.values[element]!;
      return error > 0 ? exactness * (1 + error) : 0;
    };
    const ties = spreadNearTies(operator, x, gy, reach, new Float64Array(own.length));
    const inherited = spread(operator, x, errorsOfGy, new Float64Array(own.length));
    return own.map((magnitude, i) => magnitude + inherited[i]! + (errorsOfX.values[i]! > 0 ? ties[i]! / exactness : 0));
  },
};
