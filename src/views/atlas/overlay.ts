/**
 * What is drawn above the maps: their frames, the cross-hair of the unit in focus on every map, the ring of the pinned unit, the
 * outputs that read a hovered pixel of the photo. Drawn in CSS pixels of the scrolled content.
 */
import type { Rect } from '../../engine/engine.ts';
import type { Palette } from '../palette.ts';
import { type Lattice, runsOf } from '../photo/convGeometry.ts';
import { placed } from '../rects.ts';
import { sourceRect, type ZoomWindow } from '../zoom.ts';
import { type AtlasLayout, tileRect, visibleSlots } from './layout.ts';
import type { MapSize, UnitPosition } from './pointing.ts';

export interface AtlasOverlay {
  readonly layout: AtlasLayout;
  readonly order: readonly number[];
  /** The part of the content that the canvas covers. */
  readonly window: Rect;
  readonly zoom: ZoomWindow;
  readonly size: MapSize;
  /** The unit under the pointer, or else the pinned one: cross-hair on every map, a strong frame on its own. */
  readonly focus: UnitPosition | null;
  readonly pin: UnitPosition | null;
  /** The outputs that read the hovered pixel of the photo. */
  readonly readers: Lattice | null;
  /** How many values of every map a sliding window has filled, in reading order; null: the whole map is shown. */
  readonly reveal: number | null;
  /** True while the letter of the cost formula that counts the maps is hovered. */
  readonly isCounted: boolean;
  readonly palette: Palette;
}

/** Cells from this width on are drawn as boxes, CSS pixels. */
const largeCell = 12;

/** `drawTile` adds to one map (values in cells), clipped to it. */
export function drawAtlasOverlay(
  context: CanvasRenderingContext2D,
  overlay: AtlasOverlay,
  drawTile: (channel: number, tile: Rect, source: Rect) => void,
): void {
  const { layout, order, window, zoom, size } = overlay;
  const source = sourceRect(zoom, size.width, size.height);
  const { first, last } = visibleSlots(layout, window);
  for (let slot = first; slot <= last; slot++) {
    const channel = order[slot];
    if (channel === undefined) continue;
    const tile = tileRect(layout, slot);
    context.save();
    context.beginPath();
    context.rect(tile.x, tile.y, tile.width, tile.height);
    context.clip();
    if (overlay.reveal !== null) drawUnfilled(context, overlay.reveal, tile, source, overlay);
    drawTile(channel, tile, source);
    if (overlay.readers) drawReaders(context, overlay.readers, tile, source, overlay.palette);
    if (overlay.focus) drawCrossHair(context, overlay.focus, tile, source, overlay.palette);
    if (overlay.pin) drawRing(context, overlay.pin, tile, source, overlay.palette, overlay.pin.channel === channel);
    context.restore();
    drawFrame(context, overlay, channel, tile);
  }
}

function drawFrame(context: CanvasRenderingContext2D, overlay: AtlasOverlay, channel: number, tile: Rect): void {
  const { palette, focus, isCounted } = overlay;
  const isFocused = focus?.channel === channel;
  const width = isCounted ? 3 : isFocused ? 2 : 1;
  context.strokeStyle = isCounted ? palette.ink : isFocused ? palette.field : palette.line;
  context.lineWidth = width;
  context.beginPath();
  context.roundRect(tile.x - width / 2, tile.y - width / 2, tile.width + width, tile.height + width, 3);
  context.stroke();
}

/** Thin lines through the unit; the caller has clipped to the tile. */
export function drawCrossHair(
  context: CanvasRenderingContext2D,
  unit: { readonly y: number; readonly x: number },
  tile: Rect,
  source: Rect,
  palette: Palette,
): void {
  const cell = placed(tile, source, { x: unit.x, y: unit.y, width: 1, height: 1 });
  const x = Math.round(cell.x + cell.width / 2 - 0.5) + 0.5;
  const y = Math.round(cell.y + cell.height / 2 - 0.5) + 0.5;
  context.strokeStyle = palette.field;
  context.globalAlpha = 0.75;
  context.lineWidth = 1;
  context.beginPath();
  if (cell.width < largeCell) {
    context.moveTo(x, tile.y);
    context.lineTo(x, tile.y + tile.height);
    context.moveTo(tile.x, y);
    context.lineTo(tile.x + tile.width, y);
  } else {
    // Along the edges of large cells, so that no number is crossed out.
    context.rect(cell.x, tile.y - 2, cell.width, tile.height + 4);
    context.rect(tile.x - 2, cell.y, tile.width + 4, cell.height);
  }
  context.stroke();
  context.globalAlpha = 1;
  if (cell.width < largeCell) return;
  context.lineWidth = 2;
  context.strokeRect(cell.x, cell.y, cell.width, cell.height);
}

function drawRing(
  context: CanvasRenderingContext2D,
  pin: UnitPosition,
  tile: Rect,
  source: Rect,
  palette: Palette,
  isOwnMap: boolean,
): void {
  const cell = placed(tile, source, { x: pin.x, y: pin.y, width: 1, height: 1 });
  const radius = isOwnMap ? 4.5 : 2.5;
  context.beginPath();
  if (cell.width >= largeCell) context.rect(cell.x, cell.y, cell.width, cell.height);
  else context.arc(cell.x + cell.width / 2, cell.y + cell.height / 2, radius, 0, 2 * Math.PI);
  context.strokeStyle = palette.panel;
  context.lineWidth = 3.5;
  context.stroke();
  context.strokeStyle = palette.field;
  context.lineWidth = isOwnMap ? 2 : 1.5;
  context.stroke();
}

/** Covers what the window has still to fill, which would otherwise look like zeros: the rest of its row and the rows below. */
function drawUnfilled(
  context: CanvasRenderingContext2D,
  reveal: number,
  tile: Rect,
  source: Rect,
  { size, palette }: AtlasOverlay,
): void {
  const [row, filled] = [Math.floor(reveal / size.width), reveal % size.width];
  const rest = placed(tile, source, { x: filled, y: row, width: size.width - filled, height: 1 });
  const below = placed(tile, source, { x: 0, y: row + 1, width: size.width, height: size.height });
  context.fillStyle = palette.soft;
  context.fillRect(rest.x, rest.y, rest.width, rest.height);
  context.fillRect(below.x, below.y, below.width, below.height);
}

/** Each reading output as its own cell where cells can be told apart, with a box around all. */
function drawReaders(
  context: CanvasRenderingContext2D,
  readers: Lattice,
  tile: Rect,
  source: Rect,
  palette: Palette,
): void {
  const rows = runsOf(readers.rows);
  const columns = runsOf(readers.columns);
  context.fillStyle = palette.field;
  context.strokeStyle = palette.field;
  context.lineWidth = 1;
  for (const row of rows) {
    for (const column of columns) {
      const box = placed(tile, source, {
        x: column.lo,
        y: row.lo,
        width: column.hi - column.lo + 1,
        height: row.hi - row.lo + 1,
      });
      context.globalAlpha = 0.35;
      context.fillRect(box.x, box.y, box.width, box.height);
      context.globalAlpha = 1;
      const grow = Math.max(0, 5 - Math.min(box.width, box.height)) / 2;
      context.strokeRect(box.x - grow, box.y - grow, box.width + 2 * grow, box.height + 2 * grow);
    }
  }
}
