/**
 * Where a deformable convolution looks: tap (a, b) of output (u, v) is taken at row u s - p + a d + offset y and the like column,
 * between pixels by bilinear weights. Pixels outside the input are zero, so a sample within one pixel of the border still has the
 * corners that lie inside, exactly as torchvision has them.
 */
import type { FloatArray, HostTensor, Shape } from '../operator.ts';
import { outputSize, type Window } from '../window.ts';
import type { DeformConv2d } from './attributes.ts';

/** The window without offsets along an axis of `size` pixels. */
export function windowOf(conv: DeformConv2d, axis: 'h' | 'w', size: number): Window {
  const i = axis === 'h' ? 0 : 1;
  const { top, bottom, left, right } = conv.padding;
  return {
    input: size,
    kernel: conv.kernelSize[i],
    stride: conv.stride[i],
    dilation: conv.dilation[i],
    before: axis === 'h' ? top : left,
    after: axis === 'h' ? bottom : right,
  };
}

export function outputShapeOf(conv: DeformConv2d, [images, , height, width]: Shape): Shape {
  return [images, conv.outChannels, outputSize(windowOf(conv, 'h', height)), outputSize(windowOf(conv, 'w', width))];
}

/** The inputs by name: x [N, C, H, W], offset [N, 2 G kh kw, OH, OW] (y before x), mask [N, G kh kw, OH, OW]. */
export interface DeformInputs<T> {
  readonly x: T;
  readonly offset: T;
  readonly mask: T | null;
}

export function namedInputs<T>(conv: DeformConv2d, inputs: readonly T[]): DeformInputs<T> {
  const [x, offset, mask] = inputs;
  const wanted = conv.hasMask ? 3 : 2;
  if (x === undefined || offset === undefined || inputs.length !== wanted)
    throw new Error(`this deformable convolution reads ${wanted} tensors, not ${inputs.length}`);
  return { x, offset, mask: mask ?? null };
}

/** Which sample: `tap` counts the kernel row by row, `group` is an offset group. */
export interface SampleIndex {
  readonly image: number;
  readonly group: number;
  readonly tap: number;
  readonly u: number;
  readonly v: number;
}

/** A sample's place in pixels of the input, what weighs it, and where the values that say so stand in offset and mask. */
export interface Sample {
  readonly y: number;
  readonly x: number;
  readonly mask: number;
  readonly offsetAt: readonly [y: number, x: number];
  readonly maskAt: number;
}

export function sampleAt(conv: DeformConv2d, { offset, mask }: DeformInputs<HostTensor>, index: SampleIndex): Sample {
  const { image, group, tap, u, v } = index;
  const [, , rows, columns] = offset.shape;
  const [kh, kw] = conv.kernelSize;
  const plane = (image * conv.offsetGroups + group) * kh * kw + tap;
  const pixel = u * columns + v;
  const y = 2 * plane * rows * columns + pixel;
  const x = (2 * plane + 1) * rows * columns + pixel;
  const maskAt = plane * rows * columns + pixel;
  return {
    y: u * conv.stride[0] - conv.padding.top + Math.floor(tap / kw) * conv.dilation[0] + offset.values[y]!,
    x: v * conv.stride[1] - conv.padding.left + (tap % kw) * conv.dilation[1] + offset.values[x]!,
    mask: mask ? mask.values[maskAt]! : 1,
    offsetAt: [y, x],
    maskAt,
  };
}

export interface Corner {
  readonly y: number;
  readonly x: number;
  readonly weight: number;
}

/** The pixels around a place that lie inside a map of [height, width], with their bilinear weights: at most four. */
export function cornersOf(y: number, x: number, height: number, width: number): readonly Corner[] {
  const top = Math.floor(y);
  const left = Math.floor(x);
  const corners: Corner[] = [];
  for (const [row, byRow] of [
    [top, 1 - (y - top)],
    [top + 1, y - top],
  ] as const) {
    if (row < 0 || row >= height) continue;
    for (const [column, byColumn] of [
      [left, 1 - (x - left)],
      [left + 1, x - left],
    ] as const) {
      if (column >= 0 && column < width) corners.push({ y: row, x: column, weight: byRow * byColumn });
    }
  }
  return corners;
}

/** The weighted sum of the corners in the plane of `values` that begins at `plane`. */
export function interpolated(values: FloatArray, plane: number, width: number, corners: readonly Corner[]): number {
  let sum = 0;
  for (const { y, x, weight } of corners) sum += weight * values[plane + y * width + x]!;
  return sum;
}
