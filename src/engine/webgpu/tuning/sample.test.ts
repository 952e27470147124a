import { describe, expect, it } from 'vitest';
import { sampleRows } from './sample.ts';

describe('the rows that are held against float64', () => {
  it('lie inside, once each, both ends among them', () => {
    for (const [channels, height] of [
      [1, 1],
      [2, 3],
      [64, 28],
      [512, 7],
      [3, 1080],
    ] as const) {
      const rows = sampleRows([1, channels, height, 5]);
      const names = rows.map(({ channel, row }) => `${channel} ${row}`);
      expect(new Set(names).size).toBe(rows.length);
      expect(rows.every(({ channel, row }) => channel < channels && row < height)).toBe(true);
      expect(names).toContain('0 0');
      expect(names).toContain(`${channels - 1} ${height - 1}`);
    }
  });

  it('spread over many maps and many heights', () => {
    const rows = sampleRows([1, 64, 28, 28]);
    expect(rows.length).toBeGreaterThan(20);
    expect(new Set(rows.map(({ channel }) => channel)).size).toBeGreaterThan(16);
    expect(new Set(rows.map(({ row }) => row)).size).toBeGreaterThan(10);
  });
});
