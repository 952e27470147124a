import { expect, it } from 'vitest';
import { around, cellNumber, cellSide, fontSize, mixed } from './cells.ts';

it('writes a number in four letters', () => {
  expect([0, 0.333, -0.333, 1.25, -12.34, 0.001, 123.4].map(cellNumber)).toEqual([
    '0',
    '.33',
    '−.33',
    '1.3',
    '−12.3',
    '.001',
    '123',
  ]);
});

it('makes cells as large as fit, never larger than 26 px, and leaves numbers out that could not be read', () => {
  expect([cellSide(3, 4, 120), cellSide(7, 9, 120), cellSide(100, 115, 115)]).toEqual([26, 13, 1]);
  expect([fontSize('4', 13), fontSize('−.33', 13), fontSize('−.33', 26)?.toFixed(1)]).toEqual([10, null, '9.4']);
});

it('mixes from the ground to a colour', () => {
  expect(mixed([255, 255, 255], [55, 155, 255], 0.5)).toEqual([155, 205, 255]);
});

it('keeps the shown positions inside', () => {
  expect(around(5, 9, 100)).toEqual({ lo: 1, size: 9 });
  expect(around(0, 9, 100)).toEqual({ lo: 0, size: 9 });
  expect(around(99, 9, 100)).toEqual({ lo: 91, size: 9 });
  expect(around(2, 9, 4)).toEqual({ lo: 0, size: 4 });
});
