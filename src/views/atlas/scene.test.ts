import { describe, expect, it } from 'vitest';
import { bakeColourMap } from '../colour/colourMaps.ts';
import { wholePicture } from '../zoom.ts';
import { layoutAtlas, visibleSlots } from './layout.ts';
import { type AtlasSceneOptions, atlasScene } from './scene.ts';

const layout = layoutAtlas({
  count: 12,
  mapWidth: 45,
  mapHeight: 30,
  viewport: { width: 686, height: 300 },
  tileWidth: 200,
  flow: 'grid',
  captionHeight: 24,
});
const options: AtlasSceneOptions = {
  tensor: { shape: [1, 12, 30, 45], isFreed: false, free: () => undefined },
  layout,
  order: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  window: { x: 0, y: 0, width: 686, height: 300 },
  pixelRatio: 2,
  zoom: wholePicture,
  range: { mode: 'per-layer', percentiles: false, symmetric: true },
  colours: bakeColourMap('grey', { zero: [255, 255, 255], isDark: false }),
  background: [255, 255, 255],
  reveal: null,
};

describe('the scene of the maps', () => {
  it('holds a tile for every visible map and for no other, in the shown order', () => {
    const { first, last } = visibleSlots(layout, options.window);
    const { tiles } = atlasScene(options);
    expect(tiles.map((tile) => tile.channel)).toEqual(options.order.slice(first, last + 1));
    expect(tiles.length).toBeLessThan(12);
  });

  it('holds of 2048 maps the two or three rows in sight, wherever one scrolls, and every map somewhere', () => {
    const count = 2048;
    const viewport = { width: 686, height: 300 };
    const many = layoutAtlas({
      ...{ count, mapWidth: 7, mapHeight: 7, viewport },
      tileWidth: 100,
      flow: 'grid',
      captionHeight: 0,
    });
    const order = Array.from({ length: count }, (_, channel) => channel);
    const rowHeight = many.content.height / Math.ceil(count / many.columns);
    const most = (Math.ceil(viewport.height / rowHeight) + 1) * many.columns;
    const seen = new Set<number>();
    for (let y = 0; y < many.content.height; y += 211) {
      const { tiles } = atlasScene({ ...options, layout: many, order, window: { x: 0, y, ...viewport } });
      expect(tiles.length).toBeLessThanOrEqual(most);
      for (const { channel } of tiles) seen.add(channel);
    }
    expect(most).toBeLessThan(60);
    expect(seen.size).toBe(count);
  });

  it('places tiles on whole device pixels', () => {
    for (const { target } of atlasScene({ ...options, pixelRatio: 1.5 }).tiles) {
      expect(Object.values(target).every(Number.isInteger)).toBe(true);
    }
  });

  it('shows the same part of every map', () => {
    const { tiles } = atlasScene({ ...options, zoom: { scale: 3, x: 0.5, y: 0 } });
    for (const { source } of tiles) expect(source).toEqual({ x: 22.5, y: 0, width: 15, height: 10 });
  });

  it('reveals the first values in reading order while a window slides', () => {
    expect(atlasScene({ ...options, reveal: 46 }).tiles[0]?.reveal).toBe(46);
    expect(atlasScene(options).tiles[0]).not.toHaveProperty('reveal');
  });
});
