/** Element-wise functions: shape and field stay, every value passes through one formula. */
import type { OperatorRules } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, only } from '../tensors.ts';
import type { Elementwise } from './attributes.ts';
import { formulaOf, slopeOf } from './formulas.ts';

export const elementwise: OperatorRules<Elementwise> = {
  kind: 'elementwise',
  outputShape: (_operator, inputs) => ({ ok: true, value: only(inputs) }),
  parameters: () => [],
  arity: () => 1,
  ...pointwise,
  cost: (_operator, inputs) => costWithoutMacs(only(inputs)),
  reference: (operator, inputs) => {
    const { shape, values } = only(inputs);
    const output = Float64Array.from(values, formulaOf(operator));
    return { output: { shape, values: output }, magnitude: output.map((y, i) => Math.abs(y) + Math.abs(values[i]!)) };
  },
  compute: (operator, inputs) => {
    const { shape, values } = only(inputs);
    return { shape, values: Float32Array.from(values, formulaOf(operator)) };
  },
  scaleFrom: (operator, { inputs, scales, own }) => {
    const slope = slopeOf(operator);
    const { values } = only(inputs);
    const scale = only(scales).values;
    return own.map((magnitude, i) => magnitude + slope(values[i]!) * scale[i]!);
  },
};
