/**
 * A transposed convolution along one axis: input q adds weight tap t to output o = s q + d t - p, where s is the stride, d the
 * dilation and p the crop in front. Outputs with the same (o + p) mod s are a phase: they are reached by the same taps, which stand
 * s / gcd(s, d) apart, so that each phase by itself is a convolution with stride 1.
 */
import type { Interval } from '../../math/intervals.ts';
import type { Axis } from '../operator.ts';
import { effectiveKernel } from '../window.ts';
import type { ConvTranspose2d } from './attributes.ts';

/** One axis of the layer. */
export interface TransposedAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Cropped in front (top or left) and behind. */
  readonly before: number;
  readonly after: number;
  readonly outputPadding: number;
}

export function axisOf(conv: ConvTranspose2d, axis: Axis): TransposedAxis {
  const i = axis === 'h' ? 0 : 1;
  const { top, bottom, left, right } = conv.padding;
  return {
    kernel: conv.kernelSize[i],
    stride: conv.stride[i],
    dilation: conv.dilation[i],
    before: axis === 'h' ? top : left,
    after: axis === 'h' ? bottom : right,
    outputPadding: conv.outputPadding[i],
  };
}

/** o = (i - 1) s - p0 - p1 + d (k - 1) + output_padding + 1; below 1 where the crop takes everything. */
export function outputSize(axis: TransposedAxis, size: number): number {
  const { kernel, stride, dilation, before, after, outputPadding } = axis;
  return (size - 1) * stride - before - after + effectiveKernel(kernel, dilation) + outputPadding;
}

/** The inputs that may reach the outputs `output`: every one of them lies in this interval, which need not be inside the input. */
export function readInterval({ kernel, stride, dilation, before }: TransposedAxis, output: Interval): Interval {
  if (output.hi < output.lo) return { lo: 0, hi: -1 };
  return {
    lo: Math.floor((output.lo + before - effectiveKernel(kernel, dilation) + stride) / stride),
    hi: Math.floor((output.hi + before) / stride),
  };
}

/** The pairs of an input and the tap through which it reaches output `index`, ascending in the input; inputs may lie outside. */
export function readsOf(
  axis: TransposedAxis,
  index: number,
): readonly { readonly input: number; readonly tap: number }[] {
  const { kernel, stride, dilation, before } = axis;
  const pairs: { input: number; tap: number }[] = [];
  for (let tap = kernel - 1; tap >= 0; tap--) {
    const distance = index + before - dilation * tap;
    if (distance % stride === 0) pairs.push({ input: distance / stride, tap });
  }
  return pairs;
}

/** The outputs that input `index` of `size` reaches, ascending. */
export function readersOf(axis: TransposedAxis, size: number, index: number): readonly number[] {
  const outputs = outputSize(axis, size);
  return Array.from(
    { length: axis.kernel },
    (_, tap) => axis.stride * index + axis.dilation * tap - axis.before,
  ).filter((output) => output >= 0 && output < outputs);
}

/** For every output, how many products fall on it along this axis. Their sum is how many (input, tap) pairs the crop keeps. */
export function overlapsOf(axis: TransposedAxis, size: number): readonly number[] {
  const counts = new Array<number>(Math.max(0, outputSize(axis, size))).fill(0);
  for (let input = 0; input < size; input++) {
    for (const output of readersOf(axis, size, input)) counts[output]! += 1;
  }
  return counts;
}
