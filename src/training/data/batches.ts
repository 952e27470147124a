/**
 * The batches of a run as functions of (data, seed, step): a run that goes on from a checkpoint sees what it would have seen, and no
 * generator has a state. Every epoch has every image once, in a new order; the last batch takes from the next epoch's what it lacks.
 */

import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { hash32 } from '../../math/random.ts';

export interface Augmentation {
  /** Mirrored left to right with probability 1/2. */
  readonly flip: boolean;
  /** Cut out anew from the image with so many zeros on each side, at a random place (He et al. 2016: 4). */
  readonly crop: number;
}

export interface Batch {
  /** [N, C, H, W]: (byte / 255 - mean) / deviation. */
  readonly images: Float32Array;
  /** [N, 1, 1, 1]. */
  readonly labels: Float32Array;
}

/** What bytes are brought to: all pixels of a data set then have mean 0 and variance 1. */
export interface Range {
  readonly mean: number;
  readonly deviation: number;
}

export function rangeOf({ pixels }: LabelledImages): Range {
  let sum = 0;
  let squares = 0;
  for (const byte of pixels) {
    sum += byte;
    squares += byte * byte;
  }
  const mean = sum / pixels.length;
  const variance = squares / pixels.length - mean * mean;
  return { mean: mean / 255, deviation: Math.sqrt(Math.max(variance, 1)) / 255 };
}

const streams = { order: 1, flip: 2, row: 3, column: 4 } as const;

/** The images of an epoch in its order: sorted by a hash of their numbers, equal ones by the numbers themselves. */
export function orderOf(count: number, seed: number, epoch: number): Uint32Array {
  const keys = Uint32Array.from({ length: count }, (_, i) => hash32(hash32(seed, streams.order, epoch), 0, i));
  return Uint32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

export interface Batches {
  readonly data: LabelledImages;
  readonly range: Range;
  readonly augmentation: Augmentation;
  readonly seed: number;
  readonly size: number;
}

/** Answers step after step; the order of an epoch is kept while it lasts. */
export function createBatches({ data, range, augmentation, seed, size }: Batches): (step: number) => Batch {
  const count = data.labels.length;
  let known: { readonly epoch: number; readonly order: Uint32Array } | null = null;
  const imageAt = (place: number): number => {
    const epoch = Math.floor(place / count);
    if (known?.epoch !== epoch) known = { epoch, order: orderOf(count, seed, epoch) };
    return known.order[place % count]!;
  };
  return (step) => {
    const perImage = data.channels * data.height * data.width;
    const images = new Float32Array(size * perImage);
    const labels = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      const place = step * size + i;
      const image = imageAt(place);
      labels[i] = data.labels[image]!;
      const below = (stream: number, count: number) => hash32(seed, stream, place) % count;
      const { flip, crop } = augmentation;
      const moved = {
        isFlipped: flip && below(streams.flip, 2) === 1,
        dy: crop > 0 ? below(streams.row, 2 * crop + 1) - crop : 0,
        dx: crop > 0 ? below(streams.column, 2 * crop + 1) - crop : 0,
      };
      copyImage(data, range, image, moved, images.subarray(i * perImage, (i + 1) * perImage));
    }
    return { images, labels };
  };
}

/** Images first to last - 1 as they are; labels behind the last image are -1, which count for nothing. */
export function plainBatch(data: LabelledImages, range: Range, first: number, size: number): Batch {
  const perImage = data.channels * data.height * data.width;
  const images = new Float32Array(size * perImage);
  const labels = new Float32Array(size).fill(-1);
  const still = { isFlipped: false, dy: 0, dx: 0 };
  for (let i = 0; i < Math.min(size, data.labels.length - first); i++) {
    labels[i] = data.labels[first + i]!;
    copyImage(data, range, first + i, still, images.subarray(i * perImage, (i + 1) * perImage));
  }
  return { images, labels };
}

interface Moved {
  readonly isFlipped: boolean;
  readonly dy: number;
  readonly dx: number;
}

/** What comes in from outside is black (0), as padding is; `to` holds zeros. */
function copyImage(
  { channels, height, width, pixels }: LabelledImages,
  { mean, deviation }: Range,
  image: number,
  { isFlipped, dy, dx }: Moved,
  to: Float32Array,
): void {
  const black = -mean / deviation;
  let at = 0;
  for (let c = 0; c < channels; c++) {
    const plane = (image * channels + c) * height * width;
    for (let y = 0; y < height; y++) {
      const from = y + dy;
      for (let x = 0; x < width; x++) {
        const column = (isFlipped ? width - 1 - x : x) + dx;
        const isInside = from >= 0 && from < height && column >= 0 && column < width;
        to[at++] = isInside ? (pixels[plane + from * width + column]! / 255 - mean) / deviation : black;
      }
    }
  }
}
