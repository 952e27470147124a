import { describe, expect, it } from 'vitest';
import { cellSize, withoutLeadingZero } from './cellSize.ts';

describe('the cells of a kernel in a column of 285 pixels', () => {
  it('shows numbers in three slices of 3 x 3', () => {
    const size = cellSize(285, 3, 3, 5, false);
    expect(size.side).toBeCloseTo((285 - 16) / 9, 0);
    expect(size.font).not.toBeNull();
  });

  it('keeps three slices of 7 x 7 in sight', () => {
    const { side } = cellSize(285, 7, 3, 5, false);
    expect(side).toBeGreaterThan(12);
    expect(21 * side + 16).toBeLessThanOrEqual(285);
  });

  it('stays large enough to point at for three slices of 15 x 15, which then scroll', () => {
    expect(cellSize(285, 15, 3, 5, false)).toMatchObject({ side: 18, font: null });
  });

  it('makes room for numbers when asked to', () => {
    expect(cellSize(285, 15, 3, 5, true)).toMatchObject({ side: 34, isShort: false });
    expect(cellSize(285, 15, 3, 5, true).font).not.toBeNull();
  });

  it('leaves out the leading zero before it leaves out the numbers', () => {
    expect(cellSize(285, 11, 1, 5, false).isShort).toBe(true);
    expect(withoutLeadingZero('−0.33')).toBe('−.33');
    expect(withoutLeadingZero('0')).toBe('0');
    expect(withoutLeadingZero('1.25')).toBe('1.25');
  });
});
