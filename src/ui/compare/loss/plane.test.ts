import { expect, it } from 'vitest';
import { costDomain, errorText, frontier, gainOf } from './plane.ts';

it('the frontier leaves out what another one betters in cost and error', () => {
  const points = [
    { place: 0, ratio: 0.5, error: 0.1 },
    { place: 1, ratio: 0.25, error: 0.3 },
    { place: 2, ratio: 0.3, error: 0.4 },
    { place: 3, ratio: 0.25, error: 0.2 },
    { place: 4, ratio: 1, error: 0.1 },
  ];
  expect(frontier(points).map(({ place }) => place)).toEqual([3, 0]);
});

it('the axis of cost holds the layer itself and all points', () => {
  const [from, to] = costDomain([]);
  expect(from).toBeLessThan(0.1);
  expect(to).toBeGreaterThan(1);
  const [lo, hi] = costDomain([
    { place: 0, ratio: 0.02, error: 1 },
    { place: 1, ratio: 2, error: 0 },
  ]);
  expect(lo).toBeLessThan(0.02);
  expect(hi).toBeGreaterThan(2);
});

it('an error is printed with the digits that matter', () => {
  expect([0, 3e-7, 0.00123, 0.0567, 0.2345, 1.2, 23.4].map(errorText)).toEqual([
    '0\u202f%',
    '<\u202f0.01\u202f%',
    '0.12\u202f%',
    '5.7\u202f%',
    '23.4\u202f%',
    '120\u202f%',
    '23×',
  ]);
});

it('a difference is enlarged by a round number, at most to half of the maps; a large one is not', () => {
  expect([0.7, 0.3, 0.02, 0.0017, 0].map(gainOf)).toEqual([1, 1, 20, 200, 1000]);
});
