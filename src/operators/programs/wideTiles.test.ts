import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFits, densePixels, filtersPerInvocation } from './tiles.ts';
import { blockFilters, blockFits, blockPixels } from './wideTiles.ts';

const software = (broadcastLanes: 4 | 8) => ({ canBroadcast: true, broadcastLanes, busyInvocations: 64 }) as const;
const others = [
  { canBroadcast: true, busyInvocations: 64 },
  { canBroadcast: false, broadcastLanes: 8, busyInvocations: 16384 },
] as const;
const filters = fc.integer({ min: 1, max: 600 });
const pixels = fc.integer({ min: 1, max: 5000 });

describe('a tile for blocks of four channels', () => {
  it('is that of `tiles.ts` where subgroups do not hand weights out', () => {
    fc.assert(
      fc.property(filters, pixels, fc.constantFrom(...others), (count, pixels, device) => {
        const C = blockFilters(count, device);
        expect(C).toBe(filtersPerInvocation(count));
        expect(blockFits(C, device)).toEqual(denseFits(C));
        expect(blockPixels(C, pixels, 3, device)).toBe(densePixels(C, pixels, 3, device));
      }),
      { numRuns: 100 },
    );
  });

  it('has on software adapters the filters of a group in vec4, or as many as the text holds, and a P that there is a text for', () => {
    fc.assert(
      fc.property(filters, pixels, fc.constantFrom(4, 8), (count, pixels, lanes) => {
        const device = software(lanes);
        const C = blockFilters(count, device);
        const most = lanes === 8 ? { filters: 32, accumulators: 128 } : { filters: 20, accumulators: 160 };
        const P = blockPixels(C, pixels, 1, device);
        expect(C % 4).toBe(0);
        expect(blockFits(C, device)).toContain(P);
        expect(P * C).toBeLessThanOrEqual(most.accumulators);
        if (count <= most.filters) expect(C).toBe(4 * Math.ceil(count / 4));
      }),
      { numRuns: 100 },
    );
  });

  it('is wide where many filters share what is loaded, and wastes few', () => {
    const counts = [8, 24, 40, 56, 64, 72, 120];
    expect(counts.map((count) => blockFilters(count, software(8)))).toEqual([8, 24, 20, 28, 32, 24, 24]);
    expect(counts.map((count) => blockFilters(count, software(4)))).toEqual([8, 12, 20, 20, 16, 12, 20]);
  });

  it('has as many pixels as fill whole subgroups of a small map', () => {
    // One subgroup of eight invocations has 25 pixels in fours, and 49 in sevens; of four invocations, 25 in sevens and 49 twice in sevens.
    expect([25, 49, 100000].map((pixels) => blockPixels(16, pixels, 10, software(8)))).toEqual([4, 7, 8]);
    expect([25, 49, 100000].map((pixels) => blockPixels(16, pixels, 10, software(4)))).toEqual([7, 7, 8]);
  });
});
