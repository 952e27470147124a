/**
 * Deformable convolution in float32 on the host. For one output row all samples of all channels are taken once, into a strip
 * [channel][tap][column]; every filter then adds its weighted lines. It adds in float64 and rounds once.
 */
import type { HostTensor, ParameterValues } from '../operator.ts';
import type { DeformConv2d } from './attributes.ts';
import { cornersOf, type DeformInputs, interpolated, outputShapeOf, sampleAt } from './samples.ts';

export function computeDeformConv2d(
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor<Float32Array>>,
  { weight, bias }: ParameterValues,
): HostTensor<Float32Array> {
  const shape = outputShapeOf(conv, inputs.x.shape);
  const [images, , rows, columns] = shape;
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const [filters, slices] = [conv.outChannels / conv.groups, conv.inChannels / conv.groups];
  const values = new Float32Array(images * conv.outChannels * rows * columns);
  const strip = new Float64Array(conv.inChannels * taps * columns);
  const line = new Float64Array(columns);
  for (let image = 0; image < images; image++) {
    for (let u = 0; u < rows; u++) {
      fillStrip(strip, conv, inputs, image, u, columns);
      for (let o = 0; o < conv.outChannels; o++) {
        line.fill(bias?.[o] ?? 0);
        const first = Math.floor(o / filters) * slices * taps;
        for (let i = 0; i < slices * taps; i++) {
          const w = weight[o * slices * taps + i]!;
          const from = (first + i) * columns;
          for (let v = 0; v < columns; v++) line[v]! += w * strip[from + v]!;
        }
        values.set(line, ((image * conv.outChannels + o) * rows + u) * columns);
      }
    }
  }
  return { shape, values };
}

function fillStrip(
  strip: Float64Array,
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor<Float32Array>>,
  image: number,
  u: number,
  columns: number,
): void {
  const { values, shape } = inputs.x;
  const [, channels, height, width] = shape;
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const perGroup = channels / conv.offsetGroups;
  for (let group = 0; group < conv.offsetGroups; group++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let v = 0; v < columns; v++) {
        const { y, x, mask } = sampleAt(conv, inputs, { image, group, tap, u, v });
        const corners = cornersOf(y, x, height, width);
        for (let c = group * perGroup; c < (group + 1) * perGroup; c++) {
          const plane = (image * channels + c) * height * width;
          strip[(c * taps + tap) * columns + v] = mask * interpolated(values, plane, width, corners);
        }
      }
    }
  }
}
