/**
 * The sampling points of one unit, to be drawn on the photo and dragged: each stands where its tap would stand plus its offset, and takes the
 * four pixels around it by bilinear weights (Dai et al., "Deformable Convolutional Networks", 2017, equations 2 and 3).
 */
import type { HostTensor } from '../operator.ts';
import type { DeformConv2d } from './attributes.ts';
import { type DeformInputs, sampleAt } from './samples.ts';

/** One of the four pixels around a point. The weights of all four are 1 together; outside of the input the value is 0. */
export interface BilinearCorner {
  readonly y: number;
  readonly x: number;
  readonly weight: number;
  readonly isInside: boolean;
}

/** Top left, top right, bottom left, bottom right of a place (y, x) in pixels of an input of [height, width]. */
export function bilinearCorners(y: number, x: number, height: number, width: number): readonly BilinearCorner[] {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [below, right] = [y - top, x - left];
  const cornerAt = (row: number, column: number, weight: number): BilinearCorner => {
    const isInside = row >= 0 && row < height && column >= 0 && column < width;
    return { y: row, x: column, weight, isInside };
  };
  return [
    cornerAt(top, left, (1 - below) * (1 - right)),
    cornerAt(top, left + 1, (1 - below) * right),
    cornerAt(top + 1, left, below * (1 - right)),
    cornerAt(top + 1, left + 1, below * right),
  ];
}

export interface SamplingPoint {
  readonly group: number;
  /** Counts the kernel row by row. */
  readonly tap: number;
  /** Where it samples, in pixels of the input. */
  readonly y: number;
  readonly x: number;
  /** Where the tap would stand without its offset. */
  readonly from: { readonly y: number; readonly x: number };
  /** 1 without a mask. */
  readonly mask: number;
  readonly corners: readonly BilinearCorner[];
}

/** All points of output (u, v) of image `image`: offset group by offset group, tap by tap. */
export function samplingPoints(
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor>,
  { u, v, image = 0 }: { readonly u: number; readonly v: number; readonly image?: number },
): readonly SamplingPoint[] {
  const [, , height, width] = inputs.x.shape;
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  return Array.from({ length: conv.offsetGroups * taps }, (_, i) => {
    const [group, tap] = [Math.floor(i / taps), i % taps];
    const { y, x, mask, offsetAt } = sampleAt(conv, inputs, { image, group, tap, u, v });
    const [dy, dx] = offsetAt.map((at) => inputs.offset.values[at]!) as [number, number];
    return { group, tap, y, x, from: { y: y - dy, x: x - dx }, mask, corners: bilinearCorners(y, x, height, width) };
  });
}

/** Which offset is set: that of one tap of one group, for one unit of image 0 or at every position of every image. */
export interface OffsetEdit {
  readonly group: number;
  readonly tap: number;
  readonly dy: number;
  readonly dx: number;
  readonly where: 'everywhere' | { readonly u: number; readonly v: number };
}

/** A copy of `offset` with the edit. To drag a point to a place, dy and dx are the place less the point's `from`. */
export function withOffset(
  conv: DeformConv2d,
  offset: HostTensor<Float32Array>,
  { group, tap, dy, dx, where }: OffsetEdit,
): HostTensor<Float32Array> {
  const [images, channels, rows, columns] = offset.shape;
  const area = rows * columns;
  const values = offset.values.slice();
  const channel = 2 * (group * conv.kernelSize[0] * conv.kernelSize[1] + tap);
  if (where === 'everywhere') {
    for (let image = 0; image < images; image++) {
      const start = (image * channels + channel) * area;
      values.fill(dy, start, start + area).fill(dx, start + area, start + 2 * area);
    }
  } else {
    const at = channel * area + where.u * columns + where.v;
    values[at] = dy;
    values[at + area] = dx;
  }
  return { shape: offset.shape, values };
}
