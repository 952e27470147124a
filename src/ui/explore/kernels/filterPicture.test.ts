import { describe, expect, it } from 'vitest';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { filterPicture } from './filterPicture.ts';

const colours = bakeColourMap('rdbu', { zero: [255, 255, 255], isDark: false });
const pixels = (rgba: Uint8ClampedArray) =>
  Array.from({ length: rgba.length / 4 }, (_, i) => [...rgba.slice(4 * i, 4 * i + 3)]);

describe('the picture of a filter', () => {
  it('draws a filter that wants red and no green as red on mid-grey', () => {
    // One tap: R 1, G -1, B 0.
    expect(pixels(filterPicture(Float32Array.of(1, -1, 0), [1, 1], colours))).toEqual([[255, 0, 128]]);
  });

  it('draws a filter over RGB that treats all colours alike in the same style: black, mid-grey, white', () => {
    expect(pixels(filterPicture(Float32Array.of(-1, 0, 1, -1, 0, 1, -1, 0, 1), [1, 3], colours))).toEqual([
      [0, 0, 0],
      [128, 128, 128],
      [255, 255, 255],
    ]);
  });

  it('keeps the grey of what an edit of one slice leaves alone', () => {
    const before = pixels(filterPicture(Float32Array.of(-1, 1, -1, 1, -1, 1), [1, 2], colours));
    const after = pixels(filterPicture(Float32Array.of(0, 1, -1, 1, -1, 1), [1, 2], colours));
    expect(after[0]).toEqual([128, 0, 0]);
    expect(after[1]).toEqual(before[1]);
  });

  it('draws a filter over one channel in the colours of weights: 0 is the page', () => {
    const [minus, zero, plus] = pixels(filterPicture(Float32Array.of(-1, 0, 1), [1, 3], colours));
    expect(zero).toEqual([255, 255, 255]);
    expect(minus?.[2]).toBeGreaterThan(minus?.[0] ?? 255);
    expect(plus?.[0]).toBeGreaterThan(plus?.[2] ?? 255);
  });

  it('draws an empty filter as nothing but 0', () => {
    expect(pixels(filterPicture(new Float32Array(2), [1, 2], colours))).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });
});
