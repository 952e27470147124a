/** Where a column's maps stand on its canvas, in CSS pixels: rows of equal tiles with a gap between. */
import type { Rect } from '../../../engine/engine.ts';

export interface TileGrid {
  readonly across: number;
  readonly count: number;
  readonly gap: number;
  /** Of one tile. */
  readonly width: number;
  readonly height: number;
}

/** Four maps stand two by two; all of them four or eight in a row, twice as many where the column is wide. */
export function tileGrid(
  room: number,
  maps: { readonly shown: number; readonly height: number; readonly width: number },
): TileGrid {
  const usual = maps.shown <= 4 ? 2 : maps.shown <= 16 ? 4 : 8;
  const across = Math.min(maps.shown, maps.shown > 4 && room > wide ? 2 * usual : usual);
  const gap = maps.shown > 4 ? 3 : 6;
  // A single map keeps the size that it has beside others.
  const width = Math.max(0, (room - gap * (Math.max(across, 2) - 1)) / Math.max(across, 2));
  return { across, count: maps.shown, gap, width, height: (width * maps.height) / maps.width };
}

const wide = 420;

export function heightOf({ count, across, gap, height }: TileGrid): number {
  const rows = Math.ceil(count / across);
  return rows * (height + gap) - gap;
}

export function tileAt({ across, gap, width, height }: TileGrid, slot: number): Rect {
  return { x: (slot % across) * (width + gap), y: Math.floor(slot / across) * (height + gap), width, height };
}

/** The tile under a point; null in the gaps and beyond. */
export function slotUnder(grid: TileGrid, x: number, y: number): number | null {
  const column = Math.floor(x / (grid.width + grid.gap));
  const slot = Math.floor(y / (grid.height + grid.gap)) * grid.across + column;
  if (x < 0 || y < 0 || column >= grid.across || slot >= grid.count) return null;
  const tile = tileAt(grid, slot);
  return x < tile.x + tile.width && y < tile.y + tile.height ? slot : null;
}
