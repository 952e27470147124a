/** Who reads whom along one axis, tap by tap: from an output to its input pixels, from a pixel to its outputs, from a weight to all. */
import type { Axis } from '../operator.ts';
import { firstTap, outputSize } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { sourceIndex, windowOf } from './padding.ts';

/** The input rows or columns that output `index` reads along an axis, one per tap; outside 0..size-1 they are padding. */
export function tapsOf(conv: Conv2d, axis: Axis, index: number): readonly number[] {
  const window = windowOf(conv, axis, 0);
  const start = firstTap(window, index);
  return Array.from({ length: window.kernel }, (_, tap) => start + tap * window.dilation);
}

/** The outputs along an axis that read input row or column `pixel`, directly or as what padding copies; ascending. */
export function outputsReading(conv: Conv2d, axis: Axis, size: number, pixel: number): readonly number[] {
  const window = windowOf(conv, axis, size);
  const outputs: number[] = [];
  for (let output = 0; output < outputSize(window); output++) {
    const reads = tapsOf(conv, axis, output).some((at) => sourceIndex(at, size, conv.paddingMode) === pixel);
    if (reads) outputs.push(output);
  }
  return outputs;
}

/** The input rows or columns that weight row or column `tap` multiplies, one per output; outside 0..size-1 they are padding. */
export function pixelsUnderTap(conv: Conv2d, axis: Axis, size: number, tap: number): readonly number[] {
  const window = windowOf(conv, axis, size);
  return Array.from({ length: outputSize(window) }, (_, output) => firstTap(window, output) + tap * window.dilation);
}
