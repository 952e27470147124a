/** What is drawn over a column's maps: the frame of the chosen one, the pinned unit, and the cross-hair of the hovered place. */
import type { Palette } from '../../../views/palette.ts';
import type { ZoomWindow } from '../../../views/zoom.ts';
import { heightOf, type TileGrid, tileAt } from './tileGrid.ts';

/** A place on every map, 0..1 each. */
interface Place {
  readonly u: number;
  readonly v: number;
}

export interface Marks {
  readonly grid: TileGrid;
  readonly zoom: ZoomWindow;
  /** Of the maps, in values. */
  readonly size: { readonly width: number; readonly height: number };
  readonly chosenSlot: number | null;
  /** Middle of the pinned unit. */
  readonly pinned: Place;
  readonly hovered: Place | null;
}

/** The canvas is as large as the grid. */
export function drawMarks(canvas: HTMLCanvasElement, marks: Marks, palette: Palette, ratio: number): void {
  const { grid, zoom, size } = marks;
  const context = canvas.getContext('2d');
  if (!context) return;
  canvas.width = Math.max(1, Math.round((grid.across * (grid.width + grid.gap) - grid.gap) * ratio));
  canvas.height = Math.max(1, Math.round(heightOf(grid) * ratio));
  context.scale(ratio, ratio);
  for (let slot = 0; slot < grid.count; slot++) {
    const tile = tileAt(grid, slot);
    context.save();
    context.beginPath();
    context.rect(tile.x, tile.y, tile.width, tile.height);
    context.clip();
    const at = ({ u, v }: Place) => ({
      x: tile.x + (u - zoom.x) * zoom.scale * tile.width,
      y: tile.y + (v - zoom.y) * zoom.scale * tile.height,
    });
    if (marks.hovered) drawCross(context, at(marks.hovered), tile, palette);
    const unit = at(marks.pinned);
    // A mark on every small tile would hide them.
    const isMarked = slot === marks.chosenSlot || tile.width >= 40;
    const width = Math.max(6, (zoom.scale * tile.width) / size.width);
    const height = Math.max(6, (zoom.scale * tile.height) / size.height);
    context.strokeStyle = palette.field;
    context.lineWidth = 1.5;
    if (isMarked) context.strokeRect(unit.x - width / 2, unit.y - height / 2, width, height);
    context.restore();
    context.strokeStyle = slot === marks.chosenSlot ? palette.field : palette.line;
    context.lineWidth = slot === marks.chosenSlot ? 2 : 1;
    const inset = context.lineWidth / 2;
    context.strokeRect(tile.x + inset, tile.y + inset, tile.width - 2 * inset, tile.height - 2 * inset);
  }
}

type Box = ReturnType<typeof tileAt>;

/** A light line beside a dark one shows on any colour. */
function drawCross(
  context: CanvasRenderingContext2D,
  { x, y }: { readonly x: number; readonly y: number },
  tile: Box,
  palette: Palette,
): void {
  for (const [offset, colour] of [
    [1, palette.panel],
    [0, palette.ink],
  ] as const) {
    context.fillStyle = colour;
    context.fillRect(Math.round(x) + offset, tile.y, 1, tile.height);
    context.fillRect(tile.x, Math.round(y) + offset, tile.width, 1);
  }
}
