/** What PyTorch calls each operator, and which of its attributes are said by place and which by name. */
import type { Elementwise } from '../../../operators/elementwise/attributes.ts';
import type { Operator } from '../../../operators/index.ts';

export interface Signature {
  /** Keys of the operator. */
  readonly positional: readonly string[];
  readonly keywords: readonly string[];
  /** How the tensors that a join reads are written. */
  readonly operands: 'arguments' | 'list';
}

interface Module extends Signature {
  /** `nn.`, `torch.`; empty for what PyTorch does not have under this name. */
  readonly prefix: string;
  readonly name: string;
}

function module(
  prefix: string,
  name: string,
  positional: readonly string[] = [],
  keywords: readonly string[] = [],
  operands: Signature['operands'] = 'arguments',
): Module {
  return { prefix, name, positional, keywords, operands };
}

export function moduleOf(operator: Operator): Module {
  switch (operator.kind) {
    case 'input':
      return module('', 'picture', ['channels']);
    case 'conv2d':
      return module(
        'nn.',
        'Conv2d',
        ['inChannels', 'outChannels'],
        ['kernelSize', 'stride', 'padding', 'dilation', 'groups', 'bias', 'paddingMode'],
      );
    case 'conv_transpose2d':
      return module(
        'nn.',
        'ConvTranspose2d',
        ['inChannels', 'outChannels'],
        ['kernelSize', 'stride', 'padding', 'outputPadding', 'groups', 'bias', 'dilation'],
      );
    case 'deform_conv2d':
      return module(
        'ops.',
        'DeformConv2d',
        ['inChannels', 'outChannels'],
        ['kernelSize', 'stride', 'padding', 'dilation', 'groups', 'bias'],
      );
    case 'linear':
      return module('nn.', 'Linear', ['inFeatures', 'outFeatures'], ['bias']);
    case 'locally_connected2d':
      return module(
        '',
        'LocallyConnected2d',
        ['inChannels', 'outChannels'],
        ['kernelSize', 'stride', 'padding', 'dilation', 'bias'],
      );
    case 'activation':
      return activationModule(operator.function);
    case 'elementwise':
      return elementwiseModule(operator.function);
    case 'prelu':
      return module('nn.', 'PReLU', ['numParameters']);
    case 'pool2d':
      return operator.function === 'max'
        ? module('nn.', 'MaxPool2d', ['kernelSize'], ['stride', 'padding', 'dilation', 'ceilMode'])
        : module('nn.', 'AvgPool2d', ['kernelSize'], ['stride', 'padding', 'ceilMode', 'countIncludePad']);
    case 'adaptive_pool2d':
      return module('nn.', operator.function === 'max' ? 'AdaptiveMaxPool2d' : 'AdaptiveAvgPool2d', ['outputSize']);
    case 'reduce':
      return module('torch.', { mean: 'mean', sum: 'sum', max: 'amax', min: 'amin' }[operator.function], [], ['axes']);
    case 'batch_norm2d':
      return module('nn.', 'BatchNorm2d', ['numFeatures'], ['eps']);
    case 'layer_norm2d':
      return module('', 'LayerNorm2d', ['numChannels'], ['eps']);
    case 'group_norm':
      return module('nn.', 'GroupNorm', ['numGroups', 'numChannels'], ['eps']);
    case 'local_response_norm':
      return module('nn.', 'LocalResponseNorm', ['size'], ['alpha', 'beta', 'k']);
    case 'dropout':
      return module('nn.', 'Dropout', ['p']);
    case 'softmax':
      return module('nn.', 'Softmax', [], ['axis']);
    case 'resize':
      return module('nn.', 'Upsample', [], ['size', 'scaleFactor', 'mode']);
    case 'pad':
      return module('F.', 'pad', ['before', 'after'], operator.mode === 'constant' ? ['mode', 'value'] : ['mode']);
    case 'slice':
      return module('', 'slice', ['start', 'count'], ['step']);
    case 'permute':
      return module('torch.', 'permute', ['dims']);
    case 'reshape':
      return operator.shape[2] === 1 && operator.shape[3] === 1
        ? module('nn.', 'Flatten')
        : module('torch.', 'reshape', ['shape']);
    case 'channel_shuffle':
      return module('nn.', 'ChannelShuffle', ['groups']);
    case 'depth_to_space':
      return module('nn.', 'PixelShuffle', ['block'], ['mode']);
    case 'space_to_depth':
      return module('nn.', 'PixelUnshuffle', ['block'], ['mode']);
    case 'arithmetic':
      return module('torch.', arithmeticNames[operator.function]);
    case 'concat':
      return module('torch.', 'cat', [], ['axis'], 'list');
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      throw new Error(`${operator.kind} is a step of a gradient, no layer`);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

const arithmeticNames = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'div',
  power: 'pow',
  minimum: 'minimum',
  maximum: 'maximum',
} as const;

type ActivationFunction = Extract<Operator, { readonly kind: 'activation' }>['function'];

function activationModule(name: ActivationFunction): Module {
  const names: Readonly<Record<ActivationFunction, string>> = {
    none: 'Identity',
    relu: 'ReLU',
    leaky_relu: 'LeakyReLU',
    relu6: 'ReLU6',
    sigmoid: 'Sigmoid',
    tanh: 'Tanh',
    gelu: 'GELU',
    silu: 'SiLU',
    abs: 'abs',
  };
  return module(name === 'abs' ? 'torch.' : 'nn.', names[name]);
}

function elementwiseModule(name: Elementwise['function']): Module {
  switch (name) {
    case 'leaky_relu':
      return module('nn.', 'LeakyReLU', ['alpha']);
    case 'elu':
      return module('nn.', 'ELU', ['alpha']);
    case 'selu':
      return module('nn.', 'SELU');
    case 'hard_sigmoid':
      return module('nn.', 'Hardsigmoid');
    case 'hard_swish':
      return module('nn.', 'Hardswish');
    case 'softplus':
      return module('nn.', 'Softplus');
    case 'mish':
      return module('nn.', 'Mish');
    case 'gelu_tanh':
      return module('nn.', 'GELU');
    case 'clip':
      return module('torch.', 'clamp', ['alpha', 'beta']);
    case 'exp':
    case 'log':
    case 'sqrt':
    case 'reciprocal':
    case 'neg':
      return module('torch.', name);
    default:
      name satisfies never;
      throw new Error('unknown function');
  }
}
