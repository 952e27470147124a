/** An activation as the epilogue of the program before it: two numbers for the piecewise linear ones, a text for the others. */
import { type Epilogue, identity } from '../programs/epilogue.ts';
import type { ActivationName } from './attributes.ts';

export function epilogueOf(name: ActivationName): Epilogue {
  switch (name) {
    case 'none':
      return identity;
    case 'relu':
      return { ...identity, slope: 0 };
    case 'leaky_relu':
      return { ...identity, slope: 0.01 };
    case 'relu6':
      return { ...identity, slope: 0, cap: 6 };
    case 'abs':
      return { ...identity, slope: -1 };
    case 'sigmoid':
    case 'tanh':
    case 'gelu':
    case 'silu':
      return { ...identity, function: name };
    default:
      name satisfies never;
      throw new Error('unknown activation');
  }
}
