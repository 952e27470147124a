/** Element-wise activations: shape and field stay, every value passes through one formula. No parameters, no MACs. */
import type { Shape, StructuralRules } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Activation, ActivationName } from './attributes.ts';

/** Whether the output can be below zero: such maps are shown on a diverging scale. */
export function canBeNegative(name: ActivationName): boolean {
  switch (name) {
    case 'none':
    case 'leaky_relu':
    case 'tanh':
    case 'gelu':
    case 'silu':
      return true;
    case 'relu':
    case 'relu6':
    case 'sigmoid':
    case 'abs':
      return false;
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}

export function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1)
    throw new Error(`an activation reads one tensor, not ${inputs.length}`);
  return input;
}

export const activation: StructuralRules<Activation> = {
  kind: 'activation',
  outputShape: (_, inputs) => ({ ok: true, value: only(inputs) }),
  parameters: () => [],
  arity: () => 1,
  ...pointwise,
  cost: (_, inputs) => {
    const shape: Shape = only(inputs);
    return { parameters: 0, macs: 0, usefulMacs: 0, activationBytes: 4 * shape.reduce((a, b) => a * b, 1) };
  },
};
