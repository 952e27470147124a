import { expect, it } from 'vitest';
import { mostTelling } from './ChannelSums.tsx';

const slices = (partials: readonly number[]) =>
  partials.map((partial, channel) => ({ channel, partial }) as Parameters<typeof mostTelling>[0][number]);

it('lists every channel where they are few', () => {
  expect(mostTelling(slices([0, -3, 1]))).toEqual([0, 1, 2]);
});

it('lists of very many those that add or take away most, the largest first', () => {
  // Of 300 channels, the 128 that stand at the ends: 0 takes away most, then 299 adds most, then 1.
  const listed = mostTelling(slices(Array.from({ length: 300 }, (_, i) => i - 149.75)));
  expect(listed).toEqual(Array.from({ length: 128 }, (_, i) => (i % 2 === 0 ? i / 2 : 299 - (i - 1) / 2)));
});
