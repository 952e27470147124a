import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PaddingMode, paddingModes } from '../../operators/conv2d/attributes.ts';
import { sourceIndex } from '../../operators/conv2d/index.ts';
import { type Pixels, paddedPixels } from './paddedPixels.ts';

/** A picture whose red is the column and green the row. */
function picture(width: number, height: number): Pixels {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set([x, y, 77, 255], 4 * (y * width + x));
  }
  return { rgba, width, height };
}

const columnsOf = (mode: PaddingMode) => {
  const padded = paddedPixels(picture(4, 1), { top: 0, bottom: 0, left: 2, right: 2 }, mode, [99, 0, 0, 255]);
  return Array.from({ length: padded.width }, (_, x) => padded.rgba[4 * x]);
};

describe('padding around the photo', () => {
  it('is drawn as what it copies: 0 1 2 3 with two columns on each side', () => {
    expect(columnsOf('zeros')).toEqual([99, 99, 0, 1, 2, 3, 99, 99]);
    expect(columnsOf('reflect')).toEqual([2, 1, 0, 1, 2, 3, 2, 1]);
    expect(columnsOf('replicate')).toEqual([0, 0, 0, 1, 2, 3, 3, 3]);
    expect(columnsOf('circular')).toEqual([2, 3, 0, 1, 2, 3, 0, 1]);
  });

  it('shows in every pixel what the convolution reads there, corners included', () => {
    const side = fc.integer({ min: 0, max: 3 });
    const sides = fc.record({ top: side, bottom: side, left: side, right: side });
    fc.assert(
      fc.property(sides, fc.constantFrom(...paddingModes), (padding, mode) => {
        const padded = paddedPixels(picture(6, 5), padding, mode, [9, 8, 7, 255]);
        expect([padded.width, padded.height]).toEqual([
          6 + padding.left + padding.right,
          5 + padding.top + padding.bottom,
        ]);
        for (let y = 0; y < padded.height; y++) {
          for (let x = 0; x < padded.width; x++) {
            const row = sourceIndex(y - padding.top, 5, mode);
            const column = sourceIndex(x - padding.left, 6, mode);
            const expected = row === null || column === null ? [9, 8, 7, 255] : [column, row, 77, 255];
            const at = 4 * (y * padded.width + x);
            expect([...padded.rgba.subarray(at, at + 4)]).toEqual(expected);
          }
        }
      }),
    );
  });

  it('copies nothing where there is no padding', () => {
    const photo = picture(4, 3);
    expect(paddedPixels(photo, { top: 0, bottom: 0, left: 0, right: 0 }, 'zeros', [0, 0, 0, 255])).toBe(photo);
  });
});
