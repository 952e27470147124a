/** A weight matrix as a picture, one pixel for each cell, and what a row and a column of it say. */
import type { WeightMatrix } from '../../graph/weightMatrix.ts';
import { colourOf } from '../colour/colourMaps.ts';
import type { Rgb } from '../colour/oklab.ts';

/** What a cell without a connection looks like, and the table (256 RGBA entries) that colours a weight between ±`end`. */
export interface MatrixColours {
  readonly absent: Rgb;
  readonly colours: Uint8Array;
  readonly end: number;
}

/** RGBA, rows x columns; `weight` in the operator's own order. */
export function matrixPicture(
  { rows, columns, entries }: WeightMatrix,
  weight: Float32Array,
  { absent, colours, end }: MatrixColours,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * rows * columns);
  for (let cell = 0; cell < rows * columns; cell++) rgba.set([...absent, 255], 4 * cell);
  entries.parameters.forEach((parameter, i) => {
    const rgb = colourOf(colours, weight[parameter]!, { lo: -end, hi: end });
    rgba.set(rgb, 4 * (entries.rows[i]! * columns + entries.columns[i]!));
  });
  return rgba;
}

/** The inputs that output `row` reads. */
export function readByRow({ entries }: WeightMatrix, row: number): ReadonlySet<number> {
  return new Set(entries.columns.filter((_, i) => entries.rows[i] === row));
}

/** The outputs that read input `column`. */
export function readersOfColumn({ entries }: WeightMatrix, column: number): ReadonlySet<number> {
  return new Set(entries.rows.filter((_, i) => entries.columns[i] === column));
}

/** The index of the weight at a cell; null where there is no connection. */
export function parameterAt({ entries }: WeightMatrix, row: number, column: number): number | null {
  const at = entries.rows.findIndex((each, i) => each === row && entries.columns[i] === column);
  return at < 0 ? null : entries.parameters[at]!;
}
