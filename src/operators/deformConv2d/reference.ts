/** Deformable convolution by its definition, in float64: every sample is added to every filter that reads its channel. */
import type { HostTensor, ParameterValues, ReferenceResult } from '../operator.ts';
import type { DeformConv2d } from './attributes.ts';
import {
  type Corner,
  cornersOf,
  type DeformInputs,
  interpolated,
  outputShapeOf,
  type Sample,
  type SampleIndex,
  sampleAt,
} from './samples.ts';

/** One sample of one channel, as the filters see it. */
interface Visit {
  readonly sample: Sample;
  readonly corners: readonly Corner[];
  /** Where the channel's plane begins. */
  readonly plane: number;
}

/** What one sample is worth to a filter of weight 1: its value, and the size by which errors of it are judged. */
type Worth = readonly [value: number, size: number];

/** Adds every sample of every channel to the filters that read it: to `values` by their weights, to `sizes` by the weights' sizes. */
function accumulate(
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor>,
  weight: ArrayLike<number>,
  { values, sizes }: { readonly values: Float64Array; readonly sizes: Float64Array },
  worthOf: (visit: Visit) => Worth,
): void {
  const { x } = inputs;
  const [images, , rows, columns] = outputShapeOf(conv, x.shape);
  const [, , height, width] = x.shape;
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const perOffsetGroup = conv.inChannels / conv.offsetGroups;
  const [filters, slices] = [conv.outChannels / conv.groups, conv.inChannels / conv.groups];
  const visitSample = (index: SampleIndex): void => {
    const sample = sampleAt(conv, inputs, index);
    const corners = cornersOf(sample.y, sample.x, height, width);
    for (let c = index.group * perOffsetGroup; c < (index.group + 1) * perOffsetGroup; c++) {
      const plane = (index.image * conv.inChannels + c) * height * width;
      const [value, size] = worthOf({ sample, corners, plane });
      const group = Math.floor(c / slices);
      for (let o = group * filters; o < (group + 1) * filters; o++) {
        const w = weight[(o * slices + (c % slices)) * taps + index.tap]!;
        const at = ((index.image * conv.outChannels + o) * rows + index.u) * columns + index.v;
        values[at]! += w * value;
        sizes[at]! += Math.abs(w) * size;
      }
    }
  };
  for (let image = 0; image < images; image++) {
    for (let group = 0; group < conv.offsetGroups; group++) {
      for (let tap = 0; tap < taps; tap++) {
        for (let pixel = 0; pixel < rows * columns; pixel++) {
          visitSample({ image, group, tap, u: Math.floor(pixel / columns), v: pixel % columns });
        }
      }
    }
  }
}

export function referenceDeformConv2d(
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor>,
  { weight, bias }: ParameterValues,
): ReferenceResult {
  const shape = outputShapeOf(conv, inputs.x.shape);
  const [, , rows, columns] = shape;
  const values = new Float64Array(shape.reduce((a, b) => a * b, 1));
  for (let at = 0; at < values.length; at++) {
    values[at] = bias?.[Math.floor(at / (rows * columns)) % conv.outChannels] ?? 0;
  }
  const magnitude = values.map(Math.abs);
  const { x } = inputs;
  const width = x.shape[3];
  const sizes = Float64Array.from(x.values, Math.abs);
  accumulate(conv, inputs, weight, { values, sizes: magnitude }, ({ sample, corners, plane }) => [
    sample.mask * interpolated(x.values, plane, width, corners),
    Math.abs(sample.mask) * interpolated(sizes, plane, width, corners),
  ]);
  return { output: { shape, values }, magnitude };
}

/**
 * What the inputs' own errors add to the scale. An error of the input counts as far as it is sampled, one of the mask as far as the
 * sample is large. An error of an offset moves the sample: between pixels its slope is a mean of differences of two neighbours, so at
 * most twice the largest value of the 4 x 4 pixels around it, which no move by less than a pixel leaves.
 */
export function inheritedScale(
  conv: DeformConv2d,
  inputs: DeformInputs<HostTensor>,
  scales: DeformInputs<HostTensor>,
  weight: ArrayLike<number>,
): Float64Array {
  const { x } = inputs;
  const [, , height, width] = x.shape;
  const inherited = new Float64Array(outputShapeOf(conv, x.shape).reduce((a, b) => a * b, 1));
  const unused = new Float64Array(inherited.length);
  const sizes = Float64Array.from(x.values, Math.abs);
  const largestAround = ({ y, x: column }: Sample, plane: number): number => {
    let largest = 0;
    for (let row = Math.max(0, Math.floor(y) - 1); row <= Math.min(height - 1, Math.floor(y) + 2); row++) {
      const [from, to] = [Math.max(0, Math.floor(column) - 1), Math.min(width - 1, Math.floor(column) + 2)];
      for (let at = from; at <= to; at++) largest = Math.max(largest, sizes[plane + row * width + at]!);
    }
    return largest;
  };
  accumulate(conv, inputs, weight, { values: unused, sizes: inherited }, ({ sample, corners, plane }) => {
    const [byY, byX] = sample.offsetAt;
    const moved = (scales.offset.values[byY]! + scales.offset.values[byX]!) * 2 * largestAround(sample, plane);
    const sampled = interpolated(scales.x.values, plane, width, corners);
    const masked = scales.mask ? scales.mask.values[sample.maskAt]! * interpolated(sizes, plane, width, corners) : 0;
    return [0, Math.abs(sample.mask) * (sampled + moved) + masked];
  });
  return inherited;
}
