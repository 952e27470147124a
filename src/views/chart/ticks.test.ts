import { expect, it } from 'vitest';
import { tickTexts } from './ticks.ts';

it('ticks of a short axis have as many decimals as tell them apart, of a long one none', () => {
  expect(tickTexts([2.376, 2.378, 2.38])).toEqual(['2.376', '2.378', '2.380']);
  expect(tickTexts([0, 50, 100])).toEqual(['0', '50', '100']);
  expect(tickTexts([-0.5, 0])).toEqual(['−0.5', '0.0']);
  expect(tickTexts([0.1, 0.15], true)).toEqual(['10 %', '15 %']);
  expect(tickTexts([0.832, 0.834], true)).toEqual(['83.2 %', '83.4 %']);
});
