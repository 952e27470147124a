/** What stands in a cell, and how large. */
import { shortNumber } from '../../../../views/numbers.ts';

type Rgb = readonly [r: number, g: number, b: number];

export interface Cell {
  /** 0..255 each; null: nothing is there but the ground. */
  readonly fill: Rgb | null;
  readonly text?: string;
  /** Framed in the colour of the field. */
  readonly mark?: boolean;
  /** Takes no part. */
  readonly isFaint?: boolean;
  /** Outside of everything: padding. */
  readonly isEmpty?: boolean;
}

/** CSS pixels of one cell where the longer side of the grid may be `side`. */
export function cellSide(rows: number, columns: number, side: number): number {
  const fits = side / Math.max(rows, columns);
  return fits >= 4 ? Math.min(26, Math.floor(fits)) : fits;
}

/** −0.333 → −.33: a cell has room for four letters. */
export function cellNumber(value: number): string {
  const size = Math.abs(value);
  const text = size < 9.995 && size >= 0.005 ? size.toFixed(size < 0.9995 ? 2 : 1) : shortNumber(size);
  const short = text.replace(/^0\./, '.').replace(/^\.00$/, '0');
  return value < 0 && short !== '0' ? `−${short}` : short;
}

/** In CSS pixels; null where the cell is too small for numbers. */
export function fontSize(text: string, cell: number): number | null {
  const size = Math.min(10, cell - 3, (cell - 3) / (0.61 * text.length));
  return size >= 6.5 ? size : null;
}

/** From `ground` (0) to `colour` (1). */
export function mixed(ground: Rgb, colour: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(ground[i] + (colour[i] - ground[i]) * Math.min(1, Math.max(0, share)));
  return [at(0), at(1), at(2)];
}

/** `count` positions around `at`, moved to lie within 0..size-1; all of them where there are fewer. */
export function around(at: number, count: number, size: number): { readonly lo: number; readonly size: number } {
  const shown = Math.min(count, size);
  const lo = Math.min(size - shown, Math.max(0, at - Math.floor(shown / 2)));
  return { lo, size: shown };
}
