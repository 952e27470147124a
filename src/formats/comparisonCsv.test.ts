import { expect, it } from 'vitest';
import { comparisonCsv } from './comparisonCsv.ts';

const row = {
  column: 1,
  kind: 'separable',
  code: ['nn.Conv2d(16, 16, kernel_size=3, groups=16)', 'nn.Conv2d(16, 16, kernel_size=1)'],
  output: [1, 16, 28, 40],
  cost: { parameters: 416, macs: 448_000, usefulMacs: 441_000, activationBytes: 143_360 },
  timing: { ms: 1.5, method: 'wall' },
  device: 'Card "X", 2 GB',
  field: { bank: [3, 3], taps: 9, photo: [7, 7] },
} as const;

it('has one row per column with exact counts, and quotes code and names with commas or quotes', () => {
  const [head, first, rest] = comparisonCsv([row]).split('\r\n');
  expect(head?.split(',').slice(0, 3)).toEqual(['column', 'kind', 'code']);
  expect(first).toBe(
    '1,separable,"nn.Conv2d(16, 16, kernel_size=3, groups=16); nn.Conv2d(16, 16, kernel_size=1)",16,28,40,416,448000,441000,143360,1.5,wall,"Card ""X"", 2 GB",3,3,9,7,7',
  );
  expect(rest).toBe('');
});

it('leaves the cells of a time empty that has not been measured', () => {
  const [, first] = comparisonCsv([{ ...row, code: ['nn.ReLU()'], device: 'CPU', timing: null }]).split('\r\n');
  expect(first).toBe('1,separable,nn.ReLU(),16,28,40,416,448000,441000,143360,,,CPU,3,3,9,7,7');
});
