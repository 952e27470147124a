/** Animations are opened again by the browser's own reader. */
import { describe, expect, it } from 'vitest';
import { mix32 } from '../math/random.ts';
import { writeGif } from './gif.ts';

const palette = Uint8Array.from({ length: 768 }, (_, i) => mix32(i) & 0xff);

async function framesOf(bytes: Uint8Array<ArrayBuffer>) {
  const decoder = new ImageDecoder({ data: bytes, type: 'image/gif' });
  await decoder.tracks.ready;
  await decoder.completed;
  const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
  const frames = await Promise.all(
    Array.from({ length: count }, async (_, frameIndex) => {
      const { image } = await decoder.decode({ frameIndex });
      const { displayWidth: width, displayHeight: height, duration } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      image.close();
      return { size: [width, height], duration, rgba: context.getImageData(0, 0, width, height).data };
    }),
  );
  return { frames, repetitions: decoder.tracks.selectedTrack?.repetitionCount };
}

/** The colours of the indices, opaque. */
const coloured = (indices: Uint8Array) =>
  Uint8ClampedArray.from({ length: 4 * indices.length }, (_, i) =>
    i % 4 === 3 ? 255 : palette[3 * indices[i >> 2]! + (i % 4)]!,
  );

describe('an animation', () => {
  it('has every pixel, frame and delay; noise fills the table of codes many times, a plain area never', async () => {
    const [width, height] = [211, 97];
    const noise = Uint8Array.from({ length: width * height }, (_, i) => mix32(i) & 0xff);
    const plain = new Uint8Array(width * height).fill(7);
    const stripes = noise.map((_, i) => Math.floor(i / 50) & 0xff);
    const bytes = writeGif({
      ...{ width, height, palette },
      frames: [noise, plain, stripes].map((indices, i) => ({ indices, milliseconds: 100 * (i + 1) })),
    });
    const { frames, repetitions } = await framesOf(bytes);
    expect(repetitions).toBe(Number.POSITIVE_INFINITY);
    expect(frames.map(({ duration }) => duration)).toEqual([100_000, 200_000, 300_000]);
    for (const [i, indices] of [noise, plain, stripes].entries()) {
      expect(frames[i]?.size).toEqual([width, height]);
      expect(frames[i]?.rgba).toEqual(coloured(indices));
    }
  });

  it('ends rightly after any number of pixels, where codes have just grown too', async () => {
    for (const width of [1, 2, 253, 254, 255, 256, 257, 509, 510, 511, 765, 766, 767]) {
      const indices = Uint8Array.from({ length: width }, (_, i) => mix32(i) & 0xff);
      const { frames } = await framesOf(
        writeGif({ width, height: 1, palette, frames: [{ indices, milliseconds: 50 }] }),
      );
      expect(frames[0]?.rgba).toEqual(coloured(indices));
    }
  });
});
