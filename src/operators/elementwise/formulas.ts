/** The functions in float64, and how fast they rise: an error e before the function is about `slope · e` after it. */
import type { Elementwise } from './attributes.ts';

const gelu = Math.sqrt(2 / Math.PI);

/** log(1 + e^x) without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

export function formulaOf({ function: name, alpha, beta }: Elementwise): (x: number) => number {
  switch (name) {
    case 'leaky_relu':
      return (x) => (x < 0 ? alpha * x : x);
    case 'elu':
      return (x) => (x < 0 ? alpha * Math.expm1(x) : x);
    case 'selu':
      return (x) => beta * (x < 0 ? alpha * Math.expm1(x) : x);
    case 'hard_sigmoid':
      return (x) => Math.min(Math.max(alpha * x + beta, 0), 1);
    case 'hard_swish':
      return (x) => x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
    case 'softplus':
      return softplus;
    case 'mish':
      return (x) => x * Math.tanh(softplus(x));
    case 'gelu_tanh':
      return (x) => 0.5 * x * (1 + Math.tanh(gelu * (x + 0.044715 * x ** 3)));
    case 'clip':
      return (x) => Math.min(Math.max(x, alpha), beta);
    case 'exp':
      return Math.exp;
    case 'sqrt':
      return Math.sqrt;
    case 'reciprocal':
      return (x) => 1 / x;
    case 'neg':
      return (x) => -x;
    case 'log':
      return Math.log;
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}

/** A bound of |f'| at x. */
export function slopeOf({ function: name, alpha, beta }: Elementwise): (x: number) => number {
  switch (name) {
    case 'leaky_relu':
    case 'elu':
      return () => Math.max(1, Math.abs(alpha));
    case 'selu':
      return () => Math.abs(beta) * Math.max(1, Math.abs(alpha));
    case 'hard_sigmoid':
      return () => Math.abs(alpha);
    case 'hard_swish':
      return () => 1.5;
    case 'mish':
    case 'gelu_tanh':
      return () => 1.13;
    case 'softplus':
    case 'clip':
    case 'neg':
      return () => 1;
    case 'exp':
      return Math.exp;
    case 'sqrt':
      return (x) => 0.5 / Math.sqrt(x);
    case 'reciprocal':
      return (x) => 1 / (x * x);
    case 'log':
      return (x) => 1 / x;
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
