/** Permute: y[i0, i1, i2, i3] = x with index i_k on axis dims[k]. */
import type { Axis, OperatorRules, Shape } from '../operator.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { dimensionOf, rangeTo, stepsOf } from '../tensors.ts';
import type { Permute } from './attributes.ts';

export function rearrangementOf({ dims }: Permute, input: Shape): Rearrangement {
  const steps = stepsOf(input);
  return { first: 0, digits: dims.map((axis) => ({ size: input[axis], step: steps[axis] })) };
}

const keeps = ({ dims }: Permute, axis: Axis) => dims[dimensionOf(axis)] === dimensionOf(axis);

export const permute: OperatorRules<Permute> = {
  kind: 'permute',
  ...rearrangingRules<Permute>({
    outputShape: ({ dims }, input) => {
      const [a, b, c, d] = dims;
      if (new Set(dims).size === 4) return { ok: true, value: [input[a], input[b], input[c], input[d]] };
      const message = `permute(): duplicate dims are not allowed: (${dims.join(', ')})`;
      return { ok: false, error: { code: 'permute-dims', values: { dims: dims.join(', ') }, message } };
    },
    rearrangement: rearrangementOf,
  }),
  // An axis that moves is read whole.
  inputInterval: (operator, axis, output, size) => (keeps(operator, axis) ? output : { lo: 0, hi: size - 1 }),
  reads: (operator, axis, size, index) => (keeps(operator, axis) ? [index] : rangeTo(size)),
  readers: (operator, axis, size, index) => (keeps(operator, axis) ? [index] : rangeTo(size)),
};
