/** The input of a graph: it has no inputs of its own, its value is given; only its channels are declared. */
import type { Shape, StructuralRules } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Input } from './attributes.ts';

/**
 * Rules of the input, whose given tensor stands in the place of what it reads: `outputShape` checks that it has the declared
 * channels, the others pass it on.
 */
export const input: StructuralRules<Input> = {
  kind: 'input',
  outputShape: (operator, inputs) => {
    const shape: Shape | undefined = inputs[0];
    if (!shape || inputs.length !== 1) throw new Error('an input takes the one shape that is given to it');
    if (shape[1] === operator.channels) return { ok: true, value: shape };
    return {
      ok: false,
      error: {
        code: 'input-channels',
        values: { expected: operator.channels, got: shape[1] },
        message: `expected input[${shape.join(', ')}] to have ${operator.channels} channels, but got ${shape[1]} channels instead`,
      },
    };
  },
  parameters: () => [],
  arity: () => 0,
  ...pointwise,
  cost: (_, inputs) => ({
    parameters: 0,
    macs: 0,
    usefulMacs: 0,
    activationBytes: 4 * (inputs[0] ?? []).reduce((a, b) => a * b, 1),
  }),
};
