/** What updates the weights: PyTorch's optimisers with their names, the operator that computes a step of each, and the pace of a step. */
import { type OptimizerStep, paceOf } from '../operators/optimizerStep/attributes.ts';
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

/** What updates one tensor. `decays`: only weights do; biases and norms have few numbers and a scale of their own. */
export function optimizerStepOf(optimizer: Optimizer, decays: boolean): OptimizerStep {
  const { learningRate } = optimizer;
  const common = {
    kind: 'optimizer_step',
    learningRate,
    weightDecay: decays ? optimizer.weightDecay : 0,
  } as const;
  if (optimizer.method === 'sgd')
    return { ...common, method: 'sgd', momentum: optimizer.momentum, nesterov: optimizer.nesterov };
  const { betas, eps, method } = optimizer;
  return { ...common, method: 'adam', betas, eps, decoupled: method === 'adamw' };
}

/** The pace of step `step` of `steps`, from 0. */
export function paceAt(
  optimizer: Optimizer,
  schedule: Schedule,
  [step, steps]: readonly [number, number],
): Float32Array {
  const betas = optimizer.method === 'sgd' ? null : optimizer.betas;
  return paceOf(shareOfRate(schedule, step, steps), betas, step + 1);
}
