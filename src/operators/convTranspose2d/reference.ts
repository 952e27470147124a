/** Transposed convolution by its definition, in float64: every input value scatters the kernel, scaled by itself, over the output. */
import type { HostTensor, ParameterValues, ReferenceResult, Shape } from '../operator.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { axisOf, outputSize } from './axis.ts';

export function outputShapeOf(conv: ConvTranspose2d, [images, , height, width]: Shape): Shape {
  return [images, conv.outChannels, outputSize(axisOf(conv, 'h'), height), outputSize(axisOf(conv, 'w'), width)];
}

export function referenceConvTranspose2d(
  conv: ConvTranspose2d,
  input: HostTensor,
  { weight, bias }: ParameterValues,
): ReferenceResult {
  const shape = outputShapeOf(conv, input.shape);
  const [images, , rows, columns] = shape;
  const [, , height, width] = input.shape;
  const { inChannels, outChannels, groups, kernelSize, stride, dilation, padding } = conv;
  const [kh, kw] = kernelSize;
  const [filters, slices] = [outChannels / groups, inChannels / groups];
  const values = new Float64Array(images * outChannels * rows * columns);
  const magnitude = new Float64Array(values.length);
  for (let at = 0; at < values.length; at++) {
    values[at] = bias?.[Math.floor(at / (rows * columns)) % outChannels] ?? 0;
    magnitude[at] = Math.abs(values[at]!);
  }
  for (let at = 0; at < input.values.length; at++) {
    const x = input.values[at]!;
    const q = Math.floor(at / width) % height;
    const r = at % width;
    const channel = Math.floor(at / (height * width)) % inChannels;
    const image = Math.floor(at / (height * width * inChannels));
    const firstFilter = Math.floor(channel / slices) * filters;
    for (let o = 0; o < filters; o++) {
      const plane = (image * outChannels + firstFilter + o) * rows * columns;
      const kernel = (channel * filters + o) * kh * kw;
      for (let a = 0; a < kh; a++) {
        const u = stride[0] * q + dilation[0] * a - padding.top;
        if (u < 0 || u >= rows) continue;
        for (let b = 0; b < kw; b++) {
          const v = stride[1] * r + dilation[1] * b - padding.left;
          if (v < 0 || v >= columns) continue;
          const term = weight[kernel + a * kw + b]! * x;
          values[plane + u * columns + v]! += term;
          magnitude[plane + u * columns + v]! += Math.abs(term);
        }
      }
    }
  }
  return { output: { shape, values }, magnitude };
}
