import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelChoices, valueRanges } from '../../graph/input.ts';
import { byteOf, channelCount, colourOfZero, toPicture, toTensor } from './tensor.ts';

/** One pixel: red 255, green 128, blue 0, alpha 51. */
const pixel = new Uint8ClampedArray([255, 128, 0, 51]);
const tensor = (choice: Parameters<typeof toTensor>[3], range: Parameters<typeof toTensor>[4]) =>
  [...toTensor(pixel, 1, 1, choice, range)].map((value) => Number(value.toFixed(4)));

describe('toTensor', () => {
  it('puts the bytes on each value range', () => {
    expect(tensor('rgb', 'byte')).toEqual([255, 128, 0]);
    expect(tensor('rgb', 'unit')).toEqual([1, 0.502, 0]);
    expect(tensor('rgb', 'signed')).toEqual([1, 0.0039, -1]);
    // (1 - 0.485) / 0.229, (0.50196 - 0.456) / 0.224, -0.406 / 0.225
    expect(tensor('rgb', 'imagenet')).toEqual([2.2489, 0.2052, -1.8044]);
  });

  it('takes one channel, grey and alpha', () => {
    expect(tensor('g', 'byte')).toEqual([128]);
    // 0.299 · 255 + 0.587 · 128 = 151.4
    expect(tensor('grey', 'byte')).toEqual([151]);
    expect(tensor('grey-alpha', 'byte')).toEqual([151, 51]);
    expect(tensor('rgba', 'imagenet')[3]).toBe(0.2);
  });

  it('stands in [C, H, W] order', () => {
    const two = new Uint8ClampedArray([1, 2, 3, 255, 4, 5, 6, 255]);
    expect([...toTensor(two, 2, 1, 'rgb', 'byte')]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('is undone by byteOf and by toPicture, on every range and choice', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.constantFrom(...channelChoices),
        fc.constantFrom(...valueRanges),
        (bytes, choice, range) => {
          const rgba = new Uint8ClampedArray(bytes);
          const values = toTensor(rgba, 2, 1, choice, range);
          expect(values.length).toBe(2 * channelCount(choice));
          const again = toTensor(toPicture(values, 2, 1, choice, range), 2, 1, choice, range);
          expect(again).toEqual(values);
          const bytesAgain = toTensor(rgba, 2, 1, choice, 'byte');
          for (let i = 0; i < values.length; i++) {
            expect(byteOf(values[i]!, choice, i >> 1, range)).toBeCloseTo(bytesAgain[i]!, 3);
          }
        },
      ),
    );
  });
});

describe('colourOfZero', () => {
  it('is black on [0, 1], mid-grey on [-1, 1] and the mean colour for ImageNet', () => {
    expect(colourOfZero('rgb', 'unit')).toEqual([0, 0, 0, 255]);
    expect(colourOfZero('rgb', 'signed')).toEqual([128, 128, 128, 255]);
    expect(colourOfZero('rgb', 'imagenet')).toEqual([124, 116, 104, 255]);
    expect(colourOfZero('b', 'imagenet')).toEqual([104, 104, 104, 255]);
    expect(colourOfZero('rgba', 'byte')).toEqual([0, 0, 0, 0]);
  });
});
