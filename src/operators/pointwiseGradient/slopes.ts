/** The first derivatives in float64, and what bounds the second: how far an error of x moves the slope. */
import { erfc } from '../../math/erf.ts';
import type { PointwiseGradient } from './attributes.ts';

const gelu = Math.sqrt(2 / Math.PI);
const cubic = 0.044715;

const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** f'(x). */
export function slopeOf({ function: name, alpha, beta }: PointwiseGradient): (x: number) => number {
  switch (name) {
    case 'leaky_relu':
      return (x) => (x > 0 ? 1 : alpha);
    case 'abs':
      return Math.sign;
    case 'sigmoid':
      return (x) => sigmoid(x) * sigmoid(-x);
    case 'tanh':
      return (x) => 1 - Math.tanh(x) ** 2;
    case 'gelu':
      return (x) => 0.5 * erfc(-x * Math.SQRT1_2) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
    case 'silu':
      return (x) => sigmoid(x) * (1 + x * sigmoid(-x));
    case 'elu':
      return (x) => beta * (x > 0 ? 1 : alpha * Math.exp(x));
    case 'hard_sigmoid':
      return (x) => (alpha * x + beta > 0 && alpha * x + beta < 1 ? alpha : 0);
    case 'hard_swish':
      return (x) => (x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1);
    case 'mish':
      return (x) => {
        const t = Math.tanh(softplus(x));
        return t + x * (1 - t * t) * sigmoid(x);
      };
    case 'gelu_tanh':
      return (x) => {
        const t = Math.tanh(gelu * (x + cubic * x ** 3));
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * gelu * (1 + 3 * cubic * x * x);
      };
    case 'clip':
      return (x) => (x > alpha && x < beta ? 1 : 0);
    case 'sqrt':
      return (x) => 0.5 / Math.sqrt(x);
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}

/** A bound of |f''| at x, away from kinks. */
export function curvatureOf({ function: name, alpha, beta }: PointwiseGradient): (x: number) => number {
  switch (name) {
    case 'leaky_relu':
    case 'abs':
    case 'hard_sigmoid':
    case 'clip':
      return () => 0;
    case 'sigmoid':
      return () => 0.1;
    case 'tanh':
      return () => 0.77;
    // 2 / sqrt(2 pi) at 0; the form with tanh exceeds it a little.
    case 'gelu':
    case 'gelu_tanh':
      return () => 0.81;
    case 'silu':
      return () => 0.5;
    case 'elu':
      return () => Math.abs(alpha * beta);
    case 'hard_swish':
      return () => 1 / 3;
    case 'mish':
      return () => 0.7;
    case 'sqrt':
      return (x) => 0.25 / (x * Math.sqrt(x));
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}

/** Where the slope jumps, and by how much. */
export interface Kink {
  readonly at: number;
  readonly jump: number;
}

export function kinksOf({ function: name, alpha, beta }: PointwiseGradient): readonly Kink[] {
  switch (name) {
    case 'leaky_relu':
      return [{ at: 0, jump: Math.abs(1 - alpha) }];
    case 'abs':
      return [{ at: 0, jump: 2 }];
    case 'elu':
      return [{ at: 0, jump: Math.abs(beta * (1 - alpha)) }];
    case 'hard_sigmoid':
      return alpha === 0 ? [] : [-beta / alpha, (1 - beta) / alpha].map((at) => ({ at, jump: Math.abs(alpha) }));
    case 'hard_swish':
      return [-3, 3].map((at) => ({ at, jump: 0.5 }));
    case 'clip':
      return [alpha, beta].map((at) => ({ at, jump: 1 }));
    case 'sigmoid':
    case 'tanh':
    case 'gelu':
    case 'gelu_tanh':
    case 'silu':
    case 'mish':
    case 'sqrt':
      return [];
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
