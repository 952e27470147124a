import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactWeight, readWeight, stepWeight, weightFormat, weightStep } from './weightFormat.ts';

describe('writing weights', () => {
  it('gives the largest two digits and the others the same decimals, with a true minus sign', () => {
    expect([-1 / 3, 2 / 3, 0.001, 0].map(weightFormat(2 / 3))).toEqual(['−0.33', '0.67', '0.00', '0']);
    expect([0.0512, -0.004].map(weightFormat(0.0512))).toEqual(['0.051', '−0.004']);
    expect([12, -0.5].map(weightFormat(12))).toEqual(['12', '−1']);
    expect([1000, -1 / 3, 0].map(weightFormat(1000))).toEqual(['1000', '~0', '0']);
  });

  it('writes very small and very large filters with an exponent', () => {
    expect(weightFormat(0.00042)(-0.00042)).toBe('−4e−4');
    expect(weightFormat(25_000)(25_000)).toBe('3e4');
  });

  it('writes all of a float32 and no more', () => {
    expect(exactWeight(Math.fround(0.1))).toBe('0.1');
    expect(exactWeight(Math.fround(1 / 3))).toBe('0.33333334');
  });

  it('reads back what it writes exactly', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readWeight(exactWeight(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('reading weights', () => {
  it('understands a comma, a true minus sign and a fraction', () => {
    expect(readWeight('0,5')).toBe(0.5);
    expect(readWeight('−0.25')).toBe(-0.25);
    expect(readWeight('1/4')).toBe(0.25);
  });

  it('refuses what is no finite float32', () => {
    for (const text of ['', 'a', '1/0', '1e60', '1/2/3']) expect(readWeight(text)).toBeNull();
  });
});

describe('stepping weights', () => {
  it('steps a hundredth where the largest weight is 0.67, and a thousandth where it is 0.06', () => {
    expect(weightStep(0.67)).toBeCloseTo(0.01, 9);
    expect(weightStep(0.06)).toBeCloseTo(0.001, 9);
    expect(weightStep(1)).toBeCloseTo(0.1, 9);
    expect(weightStep(0)).toBe(0.01);
  });

  it('comes to 0 exactly', () => {
    let value = Math.fround(0.05);
    for (let n = 0; n < 5; n++) value = stepWeight(value, -1, 0.01);
    expect(value).toBe(0);
  });
});
