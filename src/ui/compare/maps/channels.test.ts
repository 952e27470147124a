import { expect, it } from 'vitest';
import { ratioText } from '../ratio.ts';
import { shownChannels } from './channels.ts';

it('shows four maps spread evenly, the pinned one in the place of the nearest', () => {
  expect(shownChannels(2, 16)).toEqual([2, 6, 10, 14]);
  expect(shownChannels(5, 16)).toEqual([2, 5, 10, 14]);
  expect(shownChannels(15, 16)).toEqual([2, 6, 10, 15]);
});

it('shows what there is where there are fewer, and the last one for a pin beyond them', () => {
  expect(shownChannels(0, 1)).toEqual([0]);
  expect(shownChannels(40, 8)).toEqual([1, 3, 5, 7]);
});

it('writes a ratio with the digits that matter', () => {
  expect([1, 0.1665, 2.378, 12.4, 15033.2, 0.001, Number.NaN].map(ratioText)).toEqual([
    '1.00',
    '0.17',
    '2.38',
    '12',
    '15\u202f033',
    '< 0.01',
    '–',
  ]);
});
