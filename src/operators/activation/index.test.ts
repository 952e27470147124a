import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activationArithmetic, steepestSlope } from './arithmetic.ts';
import { activationNames } from './attributes.ts';
import { canBeNegative } from './index.ts';
import { activate, activateFast } from './reference.ts';

describe('the activations at -2, 0 and 2', () => {
  it.each([
    ['none', -2, 0, 2],
    ['relu', 0, 0, 2],
    ['leaky_relu', -0.02, 0, 2],
    ['relu6', 0, 0, 2],
    ['sigmoid', 0.11920292202211755, 0.5, 0.8807970779778823],
    ['tanh', -0.9640275800758169, 0, 0.9640275800758169],
    ['gelu', -0.04550026389635844, 0, 1.9544997361036416],
    ['silu', -0.2384058440442351, 0, 1.7615941559557646],
    ['abs', 2, 0, 2],
  ] as const)('%s: %d, %d, %d', (name, below, at, above) => {
    const formula = activate(name);
    expect(formula(-2)).toBeCloseTo(below, 15);
    expect(formula(0)).toBeCloseTo(at, 15);
    expect(formula(2)).toBeCloseTo(above, 14);
  });

  it('ReLU6 ends at 6', () => {
    expect(activate('relu6')(9)).toBe(6);
  });

  it.each(activationNames)('%s gives a number for every number, however large', (name) => {
    for (const x of [-3e38, -1000, -1e-30, 1e-30, 1000, 3e38]) {
      expect(Number.isFinite(activate(name)(x))).toBe(true);
      expect(Number.isFinite(activateFast(name)(x))).toBe(true);
    }
  });
});

const value = fc.double({ min: -30, max: 30, noNaN: true });

describe('the laws of the activations', () => {
  it.each(activationNames)('%s is negative only where it is said to be', (name) => {
    const formula = activate(name);
    const samples = Array.from({ length: 401 }, (_, i) => formula(i / 10 - 20));
    expect(samples.some((y) => y < 0)).toBe(canBeNegative(name));
  });

  it.each(activationNames)('%s is nowhere steeper than its bound', (name) => {
    const formula = activate(name);
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.abs(formula(a) - formula(b))).toBeLessThanOrEqual(steepestSlope(name) * Math.abs(a - b) + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it.each(activationNames)('%s in float32 is the exact value to 1e-7 of its argument', (name) => {
    const operator = { kind: 'activation', function: name } as const;
    const values = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 50);
    const input = { shape: [1, 1, 1, values.length] as const, values };
    const { output, magnitude } = activationArithmetic.reference(operator, [input], null);
    activationArithmetic.compute(operator, [input], null).values.forEach((computed, i) => {
      expect(Math.abs(computed - output.values[i]!)).toBeLessThanOrEqual(1e-7 * (1 + magnitude[i]!));
    });
  });
});
