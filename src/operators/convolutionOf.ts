/** The convolution that an operator is, where it is one: what the CPU engine's convolution computes. */
import type { Conv2d } from './conv2d/attributes.ts';
import { createConv2d } from './conv2d/index.ts';
import type { Operator } from './index.ts';

/** Its weights are those of the operator in the same order. Null for operators that are no convolution. */
export function convolutionOf(operator: Operator): Conv2d | null {
  switch (operator.kind) {
    case 'conv2d':
      return operator;
    case 'linear':
      return createConv2d({
        inChannels: operator.inFeatures,
        outChannels: operator.outFeatures,
        kernelSize: [1, 1],
        bias: operator.bias,
      });
    default:
      return null;
  }
}
