/**
 * Gradients of samples by their definition. A sample is m sum of wy wx x over its four corners, wy and wx linear in its place, so with the
 * gradient g at the sample: g m wy wx goes to each corner, g m (difference of the corners) to the place, g (sum of wy wx x) to the mask.
 */
import type { HostTensor, Shape } from '../../operator.ts';
import { cornersOf, type DeformInputs, interpolated, sampleAt } from '../samples.ts';
import type { DeformGradient } from './attributes.ts';

export interface GradientInputs<T> extends DeformInputs<T> {
  /** The gradient at the samples, [N, C kh kw, OH, OW]. */
  readonly samples: T;
}

interface Gradient {
  readonly values: Float64Array;
  /** The sum of the |terms| of every value. */
  readonly sizes: Float64Array;
}

/** A sample of one channel: its place, what it is weighed by, and where things stand. */
interface Visit {
  readonly y: number;
  readonly x: number;
  readonly mask: number;
  readonly offsetAt: readonly [y: number, x: number];
  readonly maskAt: number;
  /** Of the sample's gradient. */
  readonly sampleAt: number;
  /** Where the channel's map begins in x. */
  readonly plane: number;
}

function everySample({ of }: DeformGradient, inputs: GradientInputs<HostTensor>, visit: (sample: Visit) => void): void {
  const [images, channels, rows, columns] = inputs.samples.shape;
  const [, , height, width] = inputs.x.shape;
  const taps = of.kernelSize[0] * of.kernelSize[1];
  const perGroup = of.inChannels / of.offsetGroups;
  for (let image = 0; image < images; image++) {
    for (let channel = 0; channel < channels; channel++) {
      const [c, tap] = [Math.floor(channel / taps), channel % taps];
      const plane = (image * of.inChannels + c) * height * width;
      for (let pixel = 0; pixel < rows * columns; pixel++) {
        const at = (image * channels + channel) * rows * columns + pixel;
        const index = {
          image,
          group: Math.floor(c / perGroup),
          tap,
          u: Math.floor(pixel / columns),
          v: pixel % columns,
        };
        visit({ ...sampleAt(of, inputs, index), plane, sampleAt: at });
      }
    }
  }
}

/** The slope of the sample along y (axis 0) or x (axis 1), by its corners; `size` adds up their sizes instead. */
function slopeOf(x: HostTensor, { y, x: at, plane }: Visit, axis: 0 | 1, isSize: boolean): number {
  const [, , height, width] = x.shape;
  const [top, left] = [Math.floor(y), Math.floor(at)];
  let slope = 0;
  for (const corner of cornersOf(y, at, height, width)) {
    const [before, across] = axis === 0 ? [corner.y === top, at - left] : [corner.x === left, y - top];
    const isNear = axis === 0 ? corner.x === left : corner.y === top;
    const value = x.values[plane + corner.y * width + corner.x]! * (isNear ? 1 - across : across);
    slope += isSize ? Math.abs(value) : before ? -value : value;
  }
  return slope;
}

export function gradientOfSamples(
  operator: DeformGradient,
  inputs: GradientInputs<HostTensor>,
  shape: Shape,
): Gradient {
  const { samples, x } = inputs;
  const [, , height, width] = x.shape;
  const length = shape.reduce((a, b) => a * b, 1);
  const values = new Float64Array(length);
  const sizes = new Float64Array(length);
  const absolute = Float64Array.from(x.values, Math.abs);
  const add = (at: number, value: number, size: number) => {
    values[at] = values[at]! + value;
    sizes[at] = sizes[at]! + size;
  };
  everySample(operator, inputs, (sample) => {
    const g = samples.values[sample.sampleAt]!;
    const weighed = g * sample.mask;
    switch (operator.to) {
      case 'input':
        // A weight is a difference of places: on its scale it is 1.
        for (const { y, x: column, weight } of cornersOf(sample.y, sample.x, height, width))
          add(sample.plane + y * width + column, weighed * weight, Math.abs(weighed));
        break;
      case 'offset':
        for (const axis of [0, 1] as const)
          add(
            sample.offsetAt[axis],
            weighed * slopeOf(x, sample, axis, false),
            Math.abs(weighed) * slopeOf(x, sample, axis, true),
          );
        break;
      case 'mask': {
        const corners = cornersOf(sample.y, sample.x, height, width);
        const size = Math.abs(g) * interpolated(absolute, sample.plane, width, corners);
        add(sample.maskAt, g * interpolated(x.values, sample.plane, width, corners), size);
        break;
      }
      default:
        operator.to satisfies never;
    }
  });
  return { values, sizes };
}

/**
 * What the inputs' own errors add to the scale: those of the samples' gradient, of x and of the mask as far as each is multiplied, those of
 * the place by the steepest that a sample and its slope can be, twice the largest values of the 4 x 4 pixels around it.
 */
export function inheritedScale(
  operator: DeformGradient,
  inputs: GradientInputs<HostTensor>,
  errors: GradientInputs<HostTensor>,
  shape: Shape,
): Float64Array {
  const scale = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const [, , height, width] = inputs.x.shape;
  const add = (at: number, size: number) => {
    scale[at] = scale[at]! + size;
  };
  /** The pixels that a sample may read wherever less than a pixel away it may be. */
  const around = ({ y, x, plane }: Visit): readonly number[] => {
    const pixels: number[] = [];
    for (let row = Math.max(0, Math.floor(y) - 1); row <= Math.min(height - 1, Math.floor(y) + 2); row++)
      for (let column = Math.max(0, Math.floor(x) - 1); column <= Math.min(width - 1, Math.floor(x) + 2); column++)
        pixels.push(plane + row * width + column);
    return pixels;
  };
  everySample(operator, inputs, (sample) => {
    const pixels = around(sample);
    const largest = (values: ArrayLike<number>) =>
      pixels.reduce((most, at) => Math.max(most, Math.abs(values[at]!)), 0);
    const g = Math.abs(inputs.samples.values[sample.sampleAt]!);
    const m = Math.abs(sample.mask);
    const ofG = errors.samples.values[sample.sampleAt]!;
    const ofMask = errors.mask?.values[sample.maskAt] ?? 0;
    const ofPlace = sample.offsetAt.reduce((sum, at) => sum + errors.offset.values[at]!, 0);
    if (operator.to === 'input') {
      for (const at of pixels) add(at, ofG * m + g * ofMask + g * m * ofPlace);
      return;
    }
    const [value, error] = [largest(inputs.x.values), largest(errors.x.values)];
    if (operator.to === 'mask') add(sample.maskAt, ofG * value + g * error + 2 * g * value * ofPlace);
    else
      for (const at of sample.offsetAt)
        add(at, 2 * ((ofG * m + g * ofMask) * value + g * m * (error + value * ofPlace)));
  });
  return scale;
}
