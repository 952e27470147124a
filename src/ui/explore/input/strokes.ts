/**
 * Strokes as pixels. A pixel is painted when its centre lies within half the brush's diameter of the stroke's line: no soft edges, so
 * both engines see the same bytes, and a brush of one pixel paints exactly one. Pure.
 */

/** In picture pixels; the middle of the first pixel is (0.5, 0.5). */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Brush {
  /** Pixels. */
  readonly diameter: number;
  /** Bytes; null erases. */
  readonly colour: readonly [r: number, g: number, b: number] | null;
}

export interface Painting {
  /** Straight RGBA bytes, row-major. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** '#rrggbb' as bytes; anything else is white. */
export function bytesOf(colour: string): readonly [number, number, number] {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  const byte = (digits: string | undefined) => Number.parseInt(digits ?? 'ff', 16);
  return match ? [byte(match[1]), byte(match[2]), byte(match[3])] : [255, 255, 255];
}

/** The painting at another size, each pixel taken from the nearest; a new transparent one from null. Always a copy. */
export function paintingAt(painting: Painting | null, width: number, height: number): Painting {
  const rgba = new Uint8ClampedArray(width * height * 4);
  if (painting) {
    const from = new Uint32Array(painting.rgba.slice().buffer);
    const to = new Uint32Array(rgba.buffer);
    for (let y = 0; y < height; y++) {
      const row = Math.floor((y * painting.height) / height) * painting.width;
      for (let x = 0; x < width; x++) to[y * width + x] = from[row + Math.floor((x * painting.width) / width)] ?? 0;
    }
  }
  return { rgba, width, height };
}

/** Paints a stroke through the points, in place. One point is a dab. */
export function paintStroke(painting: Painting, points: readonly Point[], brush: Brush): void {
  points.forEach((point, index) => {
    paintSegment(painting, points[index - 1] ?? point, point, brush);
  });
}

function paintSegment({ rgba, width, height }: Painting, from: Point, to: Point, { diameter, colour }: Brush): void {
  // At least the pixel under the point, wherever in the pixel the point lies.
  const radius = Math.max(diameter / 2, Math.SQRT1_2);
  const [left, right] = [Math.min(from.x, to.x) - radius, Math.max(from.x, to.x) + radius];
  const [top, bottom] = [Math.min(from.y, to.y) - radius, Math.max(from.y, to.y) + radius];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const isFine = diameter <= 1;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, Math.ceil(right)); x++) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const [ex, ey] = [px - along * dx, py - along * dy];
      const isHit = isFine ? Math.max(Math.abs(ex), Math.abs(ey)) <= 0.5 : ex * ex + ey * ey <= radius * radius;
      if (!isHit) continue;
      const at = 4 * (y * width + x);
      rgba[at] = colour?.[0] ?? 0;
      rgba[at + 1] = colour?.[1] ?? 0;
      rgba[at + 2] = colour?.[2] ?? 0;
      rgba[at + 3] = colour ? 255 : 0;
    }
  }
}
