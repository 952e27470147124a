/**
 * From the screen to a unit (map, row, column) and back. A tile shows `source`, a part of its map in map pixels; the unit under a
 * point is the value whose cell contains it.
 */
import { sourceRect, type ZoomWindow } from '../zoom.ts';
import { type AtlasLayout, slotAt, tileRect } from './layout.ts';

/** A unit of a layer's output. */
export interface UnitPosition {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export interface MapSize {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

const clampIndex = (v: number, size: number) => Math.min(size - 1, Math.max(0, Math.floor(v)));

/** The unit at a point of the scrolled content, or null where no map stands. `order` holds the channel of each slot. */
export function unitAt(
  layout: AtlasLayout,
  order: readonly number[],
  zoom: ZoomWindow,
  size: MapSize,
  x: number,
  y: number,
): UnitPosition | null {
  const slot = slotAt(layout, x, y);
  const channel = slot === null ? undefined : order[slot];
  if (slot === null || channel === undefined) return null;
  const rect = tileRect(layout, slot);
  const source = sourceRect(zoom, size.width, size.height);
  return {
    channel,
    y: clampIndex(source.y + ((y - rect.y) / rect.height) * source.height, size.height),
    x: clampIndex(source.x + ((x - rect.x) / rect.width) * source.width, size.width),
  };
}

/** The nearest unit that exists, where the layer has become smaller under a kept position. */
export function clampUnit(unit: UnitPosition, size: MapSize): UnitPosition {
  const channel = clampIndex(unit.channel, size.channels);
  const y = clampIndex(unit.y, size.height);
  const x = clampIndex(unit.x, size.width);
  return channel === unit.channel && y === unit.y && x === unit.x ? unit : { channel, y, x };
}

/**
 * The unit that a key moves to, or null for other keys: arrows by one (ten with Shift), Home and End along the row, PageUp and
 * PageDown to the map before and after in the shown order.
 */
export function unitAfterKey(
  unit: UnitPosition,
  key: string,
  fast: boolean,
  size: MapSize,
  order: readonly number[],
): UnitPosition | null {
  const step = fast ? 10 : 1;
  const map = (by: number) => {
    const slot = Math.min(order.length - 1, Math.max(0, order.indexOf(unit.channel) + by));
    return { ...unit, channel: order[slot] ?? unit.channel };
  };
  switch (key) {
    case 'ArrowLeft':
      return clampUnit({ ...unit, x: unit.x - step }, size);
    case 'ArrowRight':
      return clampUnit({ ...unit, x: unit.x + step }, size);
    case 'ArrowUp':
      return clampUnit({ ...unit, y: unit.y - step }, size);
    case 'ArrowDown':
      return clampUnit({ ...unit, y: unit.y + step }, size);
    case 'Home':
      return { ...unit, x: 0 };
    case 'End':
      return { ...unit, x: size.width - 1 };
    case 'PageUp':
      return map(-1);
    case 'PageDown':
      return map(1);
    default:
      return null;
  }
}
