/** Draws a matrix of weights between channels: a cell for each pair, outputs downwards, inputs across; what is not connected stays bare. */
import type { Interval } from '../../../../math/intervals.ts';
import type { Palette } from '../../../../views/palette.ts';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface MatrixBlock {
  readonly rows: Interval;
  readonly columns: Interval;
}

export interface MatrixContent {
  readonly rows: number;
  readonly columns: number;
  /** The CSS colour of a cell and how strong it is (0..1); null where nothing connects. */
  readonly fillOf: (row: number, column: number) => { readonly colour: string; readonly alpha: number } | null;
  /** What is connected, as rectangles: their outlines are drawn. */
  readonly blocks: readonly MatrixBlock[];
}

export interface MatrixMarks {
  readonly at: Cell | null;
  /** The row of the pinned map. */
  readonly pinned: number | null;
  readonly row: number | null;
  readonly column: number | null;
}

/** `side`: CSS pixels of a cell. The context's units are CSS pixels. */
export function drawMatrix(
  context: CanvasRenderingContext2D,
  { rows, columns, fillOf, blocks }: MatrixContent,
  side: number,
  palette: Palette,
): void {
  const gap = side >= 6 ? 1 : side >= 4 ? 0.5 : 0;
  context.fillStyle = palette.soft;
  context.fillRect(0, 0, columns * side, rows * side);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const fill = fillOf(row, column);
      if (!fill) continue;
      const place = [column * side, row * side, side - gap, side - gap] as const;
      context.fillStyle = palette.panel;
      context.fillRect(...place);
      context.globalAlpha = fill.alpha;
      context.fillStyle = fill.colour;
      context.fillRect(...place);
      context.globalAlpha = 1;
    }
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  for (const { rows: down, columns: across } of blocks) {
    const [x, y] = [across.lo * side, down.lo * side];
    context.strokeRect(x + 0.5, y + 0.5, (across.hi + 1) * side - x - 1, (down.hi + 1) * side - y - 1);
  }
}

/** The cross-hair, and a frame around the pinned map's row. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  { rows, columns }: MatrixContent,
  { at, pinned, row, column }: MatrixMarks,
  side: number,
  palette: Palette,
): void {
  const band = (y: number, x: number, height: number, width: number) =>
    context.strokeRect(x * side + 0.5, y * side + 0.5, width * side - 1, height * side - 1);
  context.strokeStyle = palette.field;
  context.lineWidth = 1.5;
  if (pinned !== null && pinned < rows) band(pinned, 0, 1, columns);
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.25;
  if (row !== null && row !== pinned) band(row, 0, 1, columns);
  if (column !== null) band(0, column, rows, 1);
  if (!at) return;
  context.lineWidth = 2;
  band(at.row, at.column, 1, 1);
}
