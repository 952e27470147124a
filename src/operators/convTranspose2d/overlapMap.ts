/**
 * How many (input, tap) pairs write each output pixel: the product of both axes' overlaps. Away from the border it repeats with the stride
 * and is the same everywhere exactly when the stride divides the kernel and shares no factor with the dilation; where it is uneven a
 * smooth input comes out as a checkerboard (Odena, Dumoulin & Olah, "Deconvolution and Checkerboard Artifacts", Distill 2016).
 */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { Interval } from '../../math/intervals.ts';
import type { Axis, Pair } from '../operator.ts';
import { effectiveKernel } from '../window.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { axisOf, overlapsOf, type TransposedAxis } from './axis.ts';

export interface OverlapMap {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns]; one filter and one input channel: channels do not change it. */
  readonly counts: Int32Array;
  readonly largest: number;
  /** The pixels to which no input outside the map would add; empty intervals where every pixel lacks one. */
  readonly interior: { readonly h: Interval; readonly w: Interval };
}

/** True when every phase of the axis is reached by the same number of taps. */
function isEven({ kernel, stride, dilation }: TransposedAxis): boolean {
  return kernel % stride === 0 && greatestCommonDivisor(stride, dilation) === 1;
}

/** The law: the overlap is the same on the whole interior of the output, whatever the input's size. */
export function hasEvenOverlap(conv: ConvTranspose2d): boolean {
  return isEven(axisOf(conv, 'h')) && isEven(axisOf(conv, 'w'));
}

/** How many taps reach each phase of the axis, the outputs with the same (o + p) mod s. */
function phasesOf({ kernel, stride, dilation }: TransposedAxis): readonly number[] {
  const counts = new Array<number>(stride).fill(0);
  for (let tap = 0; tap < kernel; tap++) counts[(dilation * tap) % stride]! += 1;
  return counts;
}

/** The overlaps that occur in the interior of the output, ascending; one alone exactly where `hasEvenOverlap`. */
export function interiorOverlaps(conv: ConvTranspose2d): readonly number[] {
  const columns = phasesOf(axisOf(conv, 'w'));
  const products = phasesOf(axisOf(conv, 'h')).flatMap((rows) => columns.map((each) => rows * each));
  return [...new Set(products)].sort((a, b) => a - b);
}

/** Outputs o with ke - s <= o + p <= s i - 1: all inputs that would reach them lie in 0..i-1. */
function interiorOf(axis: TransposedAxis, size: number, outputs: number): Interval {
  const { kernel, stride, dilation, before } = axis;
  return {
    lo: Math.max(0, effectiveKernel(kernel, dilation) - stride - before),
    hi: Math.min(outputs - 1, stride * size - 1 - before),
  };
}

/** The overlap of every pixel for an input of [height, width]. */
export function overlapMap(conv: ConvTranspose2d, [height, width]: Pair): OverlapMap {
  const along = (name: Axis, size: number) => {
    const axis = axisOf(conv, name);
    const counts = overlapsOf(axis, size);
    return { counts, interior: interiorOf(axis, size, counts.length) };
  };
  const h = along('h', height);
  const w = along('w', width);
  const counts = Int32Array.from(h.counts.flatMap((row) => w.counts.map((column) => row * column)));
  return {
    rows: h.counts.length,
    columns: w.counts.length,
    counts,
    largest: counts.reduce((a, b) => Math.max(a, b), 0),
    interior: { h: h.interior, w: w.interior },
  };
}
