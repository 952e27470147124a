/**
 * Where the maps of a layer stand: slots in reading order, as a grid that scrolls down or (on a phone) as a strip that is swiped.
 * All sizes are CSS pixels of the scrolled content; a caption stands under every map. Pure: canvas, scrolling and pointer read it.
 */
import type { Rect } from '../../engine/engine.ts';

export interface AtlasOptions {
  readonly count: number;
  /** Size of one map in its own pixels. */
  readonly mapWidth: number;
  readonly mapHeight: number;
  /** The visible area. */
  readonly viewport: { readonly width: number; readonly height: number };
  /** Wanted width of a map; a grid widens its tiles so that a row is full. */
  readonly tileWidth: number;
  readonly flow: 'grid' | 'strip';
}

export interface AtlasLayout {
  readonly flow: 'grid' | 'strip';
  readonly count: number;
  readonly columns: number;
  /** Size of one map on the screen. */
  readonly tile: { readonly width: number; readonly height: number };
  readonly content: { readonly width: number; readonly height: number };
  /** Left of the first tile: the margin, or in a strip so much that the first and the last map can stand in the middle. */
  readonly inset: number;
}

export const gap = 10;
export const captionHeight = 24;
const rowGap = 6;
/** Room around all for the frames, which are drawn outside of the maps. */
export const margin = 3;

/** Maps thinner than this are stretched: a map one row high is still seen as a band. */
const thinnest = 24;
const tallest = 3;

/** A map with its neighbours peeking in at both sides. */
const stripShare = 0.76;

export function layoutAtlas(options: AtlasOptions): AtlasLayout {
  return options.flow === 'strip' ? layoutStrip(options) : layoutGrid(options);
}

function layoutGrid({ count, mapWidth, mapHeight, viewport, tileWidth, flow }: AtlasOptions): AtlasLayout {
  const room = Math.max(1, viewport.width - 2 * margin);
  const columns = Math.max(1, Math.floor((room + gap) / (tileWidth + gap)));
  const width = (room - gap * (columns - 1)) / columns;
  const height = tileHeight(width, mapWidth, mapHeight);
  const rows = Math.ceil(count / columns);
  const tall = rows * (height + captionHeight) + Math.max(0, rows - 1) * rowGap + 2 * margin;
  const content = { width: Math.max(1, viewport.width), height: tall };
  return { flow, count, columns, tile: { width, height }, content, inset: margin };
}

function layoutStrip({ count, mapWidth, mapHeight, viewport, flow }: AtlasOptions): AtlasLayout {
  const room = Math.max(1, viewport.width);
  const highest = Math.max(thinnest, viewport.height - captionHeight - 2 * margin);
  let width = room * stripShare;
  let height = tileHeight(width, mapWidth, mapHeight);
  if (height > highest) {
    width *= highest / height;
    height = highest;
  }
  const inset = (room - width) / 2;
  const long = 2 * inset + count * width + Math.max(0, count - 1) * gap;
  return {
    flow,
    count,
    columns: count,
    tile: { width, height },
    content: { width: long, height: height + captionHeight + 2 * margin },
    inset,
  };
}

function tileHeight(width: number, mapWidth: number, mapHeight: number): number {
  return Math.min(tallest * width, Math.max(thinnest, (width * mapHeight) / mapWidth));
}

/** The map in slot `slot`, without its caption. */
export function tileRect(layout: AtlasLayout, slot: number): Rect {
  const { columns, tile, inset } = layout;
  const column = slot % columns;
  const row = Math.floor(slot / columns);
  return {
    x: inset + column * (tile.width + gap),
    y: margin + row * (tile.height + captionHeight + rowGap),
    width: tile.width,
    height: tile.height,
  };
}

/** The slots whose map or caption touches `window`, first and last; last < first when there is none. */
export function visibleSlots(layout: AtlasLayout, window: Rect): { readonly first: number; readonly last: number } {
  const { columns, tile, inset, count } = layout;
  if (layout.flow === 'strip') {
    const step = tile.width + gap;
    const first = Math.max(0, Math.ceil((window.x - inset - tile.width) / step));
    const last = Math.min(count - 1, Math.floor((window.x + window.width - inset) / step));
    return { first, last };
  }
  const step = tile.height + captionHeight + rowGap;
  const firstRow = Math.max(0, Math.ceil((window.y - margin - tile.height - captionHeight) / step));
  const lastRow = Math.floor((window.y + window.height - margin) / step);
  return { first: firstRow * columns, last: Math.min(count - 1, (lastRow + 1) * columns - 1) };
}

/** The slot whose map contains the point, or null between the maps and on captions. */
export function slotAt(layout: AtlasLayout, x: number, y: number): number | null {
  const { columns, tile, inset } = layout;
  const column = Math.floor((x - inset) / (tile.width + gap));
  const row = Math.floor((y - margin) / (tile.height + captionHeight + rowGap));
  if (column < 0 || column >= columns || row < 0) return null;
  const slot = row * columns + column;
  if (slot >= layout.count) return null;
  const rect = tileRect(layout, slot);
  const inside = x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
  return inside ? slot : null;
}
