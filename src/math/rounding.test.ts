import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, commonDecimals, printUnits, toUnits } from './rounding.ts';

describe('rounding of printed sums', () => {
  it('gives three thirds that add up to one', () => {
    expect(apportion([1 / 3, 1 / 3, 1 / 3], 2, 100)).toEqual([34, 33, 33]);
  });

  it('keeps three or four significant digits of the largest number', () => {
    expect(commonDecimals([0.5, -1.25])).toBe(3);
    expect(commonDecimals([0.5, -0.25])).toBe(3);
    expect(commonDecimals([200, 3])).toBe(1);
    expect(commonDecimals([0.0123])).toBe(4);
    expect(commonDecimals([0, 0])).toBe(3);
    expect(commonDecimals([123456])).toBe(0);
  });

  it('prints no negative zero', () => {
    expect(printUnits(toUnits(-0.0001, 3), 3)).toBe('0.000');
    expect(printUnits(toUnits(-0.0005, 3), 3)).toBe('\u22120.001');
  });

  it('adds up exactly, and moves no part by more than one unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 225 }),
        fc.integer({ min: 0, max: 4 }),
        (parts, decimals) => {
          const total = toUnits(
            parts.reduce((sum, part) => sum + part, 0),
            decimals,
          );
          const units = apportion(parts, decimals, total);
          expect(units.reduce((sum, unit) => sum + unit, 0)).toBe(total);
          parts.forEach((part, index) => {
            expect(Math.abs((units[index] ?? 0) - part * 10 ** decimals)).toBeLessThan(1.0001);
          });
        },
      ),
    );
  });
});
