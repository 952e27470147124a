/** The cells of the direct convolution: the stretched input around the unit, and the turned kernel over it. */
import { turnedWeights } from '../../../../graph/transposed/direct.ts';
import { oneChannel } from '../../../../graph/transposed/oneChannel.ts';
import type { StretchedLine, StretchedWindow } from '../../../../graph/transposed/stretchedWindow.ts';
import type { ConvTranspose2d } from '../../../../operators/convTranspose2d/attributes.ts';
import type { ParameterValues } from '../../../../operators/operator.ts';
import { bakeColourMap, colourOf } from '../../../../views/colour/colourMaps.ts';
import { type Cell, cellNumber, mixed } from './cells.ts';

type Rgb = readonly [r: number, g: number, b: number];

/** The input channels that map `map` reads: those of its group. */
export function slicesOf({ inChannels, outChannels, groups }: ConvTranspose2d, map: number): readonly number[] {
  const slices = inChannels / groups;
  const first = Math.floor(map / (outChannels / groups)) * slices;
  return Array.from({ length: slices }, (_, i) => first + i);
}

/** A box of the input. */
export interface Patch {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

/** The box around all pixels in the window; empty where there are none. */
export function patchOf({ rows, columns }: StretchedWindow): Patch {
  const span = (lines: readonly StretchedLine[]) => {
    const pixels = lines.flatMap(({ pixel }) => (pixel === null ? [] : [pixel]));
    return { lo: pixels[0] ?? 0, size: pixels.length };
  };
  const [h, w] = [span(rows), span(columns)];
  return { y: h.lo, x: w.lo, height: h.size, width: w.size };
}

/** The value of a pixel; null for zeros and where nothing has been read yet. */
function valueAt(patch: Patch, read: Float32Array | null, row: number | null, column: number | null): number | null {
  if (row === null || column === null || !read) return null;
  return read[(row - patch.y) * patch.width + column - patch.x] ?? null;
}

export function stretchedCells(
  { rows, columns }: StretchedWindow,
  patch: Patch,
  read: Float32Array | null,
  { ground, input }: { readonly ground: Rgb; readonly input: Rgb },
): readonly Cell[] {
  const values = read ?? new Float32Array(0);
  const lo = values.reduce((least, value) => Math.min(least, value), 0);
  const hi = values.reduce((most, value) => Math.max(most, value), 0);
  return rows.flatMap((row) =>
    columns.map((column): Cell => {
      const isPixel = row.pixel !== null && column.pixel !== null;
      const isTap = row.tap !== null && column.tap !== null;
      if (!isPixel) return { fill: null, text: '0', isEmpty: row.isBorder || column.isBorder, isFaint: !isTap };
      const value = valueAt(patch, read, row.pixel, column.pixel);
      const share = value === null ? 0.3 : 0.2 + 0.7 * (hi > lo ? (value - lo) / (hi - lo) : 0);
      return {
        fill: mixed(ground, input, share),
        ...(value === null ? {} : { text: cellNumber(value) }),
        mark: isTap,
        isFaint: !isTap,
      };
    }),
  );
}

interface KernelOf {
  readonly conv: ConvTranspose2d;
  readonly values: ParameterValues;
  readonly window: StretchedWindow;
  readonly channel: number;
  readonly map: number;
}

/** [kh, kw] from input channel `channel` to map `map`, turned by 180 degrees. */
function turnedKernel({ conv, values, channel, map }: KernelOf): Float32Array {
  const single = oneChannel(conv, values, map);
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  return turnedWeights(single.conv, single.values.weight).subarray(channel * taps, (channel + 1) * taps);
}

const pixelOfTap = (lines: readonly StretchedLine[]) =>
  lines.flatMap(({ tap, pixel }) => (tap === null ? [] : [pixel]));

/** The taps in the diverging colours of all kernels; those that meet a pixel are marked, the others faint. */
export function kernelCells(of: KernelOf, zero: Rgb, isDark: boolean): readonly Cell[] {
  const kernel = turnedKernel(of);
  const end = kernel.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  const colours = bakeColourMap('rdbu', { zero, isDark });
  const [rows, columns] = [pixelOfTap(of.window.rows), pixelOfTap(of.window.columns)];
  return Array.from(kernel, (weight, i): Cell => {
    const meets = rows[Math.floor(i / columns.length)] !== null && columns[i % columns.length] !== null;
    return {
      fill: colourOf(colours, weight, { lo: -end, hi: end }),
      text: cellNumber(weight),
      mark: meets,
      isFaint: !meets,
    };
  });
}

/** What one input channel gives the unit: the products of taps and the pixels that they meet. */
export function channelSum(of: KernelOf, patch: Patch, read: Float32Array): number {
  const kernel = turnedKernel(of);
  const [rows, columns] = [pixelOfTap(of.window.rows), pixelOfTap(of.window.columns)];
  return kernel.reduce((sum, weight, i) => {
    const value = valueAt(
      patch,
      read,
      rows[Math.floor(i / columns.length)] ?? null,
      columns[i % columns.length] ?? null,
    );
    return sum + weight * (value ?? 0);
  }, 0);
}
