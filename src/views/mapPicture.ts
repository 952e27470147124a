/**
 * One map as RGBA bytes, coloured as the engines colour it on the screen (the same samples, the same rounding), for pictures that are
 * saved: they must not depend on what happens to be on a canvas at the moment.
 */
import { axisSamples } from '../engine/axisSamples.ts';
import { colourIndex, type Ends } from '../engine/displayRange.ts';

/** `values` is height x width; the picture is targetHeight x targetWidth, no larger than the map along either axis. */
export function mapPicture(
  values: Float32Array,
  size: { readonly width: number; readonly height: number },
  target: { readonly width: number; readonly height: number },
  ends: Ends,
  colours: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const rows = axisSamples(
    { from: 0, length: target.height },
    { from: 0, length: size.height },
    target.height,
    0,
    size.height,
  );
  const columns = axisSamples(
    { from: 0, length: target.width },
    { from: 0, length: size.width },
    target.width,
    0,
    size.width,
  );
  const rgba = new Uint8ClampedArray(target.width * target.height * 4);
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      let sum = 0;
      let count = 0;
      for (let row = rows.first[y] ?? 0; row < (rows.last[y] ?? 0); row++) {
        for (let column = columns.first[x] ?? 0; column < (columns.last[x] ?? 0); column++) {
          sum += values[row * size.width + column] ?? 0;
          count += 1;
        }
      }
      const entry = 4 * colourIndex(count === 0 ? 0 : sum / count, ends);
      rgba.set(colours.subarray(entry, entry + 4), 4 * (y * target.width + x));
    }
  }
  return rgba;
}
