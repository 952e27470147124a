import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutAtlas } from '../../../views/atlas/layout.ts';
import { leastTile, tileWidthFor } from './tileWidth.ts';

const optionsOf = (count: number, mapHeight: number) =>
  ({
    count,
    mapWidth: 100,
    mapHeight,
    viewport: { width: 1000, height: 300 },
    flow: 'grid',
    captionHeight: 0,
  }) as const;

describe('the width of a map', () => {
  it('is large for one map, and readable for two thousand', () => {
    expect(tileWidthFor(optionsOf(1, 67))).toBeGreaterThan(300);
    expect(tileWidthFor(optionsOf(2048, 100))).toBe(leastTile);
  });

  it('lets few maps stand without scrolling, and no wider ones would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 50, max: 150 }), (count, mapHeight) => {
        const options = optionsOf(count, mapHeight);
        const tileWidth = tileWidthFor(options);
        const contentOf = (width: number) => layoutAtlas({ ...options, tileWidth: width }).content.height;
        expect(contentOf(tileWidth)).toBeLessThanOrEqual(300);
        const { columns } = layoutAtlas({ ...options, tileWidth });
        if (columns > 1) expect(contentOf((994 - 10 * (columns - 2)) / (columns - 1) - 1)).toBeGreaterThan(300);
      }),
      { numRuns: 200 },
    );
  });
});
