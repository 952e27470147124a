/** The values of an input are those that are given. */
import type { OperatorArithmetic } from '../operator.ts';
import type { Input } from './attributes.ts';

export const inputArithmetic: OperatorArithmetic<Input> = {
  reference: (_, inputs) => {
    const given = inputs[0];
    if (!given) throw new Error('an input takes the one tensor that is given to it');
    const values = Float64Array.from(given.values);
    return { output: { shape: given.shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (_, inputs) => {
    const given = inputs[0];
    if (!given) throw new Error('an input takes the one tensor that is given to it');
    return given;
  },
  scaleFrom: (_operator, { own }) => own,
};
