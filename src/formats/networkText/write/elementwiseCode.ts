/** Functions of single values as PyTorch has them. */
import type { Elementwise } from '../../../operators/elementwise/attributes.ts';
import { expression, moduleCode, type OperatorCode } from './code.ts';
import { call, numberText } from './text.ts';

const seluNumbers = [1.6732632423543772, 1.0507009873554805] as const;

export function elementwiseCode({ function: name, alpha, beta }: Elementwise): OperatorCode {
  const numbers = `${numberText(alpha)}, ${numberText(beta)}`;
  switch (name) {
    case 'leaky_relu':
      return moduleCode(call('nn.LeakyReLU', [numberText(alpha)]));
    case 'elu':
      return moduleCode(call('nn.ELU', alpha === 1 ? [] : [numberText(alpha)]));
    case 'selu':
      if (alpha === seluNumbers[0] && beta === seluNumbers[1]) return moduleCode('nn.SELU()');
      return expression((x) => `selu(${x}, ${numbers})`, 'selu');
    case 'hard_sigmoid':
      if (alpha === 1 / 6 && beta === 0.5) return moduleCode('nn.Hardsigmoid()');
      return expression((x) => `hard_sigmoid(${x}, ${numbers})`, 'hard_sigmoid');
    case 'hard_swish':
      return moduleCode('nn.Hardswish()');
    case 'softplus':
      return moduleCode('nn.Softplus()');
    case 'mish':
      return moduleCode('nn.Mish()');
    case 'gelu_tanh':
      return moduleCode("nn.GELU(approximate='tanh')");
    case 'clip':
      return expression((x) => `torch.clamp(${x}, ${numbers})`);
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'reciprocal':
    case 'neg':
      return expression((x) => `torch.${name}(${x})`);
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
