/**
 * Convolution by its definition, in float64, tap by tap: what every kernel is held against. Works on a slab of channels and rows,
 * so that a caller can report progress and stop.
 */
import type { HostTensor, ParameterValues, ReferenceResult, Shape } from '../operator.ts';
import { firstTap, type Window } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { sourceIndex } from './padding.ts';
import { geometryOf, type Slab, weightsOf } from './slab.ts';

/** The whole output in float64, with the sum of |terms| of each value. */
export function referenceConv2d(
  conv: Conv2d,
  inputs: readonly HostTensor[],
  parameters: ParameterValues | null,
): ReferenceResult {
  const input = inputs[0];
  if (!input) throw new Error('a convolution reads one tensor');
  const { rows, columns } = geometryOf(conv, input.shape);
  const shape: Shape = [input.shape[0], conv.outChannels, rows, columns];
  const perImage = conv.outChannels * rows * columns;
  const values = new Float64Array(shape[0] * perImage);
  const magnitude = new Float64Array(values.length);
  for (let image = 0; image < shape[0]; image++) {
    const slab = { image, channel: 0, channels: conv.outChannels, row: 0, rows };
    const part = referenceRows(conv, input, weightsOf(parameters), slab);
    values.set(part.values, image * perImage);
    magnitude.set(part.magnitude, image * perImage);
  }
  return { output: { shape, values }, magnitude };
}

/** A slab of the output in float64: `values` and `magnitude` are [channels, rows, columns] of the slab. */
export function referenceRows(
  conv: Conv2d,
  input: HostTensor,
  parameters: ParameterValues,
  slab: Slab,
): { readonly values: Float64Array; readonly magnitude: Float64Array } {
  const [, , height, width] = input.shape;
  const { vertical, horizontal, columns } = geometryOf(conv, input.shape);
  const [kh, kw] = conv.kernelSize;
  const slices = conv.inChannels / conv.groups;
  const sourceRows = sources(vertical, slab.row, slab.rows, conv);
  const sourceColumns = sources(horizontal, 0, columns, conv);
  const values = new Float64Array(slab.channels * slab.rows * columns);
  const magnitude = new Float64Array(values.length);
  const x = input.values;
  let at = 0;
  for (let o = slab.channel; o < slab.channel + slab.channels; o++) {
    const group = Math.floor(o / (conv.outChannels / conv.groups));
    const firstPlane = slab.image * conv.inChannels + group * slices;
    const bias = parameters.bias?.[o] ?? 0;
    for (let u = 0; u < slab.rows; u++) {
      for (let v = 0; v < columns; v++) {
        let sum = bias;
        let size = Math.abs(bias);
        for (let c = 0; c < slices; c++) {
          const plane = (firstPlane + c) * height * width;
          const kernel = (o * slices + c) * kh * kw;
          for (let a = 0; a < kh; a++) {
            const row = sourceRows[u * kh + a]!;
            if (row < 0) continue;
            for (let b = 0; b < kw; b++) {
              const column = sourceColumns[v * kw + b]!;
              if (column < 0) continue;
              const term = parameters.weight[kernel + a * kw + b]! * x[plane + row * width + column]!;
              sum += term;
              size += Math.abs(term);
            }
          }
        }
        values[at] = sum;
        magnitude[at] = size;
        at++;
      }
    }
  }
  return { values, magnitude };
}

/** Which input index each tap of outputs first..first+count-1 reads, [count, kernel]; -1 where it reads a zero. */
function sources(window: Window, first: number, count: number, conv: Conv2d): Int32Array {
  const indices = new Int32Array(count * window.kernel);
  for (let u = 0; u < count; u++) {
    for (let tap = 0; tap < window.kernel; tap++) {
      const position = firstTap(window, first + u) + tap * window.dilation;
      indices[u * window.kernel + tap] = sourceIndex(position, window.input, conv.paddingMode) ?? -1;
    }
  }
  return indices;
}
