/** The values of a convolution on the host: in float32 and in float64. */
import type { OperatorArithmetic } from '../operator.ts';
import type { Conv2d } from './attributes.ts';
import { computeConv2d } from './compute.ts';
import { referenceConv2d } from './reference.ts';

export const conv2dArithmetic: OperatorArithmetic<Conv2d> = {
  reference: referenceConv2d,
  compute: computeConv2d,
  scaleFrom: (conv, { scales, own }, values) => {
    if (!values) throw new Error('a convolution has weights');
    const absolute = { weight: values.weight.map(Math.abs), bias: null };
    const inherited = referenceConv2d(conv, scales, absolute).output.values;
    return own.map((value, i) => value + inherited[i]!);
  },
};
