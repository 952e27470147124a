import { describe, expect, it } from 'vitest';
import { clipTo, sizeOf } from './intervals.ts';

describe('intervals', () => {
  it('hold both ends: -1..1 has three integers, 3..2 none', () => {
    expect(sizeOf({ lo: -1, hi: 1 })).toBe(3);
    expect(sizeOf({ lo: 3, hi: 2 })).toBe(0);
  });

  it('are clipped to the pixels of a map: -1..1 of 5 pixels is 0..1', () => {
    expect(clipTo({ lo: -1, hi: 1 }, 5)).toEqual({ lo: 0, hi: 1 });
    expect(sizeOf(clipTo({ lo: -3, hi: -1 }, 5))).toBe(0);
  });
});
