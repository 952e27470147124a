/** Which rows (or columns) of the input an output row is made of, and with what weights: resizing is separable. */
import type { Resize } from './attributes.ts';

export interface Taps {
  /** Taps of each output position; the same for all. */
  readonly count: number;
  /** For every output position its taps' input positions, all inside the input, and their weights. */
  readonly at: Int32Array;
  readonly weights: Float64Array;
}

export function outputSize({ size, scaleFactor }: Resize, axis: 0 | 1, input: number): number {
  return size ? size[axis] : Math.floor(input * (scaleFactor?.[axis] ?? 0));
}

/** Where output position `index` stands among the input's positions. */
function coordinate(resize: Resize, index: number, input: number, output: number, scale: number): number {
  switch (resize.coordinateTransformationMode) {
    case 'half_pixel':
      return (index + 0.5) / scale - 0.5;
    case 'pytorch_half_pixel':
      return output > 1 ? (index + 0.5) / scale - 0.5 : 0;
    case 'half_pixel_symmetric': {
      const offset = (input / 2) * (1 - output / (scale * input));
      return offset + (index + 0.5) / scale - 0.5;
    }
    case 'align_corners': {
      // ONNX counts the size before it is rounded down.
      const size = resize.scaleFactor ? scale * input : output;
      return size === 1 ? 0 : (index * (input - 1)) / (size - 1);
    }
    case 'asymmetric':
      return index / scale;
    default:
      resize.coordinateTransformationMode satisfies never;
      throw new Error('unknown coordinate mode');
  }
}

function rounded({ nearestMode }: Resize, x: number): number {
  switch (nearestMode) {
    case 'floor':
      return Math.floor(x);
    case 'ceil':
      return Math.ceil(x);
    case 'round_prefer_floor':
      return Math.ceil(x - 0.5);
    case 'round_prefer_ceil':
      return Math.floor(x + 0.5);
    default:
      nearestMode satisfies never;
      throw new Error('unknown nearest mode');
  }
}

/** Keys' kernel of slope `a` at the four neighbours of a place `t` behind the second. */
function cubic(a: number, t: number): readonly number[] {
  const near = (d: number) => ((a + 2) * d - (a + 3)) * d * d + 1;
  const far = (d: number) => ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
  return [far(1 + t), near(t), near(1 - t), far(2 - t)];
}

/**
 * Where outputs stand among the input's positions, as a line: output u at scale u + offset. Nearest stands where it reads, on the average
 * over its outputs.
 */
export function lineOf(
  resize: Resize,
  axis: 0 | 1,
  input: number,
): { readonly scale: number; readonly offset: number } {
  const output = outputSize(resize, axis, input);
  const factor = resize.scaleFactor?.[axis] ?? output / input;
  const at = (index: number) => coordinate(resize, index, input, output, factor);
  const scale = output > 1 ? at(1) - at(0) : input;
  if (resize.mode !== 'nearest') return { scale, offset: at(0) };
  let shift = 0;
  for (let index = 0; index < output; index++) shift += (rounded(resize, at(index)) - at(index)) / output;
  return { scale, offset: at(0) + shift };
}

/** The taps along one axis (0: rows, 1: columns) of an input of `input` positions. */
export function tapsOf(resize: Resize, axis: 0 | 1, input: number): Taps {
  const output = outputSize(resize, axis, input);
  const scale = resize.scaleFactor?.[axis] ?? output / input;
  const count = { nearest: 1, linear: 2, cubic: 4 }[resize.mode];
  const at = new Int32Array(output * count);
  const weights = new Float64Array(output * count);
  for (let index = 0; index < output; index++) {
    const x = coordinate(resize, index, input, output, scale);
    const t = x - Math.floor(x);
    const first = resize.mode === 'nearest' ? rounded(resize, x) : Math.floor(x) - (count === 4 ? 1 : 0);
    const shares = count === 1 ? [1] : count === 2 ? [1 - t, t] : cubic(resize.cubicCoeffA, t);
    const isInside = (k: number) => first + k >= 0 && first + k < input;
    const counted = shares.map((share, k) => (resize.excludeOutside && !isInside(k) ? 0 : share));
    const whole = resize.excludeOutside ? counted.reduce((a, b) => a + b, 0) : 1;
    for (let k = 0; k < count; k++) {
      at[index * count + k] = Math.min(Math.max(first + k, 0), input - 1);
      // With no neighbour inside, the edge stands for all.
      weights[index * count + k] = whole === 0 ? 1 / count : counted[k]! / whole;
    }
  }
  return { count, at, weights };
}
