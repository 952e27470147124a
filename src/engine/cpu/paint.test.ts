import { describe, expect, it } from 'vitest';
import { type MapWindow, type PaintTile, paintScene } from './paint.ts';

/** Entry i of this colour map is (i, 0, 255 - i). */
const ramp = new Uint8Array(1024);
for (let i = 0; i < 256; i += 1) ramp.set([i, 0, 255 - i, 255], 4 * i);

function mapOf(rows: readonly (readonly number[])[]): MapWindow {
  const width = rows[0]!.length;
  return { values: Float32Array.from(rows.flat()), offset: 0, x: 0, y: 0, width, height: rows.length, mapWidth: width };
}

function tile(window: MapWindow, change: Partial<PaintTile>): PaintTile {
  const whole = { x: 0, y: 0, width: window.width, height: window.height };
  return {
    window,
    target: whole,
    source: whole,
    ends: { lo: 0, hi: 255 },
    reveal: Number.POSITIVE_INFINITY,
    ...change,
  };
}

/** The red bytes of the picture, row by row; '.' where the green background (0, 9, 0) is left. */
function painted(width: number, height: number, ...tiles: PaintTile[]): (number | '.')[][] {
  const pixels = new Uint8ClampedArray(width * height * 4);
  paintScene(pixels, width, height, [0, 9, 0], ramp, tiles);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) =>
      pixels[4 * (y * width + x) + 1] === 9 ? '.' : pixels[4 * (y * width + x)]!,
    ),
  );
}

describe('painting a scene', () => {
  const map = mapOf([
    [10, 20, 30, 40],
    [50, 60, 70, 80],
  ]);

  it('puts one map value on one pixel at 1:1', () => {
    expect(painted(4, 2, tile(map, {}))).toEqual([
      [10, 20, 30, 40],
      [50, 60, 70, 80],
    ]);
  });

  it('leaves what lies outside the target to the background', () => {
    const target = { x: 1, y: 1, width: 4, height: 2 };
    expect(painted(6, 4, tile(map, { target }))).toEqual([
      ['.', '.', '.', '.', '.', '.'],
      ['.', 10, 20, 30, 40, '.'],
      ['.', 50, 60, 70, 80, '.'],
      ['.', '.', '.', '.', '.', '.'],
    ]);
  });

  it('shows the value under the pixel centre when magnified', () => {
    // Columns 1..2 on five pixels: centres at 1.2, 1.6, 2.0, 2.4, 2.8.
    const target = { x: 0, y: 0, width: 5, height: 1 };
    const source = { x: 1, y: 1, width: 2, height: 1 };
    expect(painted(5, 1, tile(map, { target, source }))).toEqual([[60, 60, 70, 70, 70]]);
  });

  it('shows the mean of the map pixels whose centres a pixel covers when minified', () => {
    const target = { x: 0, y: 0, width: 2, height: 1 };
    expect(painted(2, 1, tile(map, { target }))).toEqual([[35, 55]]);
    // 4 columns on 3 pixels: footprints 0-1.33, 1.33-2.67, 2.67-4 cover the centres 0.5 | 1.5, 2.5 | 3.5.
    const three = { x: 0, y: 0, width: 3, height: 2 };
    expect(painted(3, 2, tile(map, { target: three }))).toEqual([
      [10, 25, 40],
      [50, 65, 80],
    ]);
  });

  it('minifies one axis and magnifies the other', () => {
    const target = { x: 0, y: 0, width: 2, height: 4 };
    expect(painted(2, 4, tile(map, { target }))).toEqual([
      [15, 35],
      [15, 35],
      [55, 75],
      [55, 75],
    ]);
  });

  it('leaves the outside of the map to the background', () => {
    const source = { x: -1, y: 0, width: 4, height: 2 };
    expect(painted(4, 2, tile(map, { source, target: { x: 0, y: 0, width: 4, height: 2 } }))).toEqual([
      ['.', 10, 20, 30],
      ['.', 50, 60, 70],
    ]);
  });

  it('draws only the revealed values, in reading order', () => {
    expect(painted(4, 2, tile(map, { reveal: 6 }))).toEqual([
      [10, 20, 30, 40],
      [50, 60, '.', '.'],
    ]);
    // Minified 2 x 2 to 1: the mean of what is revealed.
    const target = { x: 0, y: 0, width: 2, height: 1 };
    expect(painted(2, 1, tile(map, { target, reveal: 5 }))).toEqual([[27, 35]]);
  });

  it('lets later tiles cover earlier ones', () => {
    const over = tile(mapOf([[200]]), { target: { x: 1, y: 0, width: 1, height: 2 } });
    expect(painted(4, 2, tile(map, {}), over)).toEqual([
      [10, 200, 30, 40],
      [50, 200, 70, 80],
    ]);
  });

  it('rounds to the nearest of 256 colours and clamps at the ends', () => {
    const values = mapOf([[-1, 0, 0.25, 0.5, 1, 2, Number.NaN]]);
    // 0.25 * 255 = 63.75 -> 64; 0.5 * 255 = 127.5 -> 128.
    expect(painted(7, 1, tile(values, { ends: { lo: 0, hi: 1 } }))).toEqual([[0, 0, 64, 128, 255, 255, 0]]);
  });

  it('reads a window of a map as the map itself', () => {
    const window = { ...mapOf([[60, 70]]), x: 1, y: 1, mapWidth: 4 };
    const whole = { x: 0, y: 0, width: 4, height: 2 };
    expect(painted(4, 2, tile(window, { source: whole, target: whole, reveal: 6 }))).toEqual([
      ['.', '.', '.', '.'],
      ['.', 60, '.', '.'],
    ]);
  });
});
