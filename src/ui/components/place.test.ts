import { expect, test } from 'vitest';
import { place } from './place.ts';

const window = { width: 1000, height: 600 };

test('below its anchor, six pixels apart, right edges in line', () => {
  const anchor = { left: 500, top: 10, width: 80, height: 30 };
  expect(place(anchor, { width: 200, height: 300 }, window, 'bottom', 'end')).toEqual({
    left: 380,
    top: 46,
    maxHeight: 546,
  });
});

test('above where there is no room below', () => {
  const anchor = { left: 500, top: 560, width: 80, height: 30 };
  expect(place(anchor, { width: 80, height: 100 }, window, 'bottom', 'start')).toMatchObject({ left: 500, top: 454 });
});

test('never past the edge of the window', () => {
  const anchor = { left: 4, top: 100, width: 20, height: 20 };
  expect(place(anchor, { width: 200, height: 40 }, window, 'bottom', 'end').left).toBe(8);
  expect(place({ ...anchor, left: 980 }, { width: 200, height: 40 }, window, 'bottom', 'center').left).toBe(792);
});

test('a card longer than the room is as tall as the room', () => {
  const anchor = { left: 100, top: 200, width: 20, height: 20 };
  expect(place(anchor, { width: 100, height: 900 }, window, 'bottom', 'start')).toMatchObject({
    top: 226,
    maxHeight: 366,
  });
});
