import { describe, expect, it } from 'vitest';
import { matrix } from '../../math/matrix.ts';
import { bakeHeat } from './heat.ts';
import { correlationPicture, groupEnds, largestMagnitude } from './picture.ts';

const luminance = (table: Uint8Array, i: number) => table[4 * i]! + table[4 * i + 1]! + table[4 * i + 2]!;

describe('the colours of |correlation|', () => {
  it('begin with the page and go away from it, darker on a light page, lighter on a dark one', () => {
    const light = bakeHeat({ zero: [255, 255, 255], isDark: false });
    const dark = bakeHeat({ zero: [23, 24, 27], isDark: true });
    expect([...light.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    expect([...dark.subarray(0, 4)]).toEqual([23, 24, 27, 255]);
    for (let i = 32; i < 256; i += 32) {
      expect(luminance(light, i)).toBeLessThan(luminance(light, i - 32));
      expect(luminance(dark, i)).toBeGreaterThan(luminance(dark, i - 32));
    }
  });
});

describe('a matrix as a picture', () => {
  const grey = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));
  const pairs = matrix(2, 2, Float64Array.of(0.5, -0.5, 0, 2));
  const reds = (rgba: Uint8ClampedArray) => [0, 1, 2, 3].map((cell) => rgba[4 * cell]);

  it('has one pixel for each pair, the strongest ones all alike', () => {
    const colours = { colours: grey, ends: { lo: 0, hi: 1 }, isAbsolute: true };
    expect(reds(correlationPicture(pairs, colours))).toEqual([128, 128, 0, 255]);
    expect(reds(correlationPicture(pairs, { ...colours, isAbsolute: false }))).toEqual([128, 0, 0, 255]);
  });

  it('shows rows and columns in another order', () => {
    const colours = { colours: grey, ends: { lo: 0, hi: 1 }, isAbsolute: true };
    expect(reds(correlationPicture(pairs, colours, { rows: [1, 0], columns: [0, 1] }))).toEqual([0, 255, 128, 128]);
  });

  it('knows its largest magnitude, and where groups end', () => {
    expect(largestMagnitude(pairs)).toBe(2);
    expect(groupEnds(4)).toEqual([0.25, 0.5, 0.75]);
    expect(groupEnds(1)).toEqual([]);
  });
});
