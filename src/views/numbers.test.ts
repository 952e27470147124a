import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortNumber, signedNumber } from './numbers.ts';

describe('numbers on canvases', () => {
  it('have a real minus and three significant digits', () => {
    const printed = [-0.8174, 2.1, -12.34, 0, 9.9961, 1234.5, 3.4e-5, -1.2e6].map(shortNumber);
    expect(printed).toEqual(['−0.817', '2.10', '−12.3', '0', '10.0', '1235', '3.4e−5', '−1.2e6']);
    expect([signedNumber(2.1), signedNumber(-2.1), signedNumber(0)]).toEqual(['+2.10', '−2.10', '0']);
  });

  it('are never longer than seven characters within the range of what layers give', () => {
    fc.assert(
      fc.property(fc.double({ min: -9e9, max: 9e9, noNaN: true }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-9);
        expect(shortNumber(value).length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('say what is no number', () => {
    expect([NaN, Infinity, -Infinity].map(shortNumber)).toEqual(['NaN', '∞', '−∞']);
  });
});
