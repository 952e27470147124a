/** What a step multiplies by: of the operator, and of the pace that it goes at. */
import type { FloatArray } from '../operator.ts';
import type { OptimizerStep } from './attributes.ts';

export interface StepNumbers {
  /** What the gradient takes of the tensor (L2). */
  readonly coupled: number;
  /** What the tensor loses by itself for each unit of the rate (AdamW). */
  readonly apart: number;
  /** sgd: momentum; adam: 1 - beta1 and beta2. */
  readonly first: number;
  readonly second: number;
  readonly eps: number;
}

export function numbersOf(operator: OptimizerStep): StepNumbers {
  const { weightDecay } = operator;
  if (operator.method === 'sgd') return { coupled: weightDecay, apart: 0, first: operator.momentum, second: 0, eps: 0 };
  const { betas, eps, decoupled } = operator;
  return {
    coupled: decoupled ? 0 : weightDecay,
    apart: decoupled ? weightDecay : 0,
    first: 1 - betas[0],
    second: betas[1],
    eps,
  };
}

export interface PacedNumbers {
  /** What the tensor keeps of itself. */
  readonly kept: number;
  readonly rate: number;
  /** adam: 1 / sqrt(1 - beta2^t). */
  readonly root: number;
}

/** `pace`: its values, as `attributes.ts` has them. */
export function pacedNumbersOf(operator: OptimizerStep, pace: FloatArray): PacedNumbers {
  const [share = 1, ofFirst = 1, root = 1] = pace;
  const rate = operator.learningRate * share;
  if (operator.method === 'sgd') return { kept: 1, rate, root: 0 };
  return { kept: 1 - rate * numbersOf(operator).apart, rate: rate * ofFirst, root };
}
