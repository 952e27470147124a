/** Where the pooling window stands along one axis. */
import type { Axis } from '../operator.ts';
import { effectiveKernel, outputSize, type Window } from '../window.ts';
import type { Pool2d } from './attributes.ts';

export function windowOf(pool: Pool2d, axis: Axis, input: number): Window {
  const i = axis === 'h' ? 0 : 1;
  const { top, bottom, left, right } = pool.padding;
  const [before, after] = axis === 'h' ? [top, bottom] : [left, right];
  return { input, kernel: pool.kernelSize[i], stride: pool.stride[i], dilation: pool.dilation[i], before, after };
}

/** Positions of the window along an axis (PyTorch's `pooling_output_shape`). */
export function positions(pool: Pool2d, axis: Axis, input: number): number {
  const window = windowOf(pool, axis, input);
  const slack = input + window.before + window.after - effectiveKernel(window.kernel, window.dilation);
  if (slack < 0 && !pool.ceilMode) return 0;
  if (!pool.ceilMode) return outputSize(window);
  const count = Math.ceil(slack / window.stride) + 1;
  return (count - 1) * window.stride >= input + window.before ? count - 1 : count;
}
