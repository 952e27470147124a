/**
 * A window sliding along one axis: what convolution and pooling share. With input i, kernel k, stride s, dilation d and padding
 * pl before and pr after, the window spans ke = d(k - 1) + 1 pixels and gives o = floor((i + pl + pr - ke) / s) + 1 outputs
 * (Dumoulin & Visin, "A guide to convolution arithmetic for deep learning", 2016). Positions are input pixels: -1 is padding.
 */
import type { Interval } from '../math/intervals.ts';

export interface Window {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding in front (top or left). */
  readonly before: number;
  /** Padding behind (bottom or right). */
  readonly after: number;
}

/** Pixels from the first tap to the last, both included: ke = d(k - 1) + 1. */
export function effectiveKernel(kernel: number, dilation: number): number {
  return dilation * (kernel - 1) + 1;
}

/** How many positions the window takes; 0 when it does not fit at all. */
export function outputSize(window: Window): number {
  const slack = window.input + window.before + window.after - effectiveKernel(window.kernel, window.dilation);
  return slack < 0 ? 0 : Math.floor(slack / window.stride) + 1;
}

/**
 * The last rows or columns of the padded input that no window reaches, because floor drops the remainder of the division by the
 * stride. The part of it that is not padding is `droppedInput`.
 */
export function droppedCount(window: Window): number {
  const slack = window.input + window.before + window.after - effectiveKernel(window.kernel, window.dilation);
  return slack < 0 ? 0 : slack % window.stride;
}

/** The rows or columns of the input itself (not of its padding) that floor drops; empty when it drops none. */
export function droppedInput(window: Window): Interval {
  const count = Math.max(0, droppedCount(window) - window.after);
  return { lo: window.input - Math.min(count, window.input), hi: window.input - 1 };
}

/** Where the first tap of output `index` stands, in input pixels. */
export function firstTap(window: Pick<Window, 'stride' | 'before'>, index: number): number {
  return index * window.stride - window.before;
}

/** The interval of input positions that the outputs `output` read; not clipped, so padding lies outside 0..input-1. */
export function readInterval(window: Omit<Window, 'input' | 'after'>, output: Interval): Interval {
  if (output.hi < output.lo) return { lo: 0, hi: -1 };
  return {
    lo: firstTap(window, output.lo),
    hi: firstTap(window, output.hi) + effectiveKernel(window.kernel, window.dilation) - 1,
  };
}

/** V: how many (output, tap) pairs read the input itself and not its padding. */
export function validTaps(window: Window): number {
  const outputs = outputSize(window);
  let count = 0;
  for (let tap = 0; tap < window.kernel; tap++) {
    // Output index u reads u*s + offset; the u with 0 <= u*s + offset <= input-1 form an interval.
    const offset = tap * window.dilation - window.before;
    const first = Math.max(0, Math.ceil(-offset / window.stride));
    const last = Math.min(outputs - 1, Math.floor((window.input - 1 - offset) / window.stride));
    count += Math.max(0, last - first + 1);
  }
  return count;
}

/**
 * TensorFlow's 'SAME': o = ceil(i / s) outputs, padded by P = max((o - 1)s + ke - i, 0) in all, the smaller half in front. It
 * depends on the input size, unlike PyTorch's 'same', which has stride 1.
 */
export function tensorflowSame(window: Omit<Window, 'before' | 'after'>): {
  readonly before: number;
  readonly after: number;
} {
  const outputs = Math.ceil(window.input / window.stride);
  const reach = (outputs - 1) * window.stride + effectiveKernel(window.kernel, window.dilation);
  const total = Math.max(reach - window.input, 0);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}
