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
  readonly captionHeight: number;
}

export interface AtlasLayout {
  readonly flow: 'grid' | 'strip';
  readonly count: number;
  readonly columns: number;
  /** Size of one map on the screen. */
  readonly tile: { readonly width: number; readonly height: number };
  /** Width of a slot: as wide as the map, or wider where a narrow map's caption needs it; the map stands in its middle. */
  readonly slotWidth: number;
  readonly captionHeight: number;
  readonly content: { readonly width: number; readonly height: number };
  /** Left of the first slot: the margin, or in a strip so much that the first and the last map can stand in the middle. */
  readonly inset: number;
}

export const gap = 10;
/** Of a caption: for a mouse, and for fingers. */
export const captionHeights = { fine: 24, coarse: 40 } as const;
const rowGap = 6;
/** Room around all for the frames, which are drawn outside of the maps. */
export const margin = 3;

/** Wide maps get fewer columns until they are this high. */
const readable = 24;
/** Only what would be thinner than this is stretched: a map one row high is still seen as a band. */
const thinnest = 8;
/** A caption shows at least its number and its value, unless smaller maps were asked for. */
const narrowestSlot = 84;

/** A map with its neighbours peeking in at both sides. */
const stripShare = 0.76;

export function layoutAtlas(options: AtlasOptions): AtlasLayout {
  return options.flow === 'strip' ? layoutStrip(options) : layoutGrid(options);
}

function layoutGrid(options: AtlasOptions): AtlasLayout {
  const { count, mapWidth, mapHeight, viewport, tileWidth, flow, captionHeight } = options;
  const aspect = mapHeight / mapWidth;
  const room = Math.max(1, viewport.width - 2 * margin);
  // A tall map is at most twice as high as tiles are wide, and is seen as a whole unless larger ones were asked for.
  const seen = Math.max(thinnest, viewport.height - captionHeight - 2 * margin);
  const highest = Math.min(2 * tileWidth, Math.max(seen, tileWidth));
  const wanted = Math.min(Math.max(tileWidth, readable / aspect), highest / aspect);
  const least = Math.min(narrowestSlot, tileWidth);
  const columns = Math.max(1, Math.floor((room + gap) / (Math.max(wanted, least) + gap)));
  const slotWidth = (room - gap * (columns - 1)) / columns;
  const tile = tileWithin(slotWidth, highest, aspect);
  const rows = Math.ceil(count / columns);
  const tall = rows * (tile.height + captionHeight) + Math.max(0, rows - 1) * rowGap + 2 * margin;
  const content = { width: Math.max(1, viewport.width), height: tall };
  return { flow, count, columns, tile, slotWidth, captionHeight, content, inset: margin };
}

function layoutStrip({ count, mapWidth, mapHeight, viewport, flow, captionHeight }: AtlasOptions): AtlasLayout {
  const room = Math.max(1, viewport.width);
  const highest = Math.max(thinnest, viewport.height - captionHeight - 2 * margin);
  const tile = tileWithin(room * stripShare, highest, mapHeight / mapWidth);
  const slotWidth = Math.max(tile.width, Math.min(narrowestSlot, room));
  const inset = (room - slotWidth) / 2;
  const long = 2 * inset + count * slotWidth + Math.max(0, count - 1) * gap;
  const content = { width: long, height: tile.height + captionHeight + 2 * margin };
  return { flow, count, columns: count, tile, slotWidth, captionHeight, content, inset };
}

/** The largest tile of the map's own shape within these bounds; stretched only where it would be too thin to be seen. */
function tileWithin(widest: number, highest: number, aspect: number): AtlasLayout['tile'] {
  const width = Math.min(widest, highest / aspect);
  return {
    width: Math.min(widest, Math.max(thinnest, width)),
    height: Math.max(thinnest, Math.min(highest, width * aspect)),
  };
}

/** Slot `slot` with its map and its caption. */
export function slotRect(layout: AtlasLayout, slot: number): Rect {
  const { columns, tile, slotWidth, inset, captionHeight } = layout;
  const column = slot % columns;
  const row = Math.floor(slot / columns);
  const height = tile.height + captionHeight;
  return {
    x: inset + column * (slotWidth + gap),
    y: margin + row * (height + rowGap),
    width: slotWidth,
    height,
  };
}

/** The map in slot `slot`, without its caption. */
export function tileRect(layout: AtlasLayout, slot: number): Rect {
  const { x, y, width } = slotRect(layout, slot);
  return { x: x + (width - layout.tile.width) / 2, y, ...layout.tile };
}

/** The slots whose map or caption touches `window`, first and last; last < first when there is none. */
export function visibleSlots(layout: AtlasLayout, window: Rect): { readonly first: number; readonly last: number } {
  const { columns, tile, slotWidth, inset, count, captionHeight } = layout;
  if (layout.flow === 'strip') {
    const step = slotWidth + gap;
    const first = Math.max(0, Math.ceil((window.x - inset - slotWidth) / step));
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
  const { columns, tile, slotWidth, inset, captionHeight } = layout;
  const column = Math.floor((x - inset) / (slotWidth + gap));
  const row = Math.floor((y - margin) / (tile.height + captionHeight + rowGap));
  if (column < 0 || column >= columns || row < 0) return null;
  const slot = row * columns + column;
  if (slot >= layout.count) return null;
  const rect = tileRect(layout, slot);
  const inside = x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
  return inside ? slot : null;
}
