/** The slices of a filter on one sheet, in rows, a pixel for each weight and an empty one between slices. */
import { bakeColourMap, colourOf, type Ground } from '../colour/colourMaps.ts';

export interface FilterSheet {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

interface Filter {
  /** [slices, height, width]. */
  readonly weights: Float32Array;
  readonly slices: number;
  readonly height: number;
  readonly width: number;
  readonly largest: number;
}

/** Twice as wide as high, or nearly. Symmetric about 0; a filter of zeros is all zero's colour. */
export function filterSheet({ weights, slices, height, width, largest }: Filter, ground: Ground): FilterSheet {
  const columns = Math.min(slices, Math.max(1, Math.ceil(Math.sqrt(2 * slices * (height / width)))));
  const rows = Math.ceil(slices / columns);
  const size = { width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 };
  const rgba = new Uint8ClampedArray(4 * size.width * size.height);
  const colours = bakeColourMap('rdbu', ground);
  const end = largest > 0 ? largest : 1;
  for (const [i, weight] of weights.entries()) {
    const [slice, tap] = [Math.floor(i / (height * width)), i % (height * width)];
    const y = Math.floor(slice / columns) * (height + 1) + Math.floor(tap / width);
    const x = (slice % columns) * (width + 1) + (tap % width);
    rgba.set([...colourOf(colours, weight, { lo: -end, hi: end }), 255], 4 * (y * size.width + x));
  }
  return { rgba, ...size };
}
