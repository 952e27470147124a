/** What the attributes of all kinds are called in PyTorch and the other libraries. */
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';
import { conv2dAttributes } from '../../operators/conv2d/limits.ts';
import type { Hint } from '../components/Tooltip.tsx';

/** In code; where PyTorch has no argument of its own, the field's usual name. */
export const attributeNames: Readonly<Record<keyof KindAttributes, string>> = {
  outChannels: 'out_channels',
  kernelSize: 'kernel_size',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  groups: 'groups',
  bias: 'bias',
  paddingMode: 'padding_mode',
  depthMultiplier: 'depth_multiplier',
  middleChannels: 'middle_channels',
  firstBias: 'bias',
  between: 'activation',
  outputPadding: 'output_padding',
  offsetGroups: 'offset_groups',
  hasMask: 'mask',
};

type Names = NonNullable<Hint['names']>;

function ofConv2d(attribute: keyof typeof conv2dAttributes): Names {
  const { pytorch, keras, flax, onnx } = conv2dAttributes[attribute];
  return { pytorch, ...(keras ? { keras } : {}), ...(flax ? { flax } : {}), ...(onnx ? { onnx } : {}) };
}

/** Only the libraries that have an argument for it. */
export const libraryNames: Readonly<Record<keyof KindAttributes, Names>> = {
  outChannels: ofConv2d('outChannels'),
  kernelSize: ofConv2d('kernelSize'),
  stride: ofConv2d('stride'),
  padding: ofConv2d('padding'),
  dilation: ofConv2d('dilation'),
  groups: ofConv2d('groups'),
  bias: ofConv2d('bias'),
  firstBias: ofConv2d('bias'),
  paddingMode: ofConv2d('paddingMode'),
  depthMultiplier: { keras: 'depth_multiplier' },
  middleChannels: {},
  between: {},
  outputPadding: { pytorch: 'output_padding', keras: 'output_padding', onnx: 'output_padding' },
  offsetGroups: { onnx: 'offset_group' },
  hasMask: { pytorch: 'mask', onnx: 'mask' },
};
