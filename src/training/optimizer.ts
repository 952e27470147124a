/** What updates the weights: PyTorch's optimisers with their names, and the step of each that an operator computes. */
import type { OptimizerStep } from '../operators/optimizerStep/attributes.ts';
import { type Schedule, shareOfRate } from './schedule.ts';

export type Optimizer =
  | {
      readonly method: 'sgd';
      readonly learningRate: number;
      readonly momentum: number;
      readonly nesterov: boolean;
      readonly weightDecay: number;
    }
  | {
      readonly method: 'adam' | 'adamw';
      readonly learningRate: number;
      readonly betas: readonly [number, number];
      readonly eps: number;
      readonly weightDecay: number;
    };

/** Step `step` of `steps`, from 0. `decays`: only weights do; biases and norms have few numbers and a scale of their own. */
export function optimizerStepAt(
  optimizer: Optimizer,
  schedule: Schedule,
  [step, steps]: readonly [number, number],
  decays: boolean,
): OptimizerStep {
  const common = {
    kind: 'optimizer_step',
    learningRate: optimizer.learningRate * shareOfRate(schedule, step, steps),
    weightDecay: decays ? optimizer.weightDecay : 0,
  } as const;
  if (optimizer.method === 'sgd')
    return { ...common, method: 'sgd', momentum: optimizer.momentum, nesterov: optimizer.nesterov };
  const { betas, eps, method } = optimizer;
  return { ...common, method: 'adam', betas, eps, decoupled: method === 'adamw', step: step + 1 };
}
