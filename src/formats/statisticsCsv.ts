/**
 * Statistics of the maps as CSV (RFC 4180): one row per map, numbers in full, with a point whatever the language. Percentiles are known
 * to 1/256 of max - min: they have four digits.
 */
import { csvText } from './csv.ts';

export interface StatisticsRow {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Mean of squares. */
  readonly energy: number;
  /** Share of exact zeros, 0..1. */
  readonly sparsity: number;
  readonly p1: number;
  readonly p99: number;
}

const columns = [
  'min',
  'max',
  'mean',
  'energy',
  'sparsity',
  'p1',
  'p99',
] as const satisfies readonly (keyof StatisticsRow)[];

/** Rows in channel order; the first columns are the channel, from 0, and the name of its filter. */
export function exportCsv(statistics: readonly StatisticsRow[], names: readonly string[]): string {
  const lines = statistics.map((row, channel) => [
    channel,
    names[channel] ?? '',
    ...columns.map((column) => digitsOf(column, row[column])),
  ]);
  return csvText([['channel', 'name', ...columns], ...lines]);
}

function digitsOf(column: keyof StatisticsRow, value: number): number {
  return column === 'p1' || column === 'p99' ? Number(value.toPrecision(4)) : value;
}
