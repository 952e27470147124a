/** Coloured patches cut from photos: which photo a patch is from is its class. Every photo gives as many, at seeded places. */

import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { hash32 } from '../../math/random.ts';

/** An opened photo: RGBA bytes, rows one after another. */
export interface Photo {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** `each` patches of every photo; training takes the left two thirds of each, testing what is right of them, so that no pixel is in both. */
export function cutPatches(
  photos: readonly Photo[],
  each: number,
  side: number,
  seed: number,
  part: 'train' | 'test',
): LabelledImages {
  const count = each * photos.length;
  const pixels = new Uint8Array(count * 3 * side * side);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % photos.length);
  for (let image = 0; image < count; image++) {
    const { width, height, rgba } = photos[labels[image]!]!;
    const border = Math.floor((2 * width) / 3);
    const [from, to] = part === 'train' ? [0, border] : [border, width];
    if (to - from < side || height < side) throw new RangeError(`a photo of ${width} x ${height} has no ${part} patch`);
    const at = (stream: number, places: number) => hash32(seed, stream, image) % places;
    const [left, top] = [from + at(0, to - from - side + 1), at(1, height - side + 1)];
    for (let c = 0; c < 3; c++)
      for (let y = 0; y < side; y++)
        for (let x = 0; x < side; x++)
          pixels[((image * 3 + c) * side + y) * side + x] = rgba[((top + y) * width + left + x) * 4 + c]!;
  }
  return { channels: 3, height: side, width: side, classes: photos.length, pixels, labels };
}
