/**
 * A filter as a tiny picture, one pixel per tap, on its own scale. One rule for all filters of a layer, whatever their numbers: where
 * there are slices for R, G and B they are drawn as those colours about mid-grey (as in Krizhevsky et al. 2012, figure 3), so that a
 * filter that treats them alike is grey; else their mean is drawn in the diverging colours of weights. An edit never changes the style.
 */
import type { Pair } from '../../../operators/operator.ts';
import { largestOf, weightRgb } from './weightColours.ts';

/** RGBA of [kh, kw] taps; `colours` is the diverging colour table. */
export function filterPicture(
  values: Float32Array,
  [kh, kw]: Pair,
  colours: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const area = kh * kw;
  const slices = values.length / area;
  const rgba = new Uint8ClampedArray(4 * area);
  const inColour = slices >= 3;
  const shown = inColour ? values : meanSlice(values, area);
  const largest = largestOf(shown);
  for (let tap = 0; tap < area; tap++) {
    const colour = inColour
      ? [0, 1, 2].map((slice) => 127.5 + (127.5 * (values[slice * area + tap] ?? 0)) / (largest || 1))
      : weightRgb(colours, shown[tap] ?? 0, largest);
    rgba.set([...colour, 255], 4 * tap);
  }
  return rgba;
}

function meanSlice(values: Float32Array, area: number): Float32Array {
  const mean = new Float32Array(area);
  for (let i = 0; i < values.length; i++) mean[i % area]! += (values[i]! * area) / values.length;
  return mean;
}
