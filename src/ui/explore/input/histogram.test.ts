import { expect, test } from 'vitest';
import { areaPath, bins, histograms } from './histogram.ts';

const pixels = (...colours: (readonly [number, number, number])[]) =>
  new Uint8ClampedArray(colours.flatMap(([r, g, b]) => [r, g, b, 255]));

test('two red pixels and a black one: red has 2 in its last bin and 1 in its first, mean 170', () => {
  const [red, green] = histograms(pixels([255, 0, 0], [255, 0, 0], [0, 0, 0]), 'rgb');
  expect(red?.colour).toBe('red');
  expect(red?.counts[bins - 1]).toBe(2);
  expect(red?.counts[0]).toBe(1);
  expect(red?.mean).toBe(170);
  expect(green?.counts[0]).toBe(3);
});

test('grey counts the luma that the tensor takes: pure green (0, 255, 0) is byte 150, bin 37', () => {
  const [grey] = histograms(pixels([0, 255, 0]), 'grey');
  expect(grey?.mean).toBe(150);
  expect(grey?.counts[37]).toBe(1);
});

test('a picture of a million pixels is sampled, evenly', () => {
  const rgba = new Uint8ClampedArray(4_000_000).fill(128);
  const [red] = histograms(rgba, 'r');
  expect(red?.mean).toBe(128);
  expect(red?.counts[32]).toBeGreaterThan(100_000);
});

test('the area goes from the base line over each count back to the base line', () => {
  expect(areaPath(new Uint32Array([4, 1]), 4)).toBe('M0 1L0 0.000L0.5 0.000L1.5 0.500L2 0.500L2 1Z');
});
