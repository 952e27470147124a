import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldText, isAllowed, nearest, stepped } from './numberValue.ts';

test('a wish outside the range becomes its nearest end; the typed end may lie beyond the slider', () => {
  expect(nearest({ min: 1, max: 8 }, 12)).toBe(8);
  expect(nearest({ min: 1, max: 8 }, -3)).toBe(1);
  expect(nearest({ min: 0, max: 15, typedMax: 112 }, 100)).toBe(100);
});

test('steps are counted from the minimum: from 16 by 8, a wish of 21 becomes 24', () => {
  expect(nearest({ min: 16, max: 64, step: 8 }, 21)).toBe(24);
  expect(stepped({ min: 0, max: 1, step: 0.1 }, 0.2, 1)).toBe(0.3);
});

test('a list takes its nearest member: of the divisors 1, 2, 3, 6 a wish of 4 becomes 3', () => {
  const groups = { min: 1, max: 6, allowed: [1, 2, 3, 6] };
  expect(nearest(groups, 4)).toBe(3);
  expect(stepped(groups, 3, 1)).toBe(6);
  expect(stepped(groups, 6, 1)).toBe(6);
  expect(isAllowed(groups, 4)).toBe(false);
});

test('whatever is wished, the nearest value is allowed', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 500 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 99 }),
      (wish, min, more) => {
        const range = { min, max: min + more };
        const value = nearest(range, wish);
        return value >= min && value <= min + more && isAllowed(range, value);
      },
    ),
  );
});

test('writes small numbers so that a short field shows them', () => {
  expect([1e-5, -2.5e-4, 0.001, 0, 12.5].map(fieldText)).toEqual(['1e-5', '-2.5e-4', '0.001', '0', '12.5']);
});
