import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placed } from '../rects.ts';
import { clampZoom, sourceRect, wholePicture } from '../zoom.ts';
import { layoutAtlas, tileRect } from './layout.ts';
import { clampUnit, unitAfterKey, unitAt } from './pointing.ts';

const size = { channels: 6, height: 30, width: 45 };
const layout = layoutAtlas({
  count: 6,
  mapWidth: 45,
  mapHeight: 30,
  viewport: { width: 686, height: 440 },
  tileWidth: 200,
  flow: 'grid',
  captionHeight: 24,
});
const order = [3, 1, 0, 2, 5, 4];

describe('pointing at maps', () => {
  it('finds row 0, column 0 of the first shown map at its top left corner', () => {
    const { x, y } = tileRect(layout, 0);
    expect(unitAt(layout, order, wholePicture, size, x + 0.1, y + 0.1)).toEqual({ channel: 3, y: 0, x: 0 });
  });

  it('finds every unit again at the middle of its cell, at any zoom that shows it', () => {
    const zoomOf = fc.record({
      scale: fc.double({ min: 1, max: 10, noNaN: true }),
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(zoomOf, fc.nat(5), fc.nat(29), fc.nat(44), (anywhere, slot, y, x) => {
        const zoom = clampZoom(anywhere, 10);
        const tile = tileRect(layout, slot);
        const cell = placed(tile, sourceRect(zoom, 45, 30), { x, y, width: 1, height: 1 });
        const [px, py] = [cell.x + cell.width / 2, cell.y + cell.height / 2];
        fc.pre(px > tile.x && py > tile.y && px < tile.x + tile.width && py < tile.y + tile.height);
        expect(unitAt(layout, order, zoom, size, px, py)).toEqual({ channel: order[slot], y, x });
      }),
    );
  });

  it('points at nothing between the maps', () => {
    const { x, y, width } = tileRect(layout, 0);
    expect(unitAt(layout, order, wholePicture, size, x + width + 3, y + 5)).toBeNull();
  });

  it('moves by one with arrows, by ten with Shift, and stops at the border', () => {
    const unit = { channel: 1, y: 4, x: 43 };
    expect(unitAfterKey(unit, 'ArrowUp', false, size, order)).toEqual({ channel: 1, y: 3, x: 43 });
    expect(unitAfterKey(unit, 'ArrowUp', true, size, order)).toEqual({ channel: 1, y: 0, x: 43 });
    expect(unitAfterKey(unit, 'ArrowRight', true, size, order)).toEqual({ channel: 1, y: 4, x: 44 });
    expect(unitAfterKey(unit, 'Enter', false, size, order)).toBeNull();
  });

  it('goes through the maps in the order in which they stand', () => {
    const unit = { channel: 1, y: 4, x: 9 };
    expect(unitAfterKey(unit, 'PageDown', false, size, order)?.channel).toBe(0);
    expect(unitAfterKey(unit, 'PageUp', false, size, order)?.channel).toBe(3);
    expect(unitAfterKey({ ...unit, channel: 4 }, 'PageDown', false, size, order)?.channel).toBe(4);
  });

  it('holds a unit inside when the layer becomes smaller, and keeps the same object when nothing changes', () => {
    const unit = { channel: 5, y: 29, x: 44 };
    expect(clampUnit(unit, size)).toBe(unit);
    expect(clampUnit(unit, { channels: 2, height: 10, width: 10 })).toEqual({ channel: 1, y: 9, x: 9 });
  });
});
