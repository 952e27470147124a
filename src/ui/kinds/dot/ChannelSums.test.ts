import { expect, it } from 'vitest';
import { mostTelling } from './ChannelSums.tsx';

const slices = (partials: readonly number[]) =>
  partials.map((partial, channel) => ({ channel, partial }) as Parameters<typeof mostTelling>[0][number]);

it('lists every channel where they are few', () => {
  expect(mostTelling(slices([0, -3, 1]))).toEqual([0, 1, 2]);
});

it('lists of very many those that add or take away most, in their order', () => {
  // Of 300 channels, the 128 that stand at the ends: channels 0 to 63 take away most, 236 to 299 add most.
  const listed = mostTelling(slices(Array.from({ length: 300 }, (_, i) => i - 149.5)));
  expect(listed).toHaveLength(128);
  expect(listed.slice(0, 64)).toEqual(Array.from({ length: 64 }, (_, i) => i));
  expect(listed.slice(64)).toEqual(Array.from({ length: 64 }, (_, i) => 236 + i));
});
