/**
 * What one output pixel reads where a transposed convolution is written as a direct one (`direct.ts`): the stretched and padded input around
 * it, cell by cell. Tap a of the turned kernel meets cell y + d a of the padded input, whatever the stride: stretching took its place.
 */
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { Axis, Pair } from '../../operators/operator.ts';
import { effectiveKernel } from '../../operators/window.ts';
import { directOf } from './direct.ts';

/** One row or column of the stretched input. */
export interface StretchedLine {
  /** The input's row or column that stands here; null: zeros, between two pixels or around all of them. */
  readonly pixel: number | null;
  /** Beyond the first or the last pixel. */
  readonly isBorder: boolean;
  /** The tap of the turned kernel that lies here; null: none does. */
  readonly tap: number | null;
}

export interface StretchedWindow {
  readonly rows: readonly StretchedLine[];
  readonly columns: readonly StretchedLine[];
}

/** The lines that the kernel of output `index` spans along one axis of an input of `size`, and `margin` more on both sides. */
function linesOf(
  transposed: ConvTranspose2d,
  axis: Axis,
  size: number,
  index: number,
  margin: number,
): readonly StretchedLine[] {
  const i = axis === 'h' ? 0 : 1;
  const [kernel, stride, dilation] = [transposed.kernelSize[i], transposed.stride[i], transposed.dilation[i]];
  const { padding } = directOf(transposed);
  const first = index - (axis === 'h' ? padding.top : padding.left);
  const span = effectiveKernel(kernel, dilation);
  return Array.from({ length: span + 2 * margin }, (_, at) => {
    const [inKernel, stretched] = [at - margin, first + at - margin];
    const isBorder = stretched < 0 || stretched > (size - 1) * stride;
    const isTap = inKernel >= 0 && inKernel < span && inKernel % dilation === 0;
    return {
      pixel: isBorder || stretched % stride !== 0 ? null : stretched / stride,
      isBorder,
      tap: isTap ? inKernel / dilation : null,
    };
  });
}

/** The cells around the kernel of output (y, x), for an input of [height, width]; every row crossed with every column. */
export function stretchedWindow(
  transposed: ConvTranspose2d,
  [height, width]: Pair,
  { y, x }: { readonly y: number; readonly x: number },
  margin = 1,
): StretchedWindow {
  return {
    rows: linesOf(transposed, 'h', height, y, margin),
    columns: linesOf(transposed, 'w', width, x, margin),
  };
}

/** The input's rows or columns that a tap meets, ascending. */
export function metPixels(lines: readonly StretchedLine[]): readonly number[] {
  return lines.flatMap(({ pixel, tap }) => (pixel !== null && tap !== null ? [pixel] : []));
}
