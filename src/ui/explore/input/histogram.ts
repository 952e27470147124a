/** How often each brightness occurs in a picture, per colour that the input tensor is made of. Pure. */
import type { ChannelChoice } from '../../../graph/input.ts';

export type HistogramColour = 'red' | 'green' | 'blue' | 'grey';

export interface ColourHistogram {
  readonly colour: HistogramColour;
  /** Counts of `bins` equal ranges of 0..255. */
  readonly counts: Uint32Array;
  /** Mean byte value. */
  readonly mean: number;
}

export const bins = 64;
/** A larger picture is sampled on a regular grid of about this many pixels: the curve is the same to the eye. */
const pixelBudget = 200_000;

const colours: Readonly<Record<ChannelChoice, readonly HistogramColour[]>> = {
  rgb: ['red', 'green', 'blue'],
  rgba: ['red', 'green', 'blue'],
  grey: ['grey'],
  'grey-alpha': ['grey'],
  r: ['red'],
  g: ['green'],
  b: ['blue'],
};

/** Rec. 601 luma in integers, as the input tensor's grey. */
function byteOf(rgba: Uint8ClampedArray, at: number, colour: HistogramColour): number {
  switch (colour) {
    case 'red':
      return rgba[at] ?? 0;
    case 'green':
      return rgba[at + 1] ?? 0;
    case 'blue':
      return rgba[at + 2] ?? 0;
    case 'grey':
      return (19595 * (rgba[at] ?? 0) + 38470 * (rgba[at + 1] ?? 0) + 7471 * (rgba[at + 2] ?? 0) + 32768) >> 16;
    default:
      return colour satisfies never;
  }
}

/** One histogram per colour of the choice; `rgba` is row-major, 4 bytes a pixel. */
export function histograms(rgba: Uint8ClampedArray, channels: ChannelChoice): readonly ColourHistogram[] {
  const pixels = rgba.length / 4;
  // An odd step does not fall into one column of an even-width picture.
  const step = Math.max(1, Math.floor(pixels / pixelBudget)) | 1;
  return colours[channels].map((colour) => {
    const counts = new Uint32Array(bins);
    let sum = 0;
    let seen = 0;
    for (let pixel = 0; pixel < pixels; pixel += step) {
      const byte = byteOf(rgba, pixel * 4, colour);
      counts[(byte * bins) >> 8]! += 1;
      sum += byte;
      seen += 1;
    }
    return { colour, counts, mean: seen === 0 ? 0 : sum / seen };
  });
}

/**
 * An SVG path of the area under the counts, 0..bins wide and 0..1 high (0 at the top). Heights are square roots: a large even
 * ground would otherwise flatten the rest.
 */
export function areaPath(counts: Uint32Array, highest: number): string {
  const heights = Array.from(counts, (count) => 1 - Math.sqrt(count / Math.max(highest, 1)));
  const points = heights.map((y, x) => `L${x + 0.5} ${y.toFixed(3)}`).join('');
  return `M0 1L0 ${(heights[0] ?? 1).toFixed(3)}${points}L${counts.length} ${(heights.at(-1) ?? 1).toFixed(3)}L${counts.length} 1Z`;
}
