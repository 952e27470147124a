import { describe, expect, it } from 'vitest';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { areColours, filterPicture } from './filterPicture.ts';

const colours = bakeColourMap('rdbu', { zero: [255, 255, 255], isDark: false });
const pixels = (rgba: Uint8ClampedArray) =>
  Array.from({ length: rgba.length / 4 }, (_, i) => [...rgba.slice(4 * i, 4 * i + 3)]);

describe('the picture of a filter', () => {
  it('draws a filter that wants red and no green as red on mid-grey', () => {
    // One tap: R 1, G -1, B 0.
    expect(pixels(filterPicture(Float32Array.of(1, -1, 0), [1, 1], null))).toEqual([[255, 0, 128]]);
  });

  it('has one style in a layer: an edited filter is drawn as its neighbours are', () => {
    const sobel = { kind: 'named', name: 'sobel_x' } as const;
    const edited = { kind: 'custom', hash: 'f'.repeat(64), shape: [3, 3, 3] } as const;
    const learned = { kind: 'learned', bank: 'face', index: 0 } as const;
    expect(areColours([sobel, edited], 3)).toBe(false);
    expect(areColours([learned, edited], 3)).toBe(true);
    expect(areColours([learned], 1)).toBe(false);
  });

  it('draws the mean of the slices where colours are not told apart', () => {
    // Two taps of three slices: means 0 and 1.
    const mean = pixels(filterPicture(Float32Array.of(-1, 1, 0, 1, 1, 1), [1, 2], colours));
    expect(mean).toEqual(pixels(filterPicture(Float32Array.of(0, 1), [1, 2], colours)));
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
