/** Statistics of the maps as CSV (RFC 4180): one row per map, numbers in full, with a point whatever the language. */
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

/** Rows in channel order; the first column is the channel, from 0. */
export function exportCsv(statistics: readonly StatisticsRow[]): string {
  const lines = statistics.map((row, channel) => [channel, ...columns.map((column) => row[column])].join(','));
  return `${['channel', ...columns].join(',')}\r\n${lines.map((line) => `${line}\r\n`).join('')}`;
}
