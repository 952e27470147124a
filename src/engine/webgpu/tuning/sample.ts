/** Which rows of which maps are held against float64 where checking all of them would take too long. */

import type { Shape } from '../../../operators/operator.ts';
import type { MapSlice } from '../../checkSlice.ts';

/** Rows of maps that are checked at most. */
const mostRows = 24;

/**
 * Single rows, spread over maps and heights; the first of the first map and the last of the last among them: tiles differ at the ends.
 * Both walks step by the golden section of their range, from different places, so that pairs do not repeat.
 */
export function sampleRows([, channels, height]: Shape): readonly MapSlice[] {
  const at = (turn: number, size: number) => Math.floor(((turn * 0.618034) % 1) * size);
  const rows = new Map<string, MapSlice>();
  const add = (channel: number, row: number) => rows.set(`${channel} ${row}`, { channel, channels: 1, row, rows: 1 });
  add(0, 0);
  add(channels - 1, height - 1);
  for (let i = 1; i < Math.min(mostRows, channels * height) - 1; i++) add(at(i, channels), at(7 * i + 3, height));
  return [...rows.values()];
}
