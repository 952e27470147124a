import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHalfFloat, halfFloat } from './halfFloat.ts';

/** The number that 16 bits stand for. */
function numberOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

describe('a half float', () => {
  it('keeps every number that it can be', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      expect(halfFloat(numberOf(bits))).toBe(bits);
      expect(halfFloat(-numberOf(bits))).toBe(bits | 0x8000);
    }
  });

  it('is the nearest to any number, of two equally near the even one', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double({ min: 1e-9, max: 65500, noNaN: true }), fc.double({ min: 1e-9, max: 1e-3, noNaN: true })),
        (value) => {
          const bits = halfFloat(value);
          const off = Math.abs(numberOf(bits) - value);
          for (const other of [Math.max(0, bits - 1), bits + 1])
            expect(Math.abs(numberOf(other) - value)).toBeGreaterThanOrEqual(off);
        },
      ),
    );
    // 1 + 2^-11 lies between 1 and 1 + 2^-10, 1 + 3 * 2^-11 between that and 1 + 2^-9.
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11].map(halfFloat)).toEqual([0x3c00, 0x3c02]);
  });

  it('is infinite beyond its range, and not a number where there is none', () => {
    expect([65519, 65520, -1e9, Number.NaN].map(halfFloat)).toEqual([0x7bff, 0x7c00, 0xfc00, 0x7e00]);
  });
});

it('gives back every half that it reads', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = fromHalfFloat(bits);
    if (Number.isNaN(value)) expect(bits & 0x7c00).toBe(0x7c00);
    else expect(halfFloat(value)).toBe(bits);
  }
});
