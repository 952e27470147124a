/**
 * Which input positions a convolution reads, axis by axis. Rows and columns are independent, so every set of pixels here is a
 * lattice (some rows x some columns). Positions outside of 0..input-1 are padding.
 */
import type { Interval } from '../../math/intervals.ts';
import type { Conv2d, PaddingMode } from '../../operators/conv2d/attributes.ts';
import { sourceIndex, windowOf } from '../../operators/conv2d/index.ts';
import type { Pair } from '../../operators/operator.ts';
import { effectiveKernel, firstTap, outputSize, type Window } from '../../operators/window.ts';

export interface AxisGeometry extends Window {
  readonly outputs: number;
  readonly mode: PaddingMode;
}

export interface ConvGeometry {
  readonly h: AxisGeometry;
  readonly w: AxisGeometry;
}

/** Ascending rows x ascending columns. */
export interface Lattice {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** `input`: height and width of what the convolution reads. */
export function convGeometry(conv: Conv2d, input: Pair): ConvGeometry {
  const axis = (name: 'h' | 'w', size: number): AxisGeometry => {
    const window = windowOf(conv, name, size);
    return { ...window, outputs: outputSize(window), mode: conv.paddingMode };
  };
  return { h: axis('h', input[0]), w: axis('w', input[1]) };
}

/** The input positions that output `o` reads, one for each tap, ascending. */
export function tapsOf(axis: AxisGeometry, o: number): readonly number[] {
  return Array.from({ length: axis.kernel }, (_, t) => firstTap(axis, o) + axis.dilation * t);
}

/** The outputs that read input position `i`, themselves or through padding that copies it; ascending. */
export function outputsReading(axis: AxisGeometry, i: number): readonly number[] {
  const outputs = new Set<number>();
  const collect = (position: number) => {
    for (let t = 0; t < axis.kernel; t++) {
      const start = position + axis.before - axis.dilation * t;
      const o = start / axis.stride;
      if (start >= 0 && Number.isInteger(o) && o < axis.outputs) outputs.add(o);
    }
  };
  collect(i);
  for (let p = -axis.before; p < 0; p++) if (sourceIndex(p, axis.input, axis.mode) === i) collect(p);
  for (let p = axis.input; p < axis.input + axis.after; p++) {
    if (sourceIndex(p, axis.input, axis.mode) === i) collect(p);
  }
  return [...outputs].sort((a, b) => a - b);
}

/** Every input position that tap `t` multiplies somewhere: one for each output. */
export function positionsOfTap(axis: AxisGeometry, t: number): readonly number[] {
  return Array.from({ length: axis.outputs }, (_, o) => firstTap(axis, o) + axis.dilation * t);
}

export function latticeOfUnit(geometry: ConvGeometry, y: number, x: number): Lattice {
  return { rows: tapsOf(geometry.h, y), columns: tapsOf(geometry.w, x) };
}

export function latticeOfReaders(geometry: ConvGeometry, y: number, x: number): Lattice {
  return { rows: outputsReading(geometry.h, y), columns: outputsReading(geometry.w, x) };
}

export function latticeOfWeight(geometry: ConvGeometry, ky: number, kx: number): Lattice {
  return { rows: positionsOfTap(geometry.h, ky), columns: positionsOfTap(geometry.w, kx) };
}

/** The output whose window lies most nearly centred on input position `i`. */
export function outputCentredOn(axis: AxisGeometry, i: number): number {
  const reach = effectiveKernel(axis.kernel, axis.dilation) - 1;
  const o = Math.round((i + axis.before - reach / 2) / axis.stride);
  return Math.min(axis.outputs - 1, Math.max(0, o));
}

/** Neighbouring positions joined: [0,1,2,5] is 0..2 and 5..5. */
export function runsOf(ascending: readonly number[]): readonly Interval[] {
  const runs: Interval[] = [];
  for (const i of ascending) {
    const last = runs.at(-1);
    if (last && i <= last.hi + 1) runs[runs.length - 1] = { lo: last.lo, hi: i };
    else runs.push({ lo: i, hi: i });
  }
  return runs;
}
