/**
 * Resizing: y[u, v] = sum over taps a, b of wy[u, a] wx[v, b] x[iy[u, a], ix[v, b]], one tap for nearest, two for linear, four for cubic.
 */
import type { Axis, FloatArray, HostTensor, OperatorRules, Shape } from '../operator.ts';
import { costWithoutMacs, elementsOf, everyElement, largerOf, only, rangeTo } from '../tensors.ts';
import type { Resize } from './attributes.ts';
import { outputSize, tapsOf } from './taps.ts';

/** A resizing layer with ONNX's defaults where nothing is said. */
export function createResize(attributes: Partial<Omit<Resize, 'kind'>>): Resize {
  return {
    kind: 'resize',
    mode: 'nearest',
    size: null,
    scaleFactor: null,
    coordinateTransformationMode: 'half_pixel',
    nearestMode: 'round_prefer_floor',
    cubicCoeffA: -0.75,
    excludeOutside: false,
    ...attributes,
  };
}

function shapeOf(resize: Resize, [n, c, h, w]: Shape): Shape {
  return [n, c, outputSize(resize, 0, h), outputSize(resize, 1, w)];
}

/** `measure` of the weights: themselves, or their absolute values. */
function resizeInto<A extends FloatArray>(
  resize: Resize,
  { shape, values: from }: HostTensor,
  values: A,
  measure: (weight: number) => number = (weight) => weight,
): A {
  const [, channels, height, width] = shape;
  const rows = tapsOf(resize, 0, height);
  const columns = tapsOf(resize, 1, width);
  everyElement(shapeOf(resize, shape), (n, c, u, v, i) => {
    const plane = (n * channels + c) * height * width;
    let sum = 0;
    for (let a = u * rows.count; a < (u + 1) * rows.count; a++) {
      const row = plane + rows.at[a]! * width;
      for (let b = v * columns.count; b < (v + 1) * columns.count; b++)
        sum += measure(rows.weights[a]! * columns.weights[b]!) * from[row + columns.at[b]!]!;
    }
    values[i] = sum;
  });
  return values;
}

/** The input positions that weigh anything in output `index`, ascending. */
function readBy(resize: Resize, axis: Axis, size: number, index: number): readonly number[] {
  const { count, at, weights } = tapsOf(resize, axis === 'h' ? 0 : 1, size);
  const taps = rangeTo(count).map((k) => index * count + k);
  return [...new Set(taps.filter((tap) => weights[tap] !== 0).map((tap) => at[tap]!))].sort((a, b) => a - b);
}

export const resize: OperatorRules<Resize> = {
  kind: 'resize',
  outputShape: (operator, inputs) => {
    const input = only(inputs);
    if (!operator.size && !operator.scaleFactor) {
      const message = 'either size or scale_factor should be defined';
      return { ok: false, error: { code: 'resize-size', values: {}, message } };
    }
    const shape = shapeOf(operator, input);
    if (shape[2] > 0 && shape[3] > 0) return { ok: true, value: shape };
    const [, , height, width] = input;
    const message = `Input and output sizes should be greater than 0, but got input (H: ${height}, W: ${width}) output (H: ${shape[2]}, W: ${shape[3]})`;
    return { ok: false, error: { code: 'output-too-small', values: { height, width }, message } };
  },
  parameters: () => [],
  arity: () => 1,
  inputInterval: (operator, axis, output, size) => {
    const outputs = outputSize(operator, axis === 'h' ? 0 : 1, size);
    const within = (index: number) => Math.min(Math.max(index, 0), outputs - 1);
    return {
      lo: readBy(operator, axis, size, within(output.lo))[0] ?? 0,
      hi: readBy(operator, axis, size, within(output.hi)).at(-1) ?? size - 1,
    };
  },
  reads: (operator, axis, size, index) => readBy(operator, axis, size, index),
  readers: (operator, axis, size, index) => {
    const { count, at, weights } = tapsOf(operator, axis === 'h' ? 0 : 1, size);
    return rangeTo(at.length / count).filter((output) =>
      rangeTo(count).some((k) => at[output * count + k] === index && weights[output * count + k] !== 0),
    );
  },
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, only(inputs))),
  reference: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    const room = () => new Float64Array(elementsOf(shape));
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    return {
      output: { shape, values: resizeInto(operator, input, room()) },
      magnitude: resizeInto(operator, absolute, room(), Math.abs),
    };
  },
  compute: (operator, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(operator, input.shape);
    return { shape, values: resizeInto(operator, input, new Float32Array(elementsOf(shape))) };
  },
  scaleFrom: (operator, { scales, own }) =>
    largerOf(own, resizeInto(operator, only(scales), new Float64Array(own.length), Math.abs)),
};
