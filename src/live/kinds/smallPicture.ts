/**
 * A small version of the photo for layers that have a weight for every place: as large as keeps their weights below a few million. Values
 * are averaged over the area that one small pixel covers.
 */
import type { KindName } from '../../graph/layers/kinds.ts';
import { sidesAt } from '../../math/sides.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Picture } from '../results.ts';

/** 16 MB of float32. */
const mostWeights = 4_000_000;
const longestSides = [96, 80, 64, 48, 40, 32, 24, 16, 8] as const;

export interface SmallDemand {
  readonly kind: Extract<KindName, 'locally_connected' | 'linear'>;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
}

/** Height and width of the small version; never larger than the photo, never empty. */
export function smallSize({ kind, inChannels, outChannels, kernelSize }: SmallDemand, [height, width]: Pair): Pair {
  const perPixel = inChannels * outChannels * (kind === 'linear' ? 1 : kernelSize[0] * kernelSize[1]);
  const sizes = smallSizes([height, width]);
  return sizes.find(([h, w]) => perPixel * h * w <= mostWeights) ?? sizes.at(-1)!;
}

/** All sizes that the small version of a photo may have, the largest first. */
export function smallSizes([height, width]: Pair): readonly Pair[] {
  return longestSides.map((side) => sidesAt(Math.min(side, Math.max(height, width)), [height, width]));
}

/** One plane [H, W] averaged down to [h, w]. */
function averaged(plane: ArrayLike<number>, [H, W]: Pair, [h, w]: Pair): Float32Array {
  const rows = spans(H, h);
  const columns = spans(W, w);
  const result = new Float32Array(h * w);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let sum = 0;
      let area = 0;
      for (const row of rows[y]!)
        for (const column of columns[x]!) {
          const weight = row.share * column.share;
          sum += weight * plane[row.at * W + column.at]!;
          area += weight;
        }
      result[y * w + x] = sum / area;
    }
  return result;
}

/** For each of `to` pixels the `from` pixels that it covers, and how much of each. */
function spans(from: number, to: number): readonly (readonly { readonly at: number; readonly share: number }[])[] {
  return Array.from({ length: to }, (_, i) => {
    const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
    const first = Math.floor(start);
    return Array.from({ length: Math.ceil(end) - first }, (_, k) => ({
      at: first + k,
      share: Math.min(end, first + k + 1) - Math.max(start, first + k),
    }));
  });
}

/** The picture at `size`; itself where it has that size already. */
export function smallPicture(picture: Picture, [height, width]: Pair): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const from: Pair = [picture.height, picture.width];
  const area = picture.height * picture.width;
  const values = new Float32Array(picture.channels * height * width);
  for (let c = 0; c < picture.channels; c++)
    values.set(averaged(picture.values.subarray(c * area, (c + 1) * area), from, [height, width]), c * height * width);
  const rgba = new Uint8ClampedArray(4 * height * width);
  for (let c = 0; c < 4; c++) {
    const plane = averaged(
      picture.rgba.filter((_, i) => i % 4 === c),
      from,
      [height, width],
    );
    plane.forEach((value, i) => {
      rgba[4 * i + c] = value;
    });
  }
  return { ...picture, rgba, values, height, width };
}
