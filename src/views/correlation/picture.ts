/** A matrix of correlations as a picture, one pixel for each pair of channels, and the colours and ranges that it may have. */
import { colourIndex, type Ends } from '../../engine/displayRange.ts';
import type { Matrix } from '../../math/matrix.ts';

export interface MatrixColours {
  /** 256 RGBA entries. */
  readonly colours: Uint8Array;
  readonly ends: Ends;
  /** Colour the absolute value. */
  readonly isAbsolute: boolean;
}

/** RGBA, rows x columns. Row i of the picture is row `order.rows[i]` of the matrix. */
export function correlationPicture(
  { rows, columns, values }: Matrix,
  { colours, ends, isAbsolute }: MatrixColours,
  order: { readonly rows: readonly number[]; readonly columns: readonly number[] } | null = null,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const value = values[(order?.rows[i] ?? i) * columns + (order?.columns[j] ?? j)]!;
      const entry = 4 * colourIndex(isAbsolute ? Math.abs(value) : value, ends);
      rgba.set(colours.subarray(entry, entry + 4), 4 * (i * columns + j));
    }
  return rgba;
}

/** The largest |value|; 0 of an empty matrix. */
export function largestMagnitude({ values }: Matrix): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Where groups end along a side of `channels`, as shares of its length. */
export function groupEnds(groups: number): readonly number[] {
  return Array.from({ length: groups - 1 }, (_, i) => (i + 1) / groups);
}
