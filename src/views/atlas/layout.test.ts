import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AtlasOptions,
  captionHeights,
  gap,
  layoutAtlas,
  margin,
  slotAt,
  slotRect,
  tileRect,
  visibleSlots,
} from './layout.ts';

const nineMaps: AtlasOptions = {
  count: 9,
  mapWidth: 450,
  mapHeight: 300,
  viewport: { width: 686, height: 440 },
  tileWidth: 200,
  flow: 'grid',
  captionHeight: captionHeights.fine,
};

const anyOptions: fc.Arbitrary<AtlasOptions> = fc.record({
  count: fc.integer({ min: 1, max: 64 }),
  mapWidth: fc.integer({ min: 1, max: 600 }),
  mapHeight: fc.integer({ min: 1, max: 600 }),
  viewport: fc.record({ width: fc.integer({ min: 60, max: 1600 }), height: fc.integer({ min: 60, max: 1000 }) }),
  tileWidth: fc.integer({ min: 60, max: 500 }),
  flow: fc.constantFrom('grid', 'strip'),
  captionHeight: fc.constantFrom(...Object.values(captionHeights)),
});

describe('the atlas of maps', () => {
  it('fills a 686 px wide panel with three columns of 220 px when tiles of 200 px are wanted', () => {
    const layout = layoutAtlas(nineMaps);
    expect(layout.columns).toBe(3);
    expect(layout.tile).toEqual({ width: 220, height: (220 * 300) / 450 });
    expect(tileRect(layout, 4)).toMatchObject({ x: margin + 220 + gap, width: 220 });
  });

  it('never squares a map: a tile has the shape of its map, unless that is thinner than it can be seen', () => {
    const tall = layoutAtlas({ ...nineMaps, mapWidth: 100, mapHeight: 200 });
    expect(tall.tile.height / tall.tile.width).toBeCloseTo(2, 9);
    expect(layoutAtlas({ ...nineMaps, mapHeight: 1 }).tile.height).toBe(8);
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { width, height } = layoutAtlas(options).tile;
        if (Math.min(width, height) > 8) expect(height / width).toBeCloseTo(options.mapHeight / options.mapWidth, 6);
      }),
    );
  });

  it('shows many maps at once when each is very tall, and none is higher than the panel', () => {
    const layout = layoutAtlas({ ...nineMaps, mapWidth: 13, mapHeight: 256 });
    expect(layout.tile).toEqual({ width: (400 * 13) / 256, height: 400 });
    expect(layout.columns).toBe(7);
    const low = layoutAtlas({ ...nineMaps, mapWidth: 13, mapHeight: 256, viewport: { width: 686, height: 280 } });
    expect(low.tile.height).toBe(280 - 24 - 2 * margin);
  });

  it('gives very wide maps a row of their own, high enough to be read', () => {
    const layout = layoutAtlas({ ...nineMaps, mapWidth: 256, mapHeight: 13 });
    expect(layout.columns).toBe(1);
    expect(layout.tile).toEqual({ width: 680, height: (680 * 13) / 256 });
  });

  it('lets larger maps be asked for: at 560 px a tall one may be higher than the panel', () => {
    const tall = { ...nineMaps, mapWidth: 100, mapHeight: 400 };
    expect(layoutAtlas({ ...tall, tileWidth: 560 }).tile).toEqual({ width: 140, height: 560 });
  });

  it('makes maps as small as they are asked for', () => {
    expect(layoutAtlas({ ...nineMaps, tileWidth: 72 }).columns).toBe(8);
  });

  it('leaves a narrow map room for its caption, and puts it into the middle of it', () => {
    const layout = layoutAtlas({ ...nineMaps, mapWidth: 13, mapHeight: 256 });
    const [slot, tile] = [slotRect(layout, 2), tileRect(layout, 2)];
    expect(slot.width).toBeGreaterThanOrEqual(84);
    expect(tile.x + tile.width / 2).toBeCloseTo(slot.x + slot.width / 2, 9);
  });

  it('keeps all tiles inside of the content, without overlap', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const layout = layoutAtlas(options);
        const rects = Array.from({ length: options.count }, (_, slot) => slotRect(layout, slot));
        rects.forEach(({ x, y, width, height }, slot) => {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(layout.content.width + 1e-6);
          expect(y + height).toBeLessThanOrEqual(layout.content.height + 1e-6);
          expect(tileRect(layout, slot).width).toBeLessThanOrEqual(width);
        });
        rects.forEach((a, i) => {
          const b = rects[i + 1];
          if (b) expect(a.x + a.width <= b.x || a.y + a.height <= b.y).toBe(true);
        });
      }),
    );
  });

  it('finds each map again under its own centre, and none under its caption', () => {
    fc.assert(
      fc.property(anyOptions, fc.nat(63), (options, n) => {
        const layout = layoutAtlas(options);
        const slot = n % options.count;
        const { x, y, width, height } = tileRect(layout, slot);
        expect(slotAt(layout, x + width / 2, y + height / 2)).toBe(slot);
        expect(slotAt(layout, x + width / 2, y + height + layout.captionHeight / 2)).toBeNull();
      }),
    );
  });

  it('paints exactly the maps whose picture or caption is in sight', () => {
    fc.assert(
      fc.property(anyOptions, fc.nat(4000), fc.nat(4000), (options, left, top) => {
        const layout = layoutAtlas(options);
        const window = {
          x: layout.flow === 'strip' ? left % layout.content.width : 0,
          y: layout.flow === 'grid' ? top % layout.content.height : 0,
          ...options.viewport,
        };
        const { first, last } = visibleSlots(layout, window);
        for (let slot = 0; slot < options.count; slot++) {
          const rect = slotRect(layout, slot);
          const isInSight =
            layout.flow === 'strip'
              ? rect.x + rect.width >= window.x && rect.x <= window.x + window.width
              : rect.y + rect.height >= window.y && rect.y <= window.y + window.height;
          expect({ slot, painted: slot >= first && slot <= last }).toEqual({ slot, painted: isInSight });
        }
      }),
    );
  });

  it('lets the first and the last map of a strip stand in the middle', () => {
    const viewport = { width: 390, height: 300 };
    const layout = layoutAtlas({ ...nineMaps, viewport, flow: 'strip' });
    const centre = (slot: number) => tileRect(layout, slot).x + layout.tile.width / 2;
    expect(centre(0)).toBeCloseTo(195, 9);
    expect(layout.content.width - centre(8)).toBeCloseTo(195, 9);
  });
});
