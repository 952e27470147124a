/**
 * Offsets that are made and not learned. A linear preset moves the tap that stands at p (from the kernel's middle, dilated) to A p, so its
 * offset is (A - I) p, at every position the same; following the gradient turns each position's kernel by an angle of its own. Offsets
 * are [1, 2 G K, OH, OW], per group and tap y before x, as in `torchvision.ops.deform_conv2d`.
 */
import type { HostTensor, Shape } from '../operator.ts';
import { firstTap } from '../window.ts';
import type { DeformConv2d } from './attributes.ts';
import { outputShapeOf, windowOf } from './samples.ts';
import { directionsOf } from './structureTensor.ts';

export type OffsetPreset =
  | { readonly kind: 'none' }
  /** Clockwise as one sees it, since rows count downwards. */
  | { readonly kind: 'rotate'; readonly degrees: number }
  | { readonly kind: 'scale'; readonly factor: number }
  /** A row one pixel lower stands `amount` pixels further to the right. */
  | { readonly kind: 'shear'; readonly amount: number }
  /** The kernel's rows lie along the gradient, turned back in part where the picture has no clear direction (by its coherence). */
  | { readonly kind: 'gradient' };

/** [[yy, yx], [xy, xx]]: the new y and x of a point (y, x). */
type Linear = readonly [yy: number, yx: number, xy: number, xx: number];

function rotation(radians: number): Linear {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [cos, sin, -sin, cos];
}

/** Where the taps stand from the kernel's middle, in pixels: [y, x] by tap. */
function tapsFromMiddle({ kernelSize, dilation }: DeformConv2d): readonly (readonly [y: number, x: number])[] {
  const [kh, kw] = kernelSize;
  return Array.from({ length: kh * kw }, (_, tap) => [
    (Math.floor(tap / kw) - (kh - 1) / 2) * dilation[0],
    ((tap % kw) - (kw - 1) / 2) * dilation[1],
  ]);
}

function moved([yy, yx, xy, xx]: Linear, [y, x]: readonly [y: number, x: number]): readonly [dy: number, dx: number] {
  return [yy * y + yx * x - y, xy * y + xx * x - x];
}

/** The shape of the offsets for an input [N, C, H, W] of valid channels. */
export function offsetShapeOf(conv: DeformConv2d, input: Shape): Shape {
  const [images, , rows, columns] = outputShapeOf(conv, input);
  return [images, 2 * conv.offsetGroups * conv.kernelSize[0] * conv.kernelSize[1], rows, columns];
}

/**
 * The offsets of a preset, of the same values in all images and offset groups, for the input `picture` [N, C, H, W], of which only
 * 'gradient' reads values (image 0). 0 where the preset moves nothing.
 */
export function presetOffsets(conv: DeformConv2d, picture: HostTensor, preset: OffsetPreset): HostTensor<Float32Array> {
  const shape = offsetShapeOf(conv, picture.shape);
  switch (preset.kind) {
    case 'none':
      return constantOffsets(conv, shape, [1, 0, 0, 1]);
    case 'rotate':
      return constantOffsets(conv, shape, rotation((preset.degrees / 180) * Math.PI));
    case 'scale':
      return constantOffsets(conv, shape, [preset.factor, 0, 0, preset.factor]);
    case 'shear':
      return constantOffsets(conv, shape, [1, 0, preset.amount, 1]);
    case 'gradient':
      return gradientOffsets(conv, shape, picture);
    default:
      preset satisfies never;
      throw new Error('unknown preset');
  }
}

function constantOffsets(conv: DeformConv2d, shape: Shape, linear: Linear): HostTensor<Float32Array> {
  const area = shape[2] * shape[3];
  const values = new Float32Array(shape[0] * shape[1] * area);
  const perTap = tapsFromMiddle(conv).flatMap((tap) => moved(linear, tap));
  for (let channel = 0; channel < shape[0] * shape[1]; channel++)
    values.fill(perTap[channel % perTap.length]!, channel * area, (channel + 1) * area);
  return { shape, values };
}

function gradientOffsets(conv: DeformConv2d, shape: Shape, picture: HostTensor): HostTensor<Float32Array> {
  const [images, channels, rows, columns] = shape;
  const directions = directionsOf(picture);
  const area = rows * columns;
  const taps = tapsFromMiddle(conv);
  const values = new Float32Array(images * channels * area);
  const vertical = windowOf(conv, 'h', directions.height);
  const horizontal = windowOf(conv, 'w', directions.width);
  // The middle of the kernel, on the nearest pixel of the picture.
  const middle = (window: typeof vertical, index: number) => {
    const at = firstTap(window, index) + ((window.kernel - 1) * window.dilation) / 2;
    return Math.min(Math.max(Math.round(at), 0), window.input - 1);
  };
  for (let u = 0; u < rows; u++) {
    for (let v = 0; v < columns; v++) {
      const at = middle(vertical, u) * directions.width + middle(horizontal, v);
      const linear = rotation(directions.angle[at]!);
      taps.forEach((tap, i) => {
        const [dy, dx] = moved(linear, tap);
        values[2 * i * area + u * columns + v] = directions.coherence[at]! * dy;
        values[(2 * i + 1) * area + u * columns + v] = directions.coherence[at]! * dx;
      });
    }
  }
  const perGroup = 2 * taps.length * area;
  for (let start = perGroup; start < values.length; start += perGroup) values.copyWithin(start, 0, perGroup);
  return { shape, values };
}
