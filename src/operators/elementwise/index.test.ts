import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Elementwise, type ElementwiseFunction, elementwiseFunctions } from './attributes.ts';
import { formulaOf, slopeOf } from './formulas.ts';

const at = (name: ElementwiseFunction, x: number, alpha = 0, beta = 0) =>
  formulaOf({ kind: 'elementwise', function: name, alpha, beta })(x);

describe('element-wise functions', () => {
  it('have the values that can be checked by hand', () => {
    expect(at('leaky_relu', -2, 0.1)).toBeCloseTo(-0.2, 12);
    expect(at('elu', -1, 2)).toBeCloseTo(2 * (1 / Math.E - 1), 12);
    expect(at('hard_sigmoid', 1, 0.2, 0.5)).toBeCloseTo(0.7, 12);
    expect([-4, 0, 3].map((x) => at('hard_swish', x))).toEqual([-0, 0, 3]);
    expect(at('softplus', 0)).toBeCloseTo(Math.LN2, 12);
    expect(at('softplus', 800)).toBe(800);
    expect(at('mish', 0)).toBe(0);
    expect([-5, 0.5, 5].map((x) => at('clip', x, -1, 1))).toEqual([-1, 0.5, 1]);
    expect(at('gelu_tanh', 1)).toBeCloseTo(0.8411919906, 9);
  });

  it('keep the mean and the variance in SELU’s fixed point (Klambauer et al. 2017): the slope at 0+ is 1.0507', () => {
    expect(at('selu', 1, 1.67326, 1.0507)).toBeCloseTo(1.0507, 12);
  });

  it('rise no faster than is said', () => {
    const numbers = { alpha: 0.3, beta: 0.5 };
    fc.assert(
      fc.property(fc.constantFrom(...elementwiseFunctions), fc.double({ min: 0.1, max: 3, noNaN: true }), (name, x) => {
        const operator: Elementwise = { kind: 'elementwise', function: name, ...numbers };
        const step = 1e-6;
        const rise = Math.abs(formulaOf(operator)(x + step) - formulaOf(operator)(x)) / step;
        expect(rise).toBeLessThanOrEqual(Math.max(slopeOf(operator)(x), slopeOf(operator)(x + step)) + 1e-4);
      }),
    );
  });
});
