/**
 * The formulas of the activations in float64. Each is written in the form that loses no digits: sigmoid never divides two large
 * numbers, GELU takes erfc, whose small values are exact where 1 + erf would cancel.
 */
import { erfc, erfcFast } from '../../math/erf.ts';
import type { ActivationName } from './attributes.ts';

/** PyTorch's default slope of LeakyReLU for negative values. */
export const leakySlope = 0.01;

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

function formulaOf(name: ActivationName, gaussianTail: (x: number) => number): (x: number) => number {
  switch (name) {
    case 'none':
      return (x) => x;
    case 'relu':
      return (x) => Math.max(x, 0);
    case 'leaky_relu':
      return (x) => (x < 0 ? leakySlope * x : x);
    case 'relu6':
      return (x) => Math.min(Math.max(x, 0), 6);
    case 'sigmoid':
      return sigmoid;
    case 'tanh':
      return Math.tanh;
    case 'gelu':
      return (x) => (x < -40 ? 0 : 0.5 * x * gaussianTail(-x * Math.SQRT1_2));
    case 'silu':
      return (x) => (x === Number.NEGATIVE_INFINITY ? 0 : x * sigmoid(x));
    case 'abs':
      return Math.abs;
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}

/** The exact formula, in float64. */
export function activate(name: ActivationName): (x: number) => number {
  return formulaOf(name, erfc);
}

/** The formula for float32 maps: the same, but GELU's erfc from a table (error below 2e-9 · |x|, under float32's own rounding). */
export function activateFast(name: ActivationName): (x: number) => number {
  return formulaOf(name, erfcFast);
}
