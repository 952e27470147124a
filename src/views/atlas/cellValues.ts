/** The numbers themselves, written into the cells of a picture when they are large enough on the screen. */
import type { Ends } from '../../engine/displayRange.ts';
import type { Rect } from '../../engine/engine.ts';
import { colourOf, inkOn } from '../colour/colourMaps.ts';
import { shortNumber } from '../numbers.ts';
import { placed } from '../rects.ts';

/** Cells of a picture: rows y..y+height-1, columns x..x+width-1. */
export interface Cells {
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

const smallestCell = { width: 38, height: 16 };

/** True where a number fits into every cell of a tile that shows `source`. */
export function cellsAreReadable(tile: { readonly width: number; readonly height: number }, source: Rect): boolean {
  return tile.width / source.width >= smallestCell.width && tile.height / source.height >= smallestCell.height;
}

/** The cells of a width x height picture that `source` touches. */
export function cellsIn(source: Rect, width: number, height: number): Cells {
  const x = Math.max(0, Math.floor(source.x));
  const y = Math.max(0, Math.floor(source.y));
  return {
    x,
    y,
    width: Math.min(width, Math.ceil(source.x + source.width)) - x,
    height: Math.min(height, Math.ceil(source.y + source.height)) - y,
  };
}

export interface CellValuesOptions {
  readonly tile: Rect;
  readonly source: Rect;
  readonly cells: Cells;
  /** Values of the cells, row-major. */
  readonly values: Float32Array;
  readonly colours: Uint8Array;
  readonly ends: Ends;
  readonly font: string;
}

/** Writes each value in black or white, whichever its cell's colour lets read. The caller has clipped to the tile. */
export function drawCellValues(context: CanvasRenderingContext2D, options: CellValuesOptions): void {
  const { tile, source, cells, values, colours, ends, font } = options;
  const width = tile.width / source.width;
  context.font = `${Math.min(13, Math.max(9, Math.floor(width / 5)))}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = 0; row < cells.height; row++) {
    for (let column = 0; column < cells.width; column++) {
      const value = values[row * cells.width + column] ?? 0;
      const cell = placed(tile, source, { x: cells.x + column, y: cells.y + row, width: 1, height: 1 });
      context.fillStyle = inkOn(colourOf(colours, value, ends));
      context.fillText(shortNumber(value), cell.x + cell.width / 2, cell.y + cell.height / 2);
    }
  }
}
