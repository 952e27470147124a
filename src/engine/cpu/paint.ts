/**
 * Colours a scene into RGBA bytes: each canvas pixel shows the mean of the map values that `axisSamples` names for it. Values outside the map, or not yet revealed, do not exist: a pixel without any stays as it was.
 */
import { axisSamples } from '../axisSamples.ts';
import { colourIndex, type Ends } from '../displayRange.ts';
import type { Rect } from '../engine.ts';

/** A rectangular part of a map (or of a smaller copy of it), row-major from `offset` on. */
export interface MapWindow {
  readonly values: Float32Array;
  readonly offset: number;
  /** Where the window stands in the map, and its size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The whole map's width: reading order counts along it. */
  readonly mapWidth: number;
}

export interface PaintTile {
  readonly window: MapWindow;
  readonly target: Rect;
  /** The part of the map that fills the target, in the window's map pixels. */
  readonly source: Rect;
  readonly ends: Ends;
  /** Draw only the first `reveal` values in reading order; Infinity draws all. */
  readonly reveal: number;
}

/** The colour map's entries as the 32-bit words that a canvas of this machine's byte order holds. */
function colourWords(colours: Uint8Array): Uint32Array {
  return new Uint32Array(colours.slice(0, 1024).buffer);
}

/** Fills `pixels` (RGBA, width x height) with the background and draws the tiles in order. */
export function paintScene(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  background: readonly [r: number, g: number, b: number],
  colours: Uint8Array,
  tiles: readonly PaintTile[],
): void {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
  words.fill(new Uint32Array(new Uint8Array([...background, 255]).buffer)[0]!);
  const lut = colourWords(colours);
  for (const tile of tiles) paintTile(words, width, height, lut, tile);
}

function paintTile(words: Uint32Array, width: number, height: number, lut: Uint32Array, tile: PaintTile): void {
  const { window, target, source, ends, reveal } = tile;
  const across = { from: target.x, length: target.width };
  const down = { from: target.y, length: target.height };
  const columns = axisSamples(across, { from: source.x, length: source.width }, width, window.x, window.width);
  const rows = axisSamples(down, { from: source.y, length: source.height }, height, window.y, window.height);
  for (let row = 0; row < rows.first.length; row += 1) {
    const y0 = rows.first[row]!;
    const y1 = rows.last[row]!;
    const line = (rows.start + row) * width + columns.start;
    for (let column = 0; column < columns.first.length; column += 1) {
      const value = meanOf(window, columns.first[column]!, columns.last[column]!, y0, y1, reveal);
      if (value !== null) words[line + column] = lut[colourIndex(value, ends)]!;
    }
  }
}

/** Mean of the revealed values in columns x0..x1-1 and rows y0..y1-1; null when there are none. */
function meanOf(window: MapWindow, x0: number, x1: number, y0: number, y1: number, reveal: number): number | null {
  const { values, mapWidth } = window;
  let sum = 0;
  let count = 0;
  for (let y = y0; y < y1; y += 1) {
    const end = Math.min(x1, reveal - y * mapWidth);
    const line = window.offset + (y - window.y) * window.width - window.x;
    for (let x = x0; x < end; x += 1) sum += values[line + x]!;
    count += Math.max(0, end - x0);
  }
  return count > 0 ? sum / count : null;
}
