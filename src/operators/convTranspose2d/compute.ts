/**
 * Transposed convolution in float32 on the host. Output row by output row: the few input rows that reach it are gathered, each
 * spread along the row by every kernel column. It adds in float64 and rounds once.
 */
import type { HostTensor, ParameterValues } from '../operator.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { axisOf, readsOf } from './axis.ts';
import { outputShapeOf } from './reference.ts';

export function computeConvTranspose2d(
  conv: ConvTranspose2d,
  input: HostTensor<Float32Array>,
  { weight, bias }: ParameterValues,
): HostTensor<Float32Array> {
  const shape = outputShapeOf(conv, input.shape);
  const [images, , rows, columns] = shape;
  const [, , height, width] = input.shape;
  const [kh, kw] = conv.kernelSize;
  const [filters, slices] = [conv.outChannels / conv.groups, conv.inChannels / conv.groups];
  const spans = Array.from({ length: kw }, (_, tap) => spanOf(conv, tap, width, columns));
  const values = new Float32Array(images * conv.outChannels * rows * columns);
  const line = new Float64Array(columns);
  const step = conv.stride[1];
  for (let u = 0; u < rows; u++) {
    const reads = readsOf(axisOf(conv, 'h'), u).filter((read) => read.input >= 0 && read.input < height);
    for (let map = 0; map < images * conv.outChannels; map++) {
      const o = map % conv.outChannels;
      const first = Math.floor(o / filters) * slices;
      const image = Math.floor(map / conv.outChannels) * conv.inChannels;
      line.fill(bias?.[o] ?? 0);
      for (let c = first; c < first + slices; c++) {
        const kernel = (c * filters + (o % filters)) * kh * kw;
        for (const read of reads) {
          const row = ((image + c) * height + read.input) * width;
          spans.forEach(({ from, to, output }, b) => {
            const w = weight[kernel + read.tap * kw + b]!;
            for (let q = from, v = output; q < to; q++, v += step) line[v]! += w * input.values[row + q]!;
          });
        }
      }
      values.set(line, (map * rows + u) * columns);
    }
  }
  return { shape, values };
}

/** The input columns that kernel column `tap` puts inside the output, and the output column of the first. */
function spanOf(
  conv: ConvTranspose2d,
  tap: number,
  width: number,
  columns: number,
): { readonly from: number; readonly to: number; readonly output: number } {
  const step = conv.stride[1];
  const shift = conv.dilation[1] * tap - conv.padding.left;
  const from = Math.max(0, Math.ceil(-shift / step));
  const to = Math.min(width, Math.floor((columns - 1 - shift) / step) + 1);
  return { from, to, output: step * from + shift };
}
