/** The values of an activation on the host: in float32 and in float64. */
import type { HostTensor, OperatorArithmetic } from '../operator.ts';
import type { Activation, ActivationName } from './attributes.ts';
import { only } from './index.ts';
import { activate, activateFast } from './reference.ts';

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

export const activationArithmetic: OperatorArithmetic<Activation> = {
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
