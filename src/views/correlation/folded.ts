/** A matrix of correlations in an order, without the channels that never change: they correlate with nothing and stand in a band beside it. */
import { type Matrix, matrix } from '../../math/matrix.ts';

export interface Folded {
  /** Of the channels at these places. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** Channels in the band, ascending. */
  readonly foldedRows: readonly number[];
  readonly foldedColumns: readonly number[];
}

/** `pearson`: 0 throughout for a constant channel. */
export function foldedOrder(
  pearson: Matrix,
  order: { readonly rows: readonly number[]; readonly columns: readonly number[] },
): Folded {
  const aliveRows = new Set<number>();
  const aliveColumns = new Set<number>();
  for (let i = 0; i < pearson.rows; i++)
    for (let j = 0; j < pearson.columns; j++)
      if (pearson.values[i * pearson.columns + j] !== 0) {
        aliveRows.add(i);
        aliveColumns.add(j);
      }
  const rest = (all: readonly number[], alive: ReadonlySet<number>) =>
    all.filter((c) => !alive.has(c)).toSorted((a, b) => a - b);
  return {
    rows: order.rows.filter((c) => aliveRows.has(c)),
    columns: order.columns.filter((c) => aliveColumns.has(c)),
    foldedRows: rest(order.rows, aliveRows),
    foldedColumns: rest(order.columns, aliveColumns),
  };
}

export function partOfMatrix({ columns: width, values }: Matrix, { rows, columns }: Folded): Matrix {
  const part = matrix(rows.length, columns.length);
  for (const [i, row] of rows.entries())
    for (const [j, column] of columns.entries()) part.values[i * columns.length + j] = values[row * width + column]!;
  return part;
}
