import { describe, expect, it } from 'vitest';
import { parseGround, workingPicture } from './workingPicture.ts';

function photo(width: number, height: number, pixels: readonly number[]) {
  return { rgba: new Uint8ClampedArray(pixels), width, height, fullWidth: width, fullHeight: height };
}

describe('workingPicture', () => {
  const half = photo(1, 1, [200, 100, 0, 128]);

  it('lays transparency over the ground: 200·128/255 over black is 100', () => {
    expect([...workingPicture(half, 16, '#000000', null).rgba]).toEqual([100, 50, 0, 255]);
    expect([...workingPicture(half, 16, '#ffffff', null).rgba]).toEqual([227, 177, 127, 255]);
  });

  it('keeps colour and alpha apart where alpha is an input channel', () => {
    expect([...workingPicture(half, 16, '#000000', null, true).rgba]).toEqual([200, 100, 0, 128]);
  });

  it('paints over the picture: half red over blue is half of each', () => {
    const blue = photo(1, 1, [0, 0, 255, 255]);
    const red = { rgba: new Uint8ClampedArray([255, 0, 0, 128]), width: 1, height: 1 };
    expect([...workingPicture(blue, 16, '#000000', red).rgba]).toEqual([128, 0, 127, 255]);
  });

  it('fits a painting made at another size', () => {
    const black = photo(2, 1, [0, 0, 0, 255, 0, 0, 0, 255]);
    const dot = { rgba: new Uint8ClampedArray([9, 9, 9, 255]), width: 1, height: 1 };
    expect([...workingPicture(black, 16, '#000000', dot).rgba]).toEqual([9, 9, 9, 255, 9, 9, 9, 255]);
    const pair = { rgba: new Uint8ClampedArray([10, 0, 0, 255, 30, 0, 0, 255]), width: 2, height: 1 };
    expect(workingPicture(photo(1, 1, [0, 0, 0, 255]), 16, '#000000', pair).rgba[0]).toBe(20);
  });

  it('leaves the photo as it was', () => {
    workingPicture(half, 16, '#000000', null);
    expect([...half.rgba]).toEqual([200, 100, 0, 128]);
  });
});

describe('parseGround', () => {
  it('reads #rrggbb and takes anything else for white', () => {
    expect(parseGround('#0a0B0c')).toEqual([10, 11, 12]);
    expect(parseGround('tomato')).toEqual([255, 255, 255]);
  });
});
