/**
 * One step of an optimiser on one tensor: from its state [1, 1, S, n], the tensor's n values and behind them the optimiser's own, the
 * gradient (n values in any shape) and the pace the next state. Formulas are PyTorch's (`torch.optim.SGD`, without dampening, `Adam`,
 * `AdamW`), w the tensor, g its gradient, t the step:
 *
 *   sgd   S = 2  g' = g + decay w;  b = momentum b + g';  w - rate (nesterov: g' + momentum b; else b)
 *   adam  S = 3  w' = (1 - rate decay) w (decoupled; else g' = g + decay w);  m = m + (1 - beta1)(g' - m);  v = beta2 v + (1 - beta2) g'^2
 *                w' - rate / (1 - beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps)
 *
 * The pace [1, 1, 1, 3] is what changes from step to step, so that a new step needs no new graph: the share of the learning rate that is
 * taken now, 1 / (1 - beta1^t) and 1 / sqrt(1 - beta2^t), the latter two for adam alone (`paceOf`).
 *
 * No layer: what training runs behind the gradients. A state that is all zeros but for the tensor is the beginning.
 */
interface Common {
  readonly kind: 'optimizer_step';
  /** The highest; the pace says which share of it is taken. */
  readonly learningRate: number;
  readonly weightDecay: number;
}

export interface SgdStep extends Common {
  readonly method: 'sgd';
  readonly momentum: number;
  readonly nesterov: boolean;
}

export interface AdamStep extends Common {
  readonly method: 'adam';
  readonly betas: readonly [number, number];
  readonly eps: number;
  /** AdamW: the decay is a step of its own and no part of the gradient. */
  readonly decoupled: boolean;
}

export type OptimizerStep = SgdStep | AdamStep;

/** Rows of the state, S: the tensor and what the method keeps of earlier gradients. */
export function stateRows({ method }: Pick<OptimizerStep, 'method'>): number {
  return method === 'sgd' ? 2 : 3;
}

/** Numbers of the pace. */
export const paceNumbers = 3;

/** The pace of a step, counted from 1; `betas`: null for sgd. */
export function paceOf(share: number, betas: readonly [number, number] | null, step: number): Float32Array {
  if (!betas) return Float32Array.of(share, 1, 1);
  return Float32Array.of(share, 1 / (1 - betas[0] ** step), 1 / Math.sqrt(1 - betas[1] ** step));
}
