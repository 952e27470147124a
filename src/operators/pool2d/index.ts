/**
 * Pooling: y[n, c, u, v] = max, or mean, of x[n, c, u*s + a*d - p, v*s + b*d - p] over the window's taps (a, b), as in
 * `torch.nn.MaxPool2d` and `AvgPool2d`. Padding is never the maximum; whether it counts in the mean is `countIncludePad`.
 */
import type { OperatorRules, Shape } from '../operator.ts';
import { firstTap, readInterval } from '../window.ts';
import type { Pool2d } from './attributes.ts';
import { positions, windowOf } from './positions.ts';
import { poolWith } from './reference.ts';

/** A pooling layer with PyTorch's defaults where nothing is said: stride = kernel_size. */
export function createPool2d(
  attributes: Pick<Pool2d, 'function' | 'kernelSize'> & Partial<Omit<Pool2d, 'kind'>>,
): Pool2d {
  return {
    kind: 'pool2d',
    stride: attributes.kernelSize,
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    ceilMode: false,
    countIncludePad: true,
    ...attributes,
  };
}

function shapeOf(pool: Pool2d, [n, c, height, width]: Shape): Shape {
  return [n, c, positions(pool, 'h', height), positions(pool, 'w', width)];
}

function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1) throw new Error(`pooling reads one tensor, not ${inputs.length}`);
  return input;
}

export const pool2d: OperatorRules<Pool2d> = {
  kind: 'pool2d',
  outputShape: (pool, inputs) => {
    const shape = shapeOf(pool, only(inputs));
    if (shape[2] > 0 && shape[3] > 0) return { ok: true, value: shape };
    const [, channels, height, width] = only(inputs);
    const message = `Given input size: (${channels}x${height}x${width}). Calculated output size: (${channels}x${shape[2]}x${shape[3]}). Output size is too small`;
    return { ok: false, error: { code: 'output-too-small', values: { height, width }, message } };
  },
  parameters: () => [],
  arity: () => 1,
  inputInterval: (pool, axis, output) => readInterval(windowOf(pool, axis, 0), output),
  reads: (pool, axis, _size, index) => {
    const window = windowOf(pool, axis, 0);
    return Array.from({ length: window.kernel }, (_, tap) => firstTap(window, index) + tap * window.dilation);
  },
  readers: (pool, axis, size, index) =>
    Array.from({ length: positions(pool, axis, size) }, (_, output) => output).filter((output) =>
      pool2d.reads(pool, axis, size, output).includes(index),
    ),
  cost: (pool, inputs) => {
    const activationBytes = 4 * shapeOf(pool, only(inputs)).reduce((a, b) => a * b, 1);
    return { parameters: 0, macs: 0, usefulMacs: 0, activationBytes };
  },
  reference: (pool, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(pool, input.shape);
    const size = shape.reduce((a, b) => a * b, 1);
    const values = poolWith(pool, input, shape, new Float64Array(size));
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    return { output: { shape, values }, magnitude: poolWith(pool, absolute, shape, new Float64Array(size)) };
  },
  compute: (pool, inputs) => {
    const input = only(inputs);
    const shape = shapeOf(pool, input.shape);
    return { shape, values: poolWith(pool, input, shape, new Float32Array(shape.reduce((a, b) => a * b, 1))) };
  },
  // The mean of the inputs' scales bounds the mean's; the largest of a window bounds the maximum's, whichever value wins.
  scaleFrom: (pool, { scales, own }) => {
    const scale = only(scales);
    const inherited = poolWith(pool, scale, shapeOf(pool, scale.shape), new Float64Array(own.length));
    return own.map((value, i) => Math.max(value, inherited[i]!));
  },
};
