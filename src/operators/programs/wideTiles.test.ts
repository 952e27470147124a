import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFits, densePixels, filtersPerInvocation } from './tiles.ts';
import { blockFilters, blockFits, blockPixels } from './wideTiles.ts';

const eight = { canBroadcast: true, broadcastLanes: 8, busyInvocations: 64 } as const;
const others = [
  { canBroadcast: true, broadcastLanes: 4, busyInvocations: 64, accumulators: 128 },
  { canBroadcast: true, busyInvocations: 64 },
  { canBroadcast: false, broadcastLanes: 8, busyInvocations: 16384 },
] as const;
const filters = fc.integer({ min: 1, max: 600 });

describe('a tile for blocks of four channels', () => {
  it('is that of `dense` on every device but a software adapter with eight lanes', () => {
    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 5000 }), fc.constantFrom(...others), (count, pixels, device) => {
        const C = blockFilters(count, device);
        expect(C).toBe(filtersPerInvocation(count));
        expect(blockFits(C, device)).toEqual(denseFits(C, device));
        expect(blockPixels(C, pixels, 3, device)).toBe(densePixels(C, pixels, 3, device));
      }),
      { numRuns: 100 },
    );
  });

  it('has up to 32 filters and 128 accumulators there, and fills less than a vec4 more than the filters need where one block holds them', () => {
    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 5000 }), (count, pixels) => {
        const C = blockFilters(count, eight);
        const P = blockPixels(C, pixels, 1, eight);
        expect(C % 4).toBe(0);
        expect(blockFits(C, eight)).toContain(P);
        expect(P * C).toBeLessThanOrEqual(128);
        if (count <= 32) expect(C).toBe(4 * Math.ceil(count / 4));
      }),
      { numRuns: 100 },
    );
  });

  it('is wide where many filters share what is loaded', () => {
    expect([8, 24, 40, 64, 72, 120, 512].map((count) => blockFilters(count, eight))).toEqual([
      8, 24, 20, 32, 24, 24, 32,
    ]);
  });

  it('has as many pixels as fill whole subgroups of a small map', () => {
    // One subgroup of eight invocations has 25 pixels in fours, and 49 in sevens.
    expect([25, 49, 100000].map((pixels) => blockPixels(16, pixels, 10, eight))).toEqual([4, 7, 8]);
  });
});
