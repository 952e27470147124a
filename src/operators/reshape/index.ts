/** Reshape: y[i] = x[i] in row-major order. */
import type { OperatorRules } from '../operator.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { elementsOf, rangeTo } from '../tensors.ts';
import type { Reshape } from './attributes.ts';

export function rearrangementOf({ shape }: Reshape): Rearrangement {
  return { first: 0, digits: [{ size: elementsOf(shape), step: 1 }] };
}

export const reshape: OperatorRules<Reshape> = {
  kind: 'reshape',
  ...rearrangingRules<Reshape>({
    outputShape: ({ shape }, input) => {
      if (elementsOf(shape) === elementsOf(input)) return { ok: true, value: shape };
      const message = `shape '[${shape.join(', ')}]' is invalid for input of size ${elementsOf(input)}`;
      return { ok: false, error: { code: 'reshape-size', values: { size: elementsOf(input) }, message } };
    },
    rearrangement: rearrangementOf,
  }),
  // A row may hold values of any rows: the bound is all of them.
  inputInterval: (_operator, _axis, _output, size) => ({ lo: 0, hi: size - 1 }),
  reads: (_operator, _axis, size) => rangeTo(size),
  readers: ({ shape }, axis) => rangeTo(shape[axis === 'h' ? 2 : 3]),
};
