import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sliderScale, valueAfterKey } from './sliderScale.ts';

test('a list stands evenly: of 1, 2, 4, 8 the value 4 is place 2', () => {
  const scale = sliderScale({ min: 1, max: 8, allowed: [1, 2, 4, 8] }, false);
  expect([scale.min, scale.max, scale.position(4), scale.value(3)]).toEqual([0, 3, 2, 8]);
});

test('on a logarithmic slider from 16 to 4096 the middle is 256', () => {
  const scale = sliderScale({ min: 16, max: 4096 }, true);
  expect(scale.value(500)).toBe(256);
  expect(scale.position(256)).toBe(500);
});

test('a typed value beyond the slider stands at its end', () => {
  expect(sliderScale({ min: 0, max: 15, typedMax: 112 }, false).position(40)).toBe(15);
});

test('keys step through the list and stop at its ends', () => {
  const groups = { min: 1, max: 6, allowed: [1, 2, 3, 6] };
  expect(valueAfterKey(groups, 3, 'ArrowRight')).toBe(6);
  expect(valueAfterKey(groups, 1, 'ArrowLeft')).toBe(1);
  expect(valueAfterKey(groups, 3, 'Home')).toBe(1);
  expect(valueAfterKey(groups, 1, 'End')).toBe(6);
  expect(valueAfterKey(groups, 1, 'a')).toBeUndefined();
});

test('a linear slider shows and gives back every value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50 }), fc.nat(50), (min, offset) => {
      const scale = sliderScale({ min, max: min + 50 }, false);
      return scale.value(scale.position(min + offset)) === min + offset;
    }),
  );
});
