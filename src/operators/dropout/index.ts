/** Dropout at inference: y = x. */
import type { OperatorRules, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { elementsOf } from '../tensors.ts';
import type { Dropout } from './attributes.ts';

export function rearrangementOf(_operator: Dropout, input: Shape): Rearrangement {
  return { first: 0, digits: [{ size: elementsOf(input), step: 1 }] };
}

export const dropout: OperatorRules<Dropout> = {
  kind: 'dropout',
  ...rearrangingRules<Dropout>({
    outputShape: (_operator, input) => ({ ok: true, value: input }),
    rearrangement: rearrangementOf,
  }),
  ...pointwise,
};
