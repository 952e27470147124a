/**
 * An operator as PyTorch: a module that the network owns, or an expression over what it reads. Sides that PyTorch's own argument cannot
 * say stand as an `F.pad` around the input (of a transposed convolution, around its output), and are read back into the layer.
 */
import { writePyTorchActivation } from '../../../operators/activation/writePyTorch.ts';
import { isNone, isSymmetric, pairText } from '../../../operators/codeText.ts';
import { resolvePadding } from '../../../operators/conv2d/padding.ts';
import type { Operator } from '../../../operators/index.ts';
import { writePyTorchLinear } from '../../../operators/linear/code.ts';
import type { Shape } from '../../../operators/operator.ts';
import { expression, listed, moduleCode, type OperatorCode, paddedModule } from './code.ts';
import { elementwiseCode } from './elementwiseCode.ts';
import { poolCode, resizeCode } from './samplingCode.ts';
import { arithmeticCode, padCode, sliceCode } from './tensorCode.ts';
import { call, numberText, padText, tuple, yes } from './text.ts';

/** `inputs`: the shapes of what it reads. */
export function operatorCode(
  operator: Exclude<Operator, { readonly kind: 'input' }>,
  inputs: readonly Shape[],
): OperatorCode {
  switch (operator.kind) {
    case 'conv2d':
      return convCode(operator);
    case 'conv_transpose2d': {
      const { padding } = operator;
      const isOwn = isSymmetric(padding);
      const module = call(
        'nn.ConvTranspose2d',
        [operator.inChannels, operator.outChannels],
        [
          ['kernel_size', pairText(operator.kernelSize)],
          ['stride', pairText(operator.stride), '1'],
          ['padding', isOwn ? pairText([padding.top, padding.left]) : '0', '0'],
          ['output_padding', pairText(operator.outputPadding), '0'],
          ['groups', String(operator.groups), '1'],
          ['bias', yes(operator.bias), 'True'],
          ['dilation', pairText(operator.dilation), '1'],
        ],
      );
      if (isOwn) return moduleCode(module);
      const crop = tuple([padding.left, padding.right, padding.top, padding.bottom].map((side) => 0 - side));
      return { module, apply: (read, applied) => `F.pad(${applied}(${listed(read)}), ${crop})` };
    }
    case 'deform_conv2d': {
      const { padding } = operator;
      const isOwn = isSymmetric(padding);
      const module = call(
        'torchvision.ops.DeformConv2d',
        [operator.inChannels, operator.outChannels],
        [
          ['kernel_size', pairText(operator.kernelSize)],
          ['stride', pairText(operator.stride), '1'],
          ['padding', isOwn ? pairText([padding.top, padding.left]) : '0', '0'],
          ['dilation', pairText(operator.dilation), '1'],
          ['groups', String(operator.groups), '1'],
          ['bias', yes(operator.bias), 'True'],
        ],
      );
      return isOwn ? moduleCode(module) : paddedModule(module, padding);
    }
    case 'locally_connected2d': {
      const module = call(
        'LocallyConnected2d',
        [operator.inChannels, operator.outChannels],
        [
          ['input_size', tuple(operator.inputSize)],
          ['kernel_size', tuple(operator.kernelSize)],
          ['stride', tuple(operator.stride), '(1, 1)'],
          ['padding', padText(operator.padding), '(0, 0, 0, 0)'],
          ['dilation', tuple(operator.dilation), '(1, 1)'],
          ['bias', yes(operator.bias), 'True'],
        ],
      );
      return moduleCode(module, 'LocallyConnected2d');
    }
    case 'linear':
      return moduleCode(writePyTorchLinear(operator));
    case 'activation':
      if (operator.function === 'abs') return expression((x) => `torch.abs(${x})`);
      return moduleCode(writePyTorchActivation(operator.function) ?? 'nn.Identity()');
    case 'elementwise':
      return elementwiseCode(operator);
    case 'prelu':
      return moduleCode(call('nn.PReLU', operator.numParameters === 1 ? [] : [operator.numParameters]));
    case 'pool2d':
      return poolCode(operator, inputs[0]!);
    case 'adaptive_pool2d': {
      const name = operator.function === 'max' ? 'nn.AdaptiveMaxPool2d' : 'nn.AdaptiveAvgPool2d';
      return moduleCode(`${name}(${pairText(operator.outputSize)})`);
    }
    case 'batch_norm2d':
      return moduleCode(call('nn.BatchNorm2d', [operator.numFeatures], [['eps', numberText(operator.eps), '0.00001']]));
    case 'layer_norm2d':
      return moduleCode(
        call('LayerNorm2d', [operator.numChannels], [['eps', numberText(operator.eps), '0.00001']]),
        'LayerNorm2d',
      );
    case 'group_norm':
      return moduleCode(
        call(
          'nn.GroupNorm',
          [operator.numGroups, operator.numChannels],
          [['eps', numberText(operator.eps), '0.00001']],
        ),
      );
    case 'local_response_norm': {
      const { size, alpha, beta, k, channelsBefore } = operator;
      const module = call(
        'nn.LocalResponseNorm',
        [size],
        [
          ['alpha', numberText(alpha), '0.0001'],
          ['beta', numberText(beta), '0.75'],
          ['k', numberText(k), '1'],
        ],
      );
      const isOwn = channelsBefore === Math.floor(size / 2);
      return isOwn
        ? moduleCode(module)
        : { ...moduleCode(module), note: 'PyTorch places the window of channels otherwise' };
    }
    case 'dropout':
      return moduleCode(call('nn.Dropout', [numberText(operator.p)]));
    case 'softmax':
      return moduleCode(`nn.Softmax(dim=${operator.axis})`);
    case 'channel_shuffle':
      return moduleCode(`nn.ChannelShuffle(${operator.groups})`);
    case 'depth_to_space':
      if (operator.mode === 'CRD') return moduleCode(`nn.PixelShuffle(${operator.block})`);
      return expression((x) => `depth_to_space(${x}, ${operator.block})`, 'depth_to_space');
    case 'space_to_depth':
      if (operator.mode === 'CRD') return moduleCode(`nn.PixelUnshuffle(${operator.block})`);
      return expression((x) => `space_to_depth(${x}, ${operator.block})`, 'space_to_depth');
    case 'resize':
      return resizeCode(operator, inputs[0]!);
    case 'pad':
      return padCode(operator, inputs[0]!);
    case 'slice':
      return sliceCode(operator, inputs[0]!);
    case 'permute':
      return expression((x) => `torch.permute(${x}, ${tuple(operator.dims)})`);
    case 'reshape': {
      const [, ...sizes] = operator.shape;
      const isFlatten = sizes[1] === 1 && sizes[2] === 1;
      return expression((x) =>
        isFlatten ? `torch.flatten(${x}, 1)` : `torch.reshape(${x}, ${tuple([-1, ...sizes])})`,
      );
    }
    case 'reduce': {
      const names = { mean: 'mean', sum: 'sum', max: 'amax', min: 'amin' } as const;
      // PyTorch takes no axes for all of them.
      if (operator.axes.length === 0) return moduleCode('nn.Identity()');
      return expression((x) => `torch.${names[operator.function]}(${x}, ${tuple(operator.axes)}, keepdim=True)`);
    }
    case 'concat':
      return expression((...all) => `torch.cat([${all.join(', ')}], dim=${operator.axis})`);
    case 'arithmetic':
      return arithmeticCode(operator.function);
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      throw new Error(`${operator.kind} is a part of a gradient, and no layer that PyTorch has`);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

function convCode(conv: Extract<Operator, { readonly kind: 'conv2d' }>): OperatorCode {
  const padding = resolvePadding(conv);
  const isSame = conv.padding === 'same' && conv.stride.every((s) => s === 1);
  const isOwn = isSame || isSymmetric(padding);
  const own = isSame ? "'same'" : pairText([padding.top, padding.left]);
  const hasMode = isOwn && conv.paddingMode !== 'zeros' && !(isNone(padding) && !isSame);
  const module = call(
    'nn.Conv2d',
    [conv.inChannels, conv.outChannels],
    [
      ['kernel_size', pairText(conv.kernelSize)],
      ['stride', pairText(conv.stride), '1'],
      ['padding', isOwn ? own : '0', '0'],
      ['dilation', pairText(conv.dilation), '1'],
      ['groups', String(conv.groups), '1'],
      ['bias', yes(conv.bias), 'True'],
      ...(hasMode ? [['padding_mode', `'${conv.paddingMode}'`] as const] : []),
    ],
  );
  if (isOwn) return moduleCode(module);
  return paddedModule(module, padding, conv.paddingMode === 'zeros' ? '' : `, mode='${conv.paddingMode}'`);
}
