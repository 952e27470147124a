/** What training sees: functions of the seed and the step, every image once an epoch. */
import { describe, expect, it } from 'vitest';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { accuracyOf } from './accuracy.ts';
import { createBatches, orderOf, plainBatch, rangeOf } from './batches.ts';
import { cutPatches } from './patches.ts';
import { drawShapes, shapeNames } from './shapes.ts';

/** Six images of 1 x 2; image i has the pixels 10 i and 10 i + 1 and the class i % 2. */
const six: LabelledImages = {
  ...{ channels: 1, height: 1, width: 2, classes: 2 },
  pixels: Uint8Array.from({ length: 12 }, (_, i) => 10 * Math.floor(i / 2) + (i % 2)),
  labels: Uint8Array.of(0, 1, 0, 1, 0, 1),
};
const bytes = { mean: 0, deviation: 1 / 255 };
const still = { flip: false, crop: 0 };

describe('batches', () => {
  it('have every image once an epoch, in another order each', () => {
    const batchAt = createBatches({ data: six, range: bytes, augmentation: still, seed: 3, size: 4 });
    const seen = [0, 1, 2].flatMap((step) => [...batchAt(step).images].filter((_, i) => i % 2 === 0).map(Math.round));
    const [first, second] = [seen.slice(0, 6), seen.slice(6)];
    for (const epoch of [first, second]) expect(epoch.toSorted((a, b) => a - b)).toEqual([0, 10, 20, 30, 40, 50]);
    expect(first).not.toEqual(second);
  });

  it('are the same at the same step, whatever came before', () => {
    const create = () =>
      createBatches({ data: six, range: bytes, augmentation: { flip: true, crop: 1 }, seed: 3, size: 4 });
    const [one, other] = [create(), create()];
    one(0);
    one(1);
    expect(one(7)).toEqual(other(7));
    expect(orderOf(50, 1, 0)).not.toEqual(orderOf(50, 2, 0));
  });

  it('are mirrored half of the time, and moved by no more than the crop', () => {
    const flipped = createBatches({
      data: six,
      range: bytes,
      augmentation: { flip: true, crop: 0 },
      seed: 1,
      size: 600,
    })(0);
    const mirrored = Array.from({ length: 600 }, (_, i) => flipped.images[2 * i]! > flipped.images[2 * i + 1]!);
    const share = mirrored.filter(Boolean).length / 600;
    // Five standard errors.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
    const moved = createBatches({ data: six, range: bytes, augmentation: { flip: false, crop: 1 }, seed: 1, size: 60 })(
      0,
    );
    const firsts = new Set(Array.from({ length: 60 }, (_, i) => Math.round(moved.images[2 * i]!) % 10));
    expect([...firsts].toSorted()).toEqual([0, 1]);
  });

  it('bring all pixels to mean 0 and variance 1', () => {
    const { images } = plainBatch(six, rangeOf(six), 0, 6);
    const mean = images.reduce((sum, value) => sum + value, 0) / 12;
    const variance = images.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 12;
    expect([mean, variance]).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 5)]);
  });

  it('end with places that count for nothing', () => {
    expect([...plainBatch(six, bytes, 4, 4).labels]).toEqual([0, 1, -1, -1]);
  });
});

describe('made data', () => {
  it('has as many images of every class', () => {
    const { labels, pixels } = drawShapes(200, 28, 1);
    for (let name = 0; name < shapeNames.length; name++)
      expect(labels.filter((label) => label === name)).toHaveLength(20);
    expect(drawShapes(200, 28, 1).pixels).toEqual(pixels);
    expect(drawShapes(200, 28, 2).pixels).not.toEqual(pixels);
  });

  it('cuts training and test patches from parts of the photos that share no pixel', () => {
    const photo = { width: 90, height: 40, rgba: Uint8Array.from({ length: 90 * 40 * 4 }, (_, i) => (i >> 2) % 90) };
    const columns = (part: 'train' | 'test') => [...cutPatches([photo, photo], 30, 8, 1, part).pixels];
    expect(Math.max(...columns('train'))).toBeLessThan(60);
    expect(Math.min(...columns('test'))).toBeGreaterThanOrEqual(60);
    expect([...cutPatches([photo, photo], 2, 8, 1, 'test').labels]).toEqual([0, 1, 0, 1]);
    expect(() => cutPatches([photo], 1, 32, 1, 'test')).toThrow(RangeError);
  });
});

it('an accuracy of 80 of 100 has a standard error of 4 points', () => {
  expect(accuracyOf(80, 100)).toEqual({ right: 80, count: 100, share: 0.8, standardError: expect.closeTo(0.04, 12) });
});
