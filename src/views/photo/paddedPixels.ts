/**
 * The photo with its padding around it, as bytes: what a convolution really reads. Padding shows what it copies (mirror, edge,
 * wrap); zeros have the colour that the value 0 has in the chosen range.
 */
import type { PaddingMode } from '../../operators/conv2d/attributes.ts';
import { sourceIndex } from '../../operators/conv2d/index.ts';
import type { PerSide } from '../../operators/operator.ts';

export interface Pixels {
  /** RGBA, row-major. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** `zero`: RGBA of the value 0. Without padding the same object comes back, nothing is copied. */
export function paddedPixels(picture: Pixels, padding: PerSide, mode: PaddingMode, zero: readonly number[]): Pixels {
  const { top, bottom, left, right } = padding;
  if (top + bottom + left + right === 0) return picture;
  const { width, height } = picture;
  const fullWidth = width + left + right;
  const fullHeight = height + top + bottom;
  // One number per pixel: whole rows are copied at once, the ring pixel by pixel.
  const from = new Uint32Array(picture.rgba.buffer, picture.rgba.byteOffset, width * height);
  const to = new Uint32Array(fullWidth * fullHeight).fill(packed(zero));
  const ring = [...range(-left, 0), ...range(width, width + right)];
  const copies = ring.map((x) => sourceIndex(x, width, mode));
  for (let y = -top; y < height + bottom; y++) {
    const source = sourceIndex(y, height, mode);
    if (source === null) continue;
    const row = (y + top) * fullWidth + left;
    to.set(from.subarray(source * width, (source + 1) * width), row);
    for (let k = 0; k < ring.length; k++) {
      const copy = copies[k];
      if (copy !== null && copy !== undefined) to[row + (ring[k] ?? 0)] = from[source * width + copy] ?? 0;
    }
  }
  return { rgba: new Uint8ClampedArray(to.buffer), width: fullWidth, height: fullHeight };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** RGBA as it lies in memory, in the machine's own byte order. */
function packed(rgba: readonly number[]): number {
  return new Uint32Array(new Uint8Array(rgba).buffer)[0] ?? 0;
}
