import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erf, erfc, erfcFast } from './erf.ts';

/** x, erf(x), erfc(x), from the C library's own functions. */
const known = [
  [0.1, 0.1124629160182849, 0.8875370839817152],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [1, 0.8427007929497149, 0.15729920705028513],
  [2, 0.9953222650189527, 0.004677734981047265],
  [2.5, 0.999593047982555, 0.0004069520174449589],
  [2.6, 0.9997639655834707, 0.00023603441652934908],
  [3, 0.9999779095030014, 2.2090496998585438e-5],
  [5, 0.9999999999984626, 1.5374597944280351e-12],
  [10, 1, 2.088487583762545e-45],
  [26, 1, 5.663192408856143e-296],
] as const;

describe('the error function', () => {
  it.each(known)('at %d is %d, and its complement %d', (x, value, complement) => {
    expect(Math.abs(erf(x) - value)).toBeLessThan(1e-15);
    expect(Math.abs(erfc(x) / complement - 1)).toBeLessThan(x > 6 ? 1e-13 : 1e-14);
    expect(erf(-x)).toBe(-erf(x));
    expect(Math.abs(erfc(-x) - (1 + value))).toBeLessThan(1e-15);
  });

  it('is 0 at 0 and ends at 1', () => {
    expect(erf(0)).toBe(0);
    expect(erf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(erfc(Number.NEGATIVE_INFINITY)).toBe(2);
    expect(erf(Number.NaN)).toBeNaN();
  });

  it('from the table is within 2e-9 of the exact complement, everywhere', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 8, noNaN: true }), (x) => {
        expect(Math.abs(erfcFast(x) - erfc(x))).toBeLessThan(2e-9);
      }),
      { numRuns: 2000 },
    );
  });
});
