/** An activation as the epilogue of the program before it: two numbers for the piecewise linear ones, a text for the others. */
import { type Epilogue, identity, noCap } from '../programs/epilogue.ts';
import type { ActivationName } from './attributes.ts';

export function epilogueOf(name: ActivationName): Epilogue {
  switch (name) {
    case 'none':
      return identity;
    case 'relu':
      return { function: 'piecewise', slope: 0, cap: noCap };
    case 'leaky_relu':
      return { function: 'piecewise', slope: 0.01, cap: noCap };
    case 'relu6':
      return { function: 'piecewise', slope: 0, cap: 6 };
    case 'abs':
      return { function: 'piecewise', slope: -1, cap: noCap };
    case 'sigmoid':
    case 'tanh':
    case 'gelu':
    case 'silu':
      return { function: name, slope: 1, cap: noCap };
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}
