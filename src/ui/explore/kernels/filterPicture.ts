/**
 * A filter as a tiny picture, one pixel per tap, on its own scale, in the style of its layer: the mean of its slices in the diverging
 * colours of weights, or, in a layer whose filters treat colours differently, as colours about mid-grey (as in Krizhevsky et al. 2012,
 * figure 3). The style goes by where the layer's filters come from, so an edit of one does not set it apart from its neighbours.
 */
import type { FilterRecipe } from '../../../graph/weights/filterState.ts';
import type { Pair } from '../../../operators/operator.ts';
import { largestOf, weightRgb } from './weightColours.ts';

/** True when a layer's filters are drawn as colours: over RGB, and some of them learned, drawn at random or colour opponents. */
export function areColours(recipes: readonly FilterRecipe[], slices: number): boolean {
  return slices >= 3 && recipes.some(({ kind }) => kind === 'learned' || kind === 'random' || kind === 'opponent');
}

/** RGBA of [kh, kw] taps; `colours` is the diverging colour table, null to draw R, G and B as what they are. */
export function filterPicture(
  values: Float32Array,
  [kh, kw]: Pair,
  colours: Uint8Array | null,
): Uint8ClampedArray<ArrayBuffer> {
  const area = kh * kw;
  const rgba = new Uint8ClampedArray(4 * area);
  const shown = colours ? meanSlice(values, area) : values;
  const largest = largestOf(shown);
  for (let tap = 0; tap < area; tap++) {
    const colour = colours
      ? weightRgb(colours, shown[tap] ?? 0, largest)
      : [0, 1, 2].map((slice) => 127.5 + (127.5 * (values[slice * area + tap] ?? 0)) / (largest || 1));
    rgba.set([...colour, 255], 4 * tap);
  }
  return rgba;
}

function meanSlice(values: Float32Array, area: number): Float32Array {
  const mean = new Float32Array(area);
  for (let i = 0; i < values.length; i++) mean[i % area]! += (values[i]! * area) / values.length;
  return mean;
}
