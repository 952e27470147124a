/** What the attributes of all kinds are called in PyTorch and the other libraries (null: there is no such argument). */
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';

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
  firstBias: 'bias (first)',
  between: 'activation between',
  outputPadding: 'output_padding',
  offsetGroups: 'offset_groups',
  hasMask: 'mask',
};
