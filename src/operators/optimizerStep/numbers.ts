/** What does not depend on the values, worked out once in float64. */
import type { OptimizerStep } from './attributes.ts';

export interface StepNumbers {
  /** What the gradient takes of the tensor (L2), and what the tensor keeps of itself (AdamW). */
  readonly coupled: number;
  readonly kept: number;
  readonly rate: number;
  /** sgd: momentum; adam: 1 - beta1 and beta2. */
  readonly first: number;
  readonly second: number;
  /** adam: 1 / sqrt(1 - beta2^t) and eps. */
  readonly root: number;
  readonly eps: number;
}

export function numbersOf(operator: OptimizerStep): StepNumbers {
  const { learningRate: rate, weightDecay } = operator;
  if (operator.method === 'sgd')
    return { coupled: weightDecay, kept: 1, rate, first: operator.momentum, second: 0, root: 0, eps: 0 };
  const { betas, eps, decoupled, step } = operator;
  return {
    coupled: decoupled ? 0 : weightDecay,
    kept: decoupled ? 1 - rate * weightDecay : 1,
    rate: rate / (1 - betas[0] ** step),
    first: 1 - betas[0],
    second: betas[1],
    root: 1 / Math.sqrt(1 - betas[1] ** step),
    eps,
  };
}
