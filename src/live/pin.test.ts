import { describe, expect, it } from 'vitest';
import type { Shape } from '../operators/operator.ts';
import { firstPin, movedPin } from './pin.ts';

const shape = (c: number, h: number, w: number): Shape => [1, c, h, w];

describe('the pinned unit', () => {
  it('starts inside of any map, a single pixel included', () => {
    expect(firstPin(shape(9, 300, 451))).toEqual({ channel: 0, y: 118, x: 162 });
    expect(firstPin(shape(1, 1, 1))).toEqual({ channel: 0, y: 0, x: 0 });
  });

  it('stays at the same place of the photo when stride halves the map', () => {
    expect(movedPin({ channel: 2, y: 100, x: 50 }, shape(9, 200, 100), shape(9, 100, 50))).toEqual({
      channel: 2,
      y: 50,
      x: 25,
    });
  });

  it('moves to the last map when its own is gone', () => {
    expect(movedPin({ channel: 8, y: 0, x: 0 }, shape(9, 4, 4), shape(3, 4, 4)).channel).toBe(2);
  });

  it('comes back where it was after a change and its reverse, if the maps are not smaller in between', () => {
    const small = shape(1, 30, 40);
    const large = shape(1, 90, 120);
    const pin = { channel: 0, y: 17, x: 31 };
    expect(movedPin(movedPin(pin, small, large), large, small)).toEqual(pin);
  });
});
