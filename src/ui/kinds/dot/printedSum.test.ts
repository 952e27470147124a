import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printedSum } from './printedSum.ts';

const number = (text: string) => Number(text.replace('−', '-'));
const slices = (partials: readonly number[]) =>
  partials.map((partial, channel) => ({ channel, partial }) as Parameters<typeof printedSum>[0]['slices'][number]);

it('adds up as printed where numbers rounded one by one would not', () => {
  const partials = [-0.0054, 0, 0.0086, -0.0104];
  const printed = printedSum({ slices: slices(partials), bias: 0, sum: -0.0072 });
  expect(printed).toMatchObject({ channels: '−0.0072', bias: '0.0000', sum: '−0.0072' });
  expect(printed.partials).toEqual(['−0.0054', '0.0000', '+0.0086', '−0.0104']);
});

it('adds up as printed for any numbers', () => {
  const part = fc.double({ min: -50, max: 50, noNaN: true });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 64 }), part, (partials, bias) => {
      const sum = partials.reduce((all, each) => all + each, bias);
      const printed = printedSum({ slices: slices(partials), bias, sum });
      expect(number(printed.channels) + number(printed.bias)).toBeCloseTo(number(printed.sum), 7);
      const parts = printed.partials.reduce((all, text) => all + number(text), 0);
      expect(parts).toBeCloseTo(number(printed.channels), 7);
    }),
  );
});
