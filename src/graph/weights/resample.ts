/**
 * Filters of one size at another. Learned filters are resampled like pictures (area when they shrink, linear when they grow),
 * keeping their sum, so that the response keeps its range; hand-edited ones are cropped or framed with zeros around the centre.
 */
import type { Pair } from '../../operators/operator.ts';
import { centreOf } from './profiles.ts';

/** A filter as it stands in a bank: [channels, h, w]. */
export interface StoredFilter {
  readonly values: ArrayLike<number>;
  readonly shape: readonly [c: number, h: number, w: number];
}

/** The matrix [to, from] that resamples one axis: each column sums to 1 when shrinking, nearly so when growing. */
function axisWeights(from: number, to: number): readonly (readonly number[])[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, i) => {
    const weights = new Array<number>(from).fill(0);
    if (to <= from) {
      // How much of each old cell the new cell i covers.
      for (let j = 0; j < from; j++) {
        weights[j] = Math.max(0, Math.min(j + 1, (i + 1) * ratio) - Math.max(j, i * ratio));
      }
      return weights;
    }
    const at = Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), from - 1);
    const low = Math.floor(at);
    weights[low] = (low + 1 - at) * ratio;
    if (low + 1 < from) weights[low + 1] = (at - low) * ratio;
    return weights;
  });
}

/** [c, h, w] → [c, kh, kw] by resampling. */
export function resampled({ values, shape }: StoredFilter, [kh, kw]: Pair): Float64Array {
  const [channels, h, w] = shape;
  if (h === kh && w === kw) return Float64Array.from(values);
  const down = axisWeights(h, kh);
  const along = axisWeights(w, kw);
  const out = new Float64Array(channels * kh * kw);
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < kh * kw; i++) {
      let sum = 0;
      down[Math.floor(i / kw)]!.forEach((row, y) => {
        along[i % kw]!.forEach((column, x) => {
          sum += row * column * values[(c * h + y) * w + x]!;
        });
      });
      out[c * kh * kw + i] = sum;
    }
  }
  return out;
}

/** [c, h, w] → [c, kh, kw] around the centre tap: cropped where it is larger, zeros where it is smaller. */
export function recentred({ values, shape }: StoredFilter, [kh, kw]: Pair): Float64Array {
  const [channels, h, w] = shape;
  const out = new Float64Array(channels * kh * kw);
  const top = centreOf(h) - centreOf(kh);
  const left = centreOf(w) - centreOf(kw);
  for (let i = 0; i < out.length; i++) {
    const c = Math.floor(i / (kh * kw));
    const y = (Math.floor(i / kw) % kh) + top;
    const x = (i % kw) + left;
    if (y >= 0 && y < h && x >= 0 && x < w) out[i] = values[(c * h + y) * w + x]!;
  }
  return out;
}

/**
 * A filter of `from` channels for `to` channels, both [channels, area]. Where the numbers differ every channel gets the same slice,
 * the sum of the old ones divided by `to`: a grey picture responds as before. Colours in front of an alpha channel stay colours.
 */
export function withChannels(values: Float64Array, from: number, to: number): Float64Array {
  if (from === to) return values;
  const area = values.length / from;
  const out = new Float64Array(to * area);
  if (keepsColours(from, to)) {
    out.set(values);
    return out;
  }
  for (let i = 0; i < area; i++) {
    let sum = 0;
    for (let c = 0; c < from; c++) sum += values[c * area + i]!;
    for (let c = 0; c < to; c++) out[c * area + i] = sum / to;
  }
  return out;
}

/** RGB in front of an alpha channel, which is then not read. */
export function keepsColours(from: number, to: number): boolean {
  return from === 3 && to === 4;
}
