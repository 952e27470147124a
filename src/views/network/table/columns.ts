/** The columns of the table: what they say of a row, and the order of the rows by them. */

import type { Counts, RowNumbers } from './numbers.ts';
import type { LayerRow } from './rows.ts';

export const columns = ['output', 'params', 'macs', 'textbook', 'useful', 'field', 'jump', 'memory', 'time'] as const;
export type Column = (typeof columns)[number];

/** Those that a person may show, beside what always stands there. */
export const optionalColumns = ['textbook', 'useful', 'time'] as const;

/** The number by which a column orders its rows and draws its bars; null where the row has none. */
export function columnValue(column: Column, numbers: RowNumbers, isCumulative: boolean): number | null {
  switch (column) {
    case 'output':
      return numbers.output.reduce((a, b) => a * b, 1);
    case 'field':
      return numbers.field && Math.max(...numbers.field.size);
    case 'jump':
      return numbers.field && Math.max(...numbers.field.jump);
    case 'params':
    case 'macs':
    case 'textbook':
    case 'useful':
    case 'memory':
    case 'time':
      return countOf(column, isCumulative ? numbers.cumulative : numbers);
    default:
      return column satisfies never;
  }
}

/** The columns whose numbers add up. */
export type CountColumn = Exclude<Column, 'output' | 'field' | 'jump'>;

export function countOf(column: CountColumn, counts: Counts): number | null {
  switch (column) {
    case 'params':
      return counts.parameters;
    case 'macs':
      return counts.macs;
    case 'textbook':
      return counts.textbookMacs;
    case 'useful':
      return counts.macs === 0 ? null : counts.usefulMacs / counts.macs;
    case 'memory':
      return counts.keptBytes;
    case 'time':
      return counts.ms;
    default:
      return column satisfies never;
  }
}

export interface Order {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Rows without a value stand last; equal ones as in the network. */
export function sortedLayers(
  rows: readonly LayerRow[],
  { column, isDescending }: Order,
  isCumulative: boolean,
): readonly LayerRow[] {
  const value = ({ numbers }: LayerRow) => numbers && columnValue(column, numbers, isCumulative);
  return rows
    .filter(({ number }) => number > 0)
    .toSorted((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return isDescending ? y - x : x - y;
    });
}

/** The next order when a heading is pressed: largest first, smallest first, as in the network. */
export function nextOrder(order: Order | null, column: Column): Order | null {
  if (order?.column !== column) return { column, isDescending: true };
  return order.isDescending ? { column, isDescending: false } : null;
}
