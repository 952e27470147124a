/** Colours of the figure's arrays, as the maps of the screen have them. */
import type { FloatArray } from '../../../../operators/operator.ts';
import { parseRgb } from '../../../../views/colour/colourMaps.ts';
import { mapPicture } from '../../../../views/mapPicture.ts';
import type { MatrixColours } from '../../../../views/matrix/matrixPicture.ts';
import type { Palette } from '../../../../views/palette.ts';
import { coloursFor } from '../../../explore/maps/mapsView.ts';

const symmetric = { mode: 'per-layer', percentiles: false, symmetric: true } as const;

export function largestOf(...arrays: readonly FloatArray[]): number {
  let most = 0;
  for (const values of arrays) for (const value of values) most = Math.max(most, Math.abs(value));
  return most > 0 ? most : 1;
}

/** Values [height, width] between ±`end`: blue, the page's ground, red. */
export function signedPicture(values: FloatArray, width: number, height: number, end: number, palette: Palette) {
  const size = { width, height };
  const colours = coloursFor('rdbu', palette, symmetric);
  return mapPicture(Float32Array.from(values), size, size, { lo: -end, hi: end }, colours);
}

/** Values [height, width] of 0..1 in grey. */
export function greyPicture(values: FloatArray, width: number, height: number, palette: Palette) {
  const size = { width, height };
  return mapPicture(Float32Array.from(values), size, size, { lo: 0, hi: 1 }, coloursFor('grey', palette, symmetric));
}

export function matrixColours(weight: Float32Array, palette: Palette): MatrixColours {
  return { absent: parseRgb(palette.line), colours: coloursFor('rdbu', palette, symmetric), end: largestOf(weight) };
}
