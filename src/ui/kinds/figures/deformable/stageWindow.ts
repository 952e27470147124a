/** The part of the photo that is shown enlarged: whole pixels, around the regular grid, so large that all points lie in it. */
import type { Rect } from '../../../../engine/engine.ts';
import type { SamplingPoint } from '../../../../operators/deformConv2d/points.ts';

/** Rows that are shown at least, and columns for each row. */
const least = 7;
const shape = 1.25;
/** Pixels between the outermost point and the edge: room to drag it further. */
const margin = 1.5;

/** In pixels of what the layer reads; it may reach beyond them. */
export function stageWindow(points: readonly SamplingPoint[]): Rect {
  const rows = points.map(({ from }) => from.y);
  const columns = points.map(({ from }) => from.x);
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const [y, x] = [middle(rows), middle(columns)];
  const reach = (part: (point: SamplingPoint) => number) => Math.max(...points.map(part)) + margin;
  const down = reach((point) => Math.max(Math.abs(point.y - y), Math.abs(point.from.y - y)));
  const across = reach((point) => Math.max(Math.abs(point.x - x), Math.abs(point.from.x - x)));
  const half = Math.max(Math.ceil(down), Math.ceil(across / shape), (least - 1) / 2);
  const wide = Math.ceil(half * shape);
  return { y: Math.floor(y) - half, x: Math.floor(x) - wide, height: 2 * half + 1, width: 2 * wide + 1 };
}

/** RGBA of the part of a picture; what lies outside is left transparent. */
export function pixelsIn(
  { rgba, width, height }: { readonly rgba: Uint8ClampedArray; readonly width: number; readonly height: number },
  part: Rect,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * part.width * part.height);
  const [left, right] = [Math.max(0, part.x), Math.min(width, part.x + part.width)];
  for (let row = Math.max(0, part.y); right > left && row < Math.min(height, part.y + part.height); row++) {
    const from = 4 * (row * width + left);
    pixels.set(rgba.subarray(from, from + 4 * (right - left)), 4 * ((row - part.y) * part.width + left - part.x));
  }
  return pixels;
}
