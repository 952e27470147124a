/** Element-wise activations: shape and field stay, every value passes through one formula. No parameters, no MACs. */
import type { HostTensor, OperatorRules, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Activation, ActivationName } from './attributes.ts';
import { activate, activateFast } from './reference.ts';

export { activate };

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

/** The steepest slope anywhere: an error e before the activation is at most `steepestSlope · e` after it. */
export function steepestSlope(name: ActivationName): number {
  switch (name) {
    case 'sigmoid':
      return 0.25;
    // GELU'(x) = Φ(x) + xφ(x) is largest at x = √2: 1.12890...; SiLU' at x = 2.3994: 1.09984...
    case 'gelu':
      return 1.129;
    case 'silu':
      return 1.1;
    case 'none':
    case 'relu':
    case 'leaky_relu':
    case 'relu6':
    case 'tanh':
    case 'abs':
      return 1;
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}

function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1)
    throw new Error(`an activation reads one tensor, not ${inputs.length}`);
  return input;
}

export const activation: OperatorRules<Activation> = {
  kind: 'activation',
  outputShape: (_, inputs) => ({ ok: true, value: only(inputs) }),
  parameters: () => [],
  arity: () => 1,
  ...pointwise,
  cost: (_, inputs) => {
    const shape: Shape = only(inputs);
    return { parameters: 0, macs: 0, usefulMacs: 0, activationBytes: 4 * shape.reduce((a, b) => a * b, 1) };
  },
  reference: (operator, inputs) => {
    const input: HostTensor = only(inputs);
    const formula = activate(operator.function);
    const values = Float64Array.from(input.values, formula);
    return { output: { shape: input.shape, values }, magnitude: Float64Array.from(input.values, Math.abs) };
  },
  compute: (operator, inputs) => {
    const input = only(inputs);
    const formula = activateFast(operator.function);
    const values = new Float32Array(input.values.length);
    for (let i = 0; i < values.length; i++) values[i] = formula(input.values[i]!);
    return { shape: input.shape, values };
  },
  scaleFrom: (operator, { scales }) => {
    const slope = steepestSlope(operator.function);
    return only(scales).values.map((scale) => slope * scale);
  },
};
