/** A convolution as PyTorch writes it: apart from the readers, for the layer card shows it at once. */
import { isSymmetric, pairText } from '../../codeText.ts';
import type { Conv2d, PaddingMode } from '../attributes.ts';
import { resolvePadding } from '../padding.ts';
import type { WrittenConv } from './code.ts';

const writtenModules: Readonly<Record<PaddingMode, string>> = {
  zeros: 'ZeroPad2d',
  reflect: 'ReflectionPad2d',
  replicate: 'ReplicationPad2d',
  circular: 'CircularPad2d',
};

/** Everything that has a slider is written, so that the call can be read as the panel. */
export function writePyTorch(conv: Conv2d): WrittenConv {
  const padding = resolvePadding(conv);
  const isOwn = isSymmetric(padding);
  const { top, bottom, left, right } = padding;
  const isSame = conv.padding === 'same' && conv.stride.every((s) => s === 1);
  const own = isSame ? "'same'" : isOwn ? pairText([top, left]) : '0';
  const writes = isSame || isOwn;
  const parts = [
    conv.inChannels,
    conv.outChannels,
    `kernel_size=${pairText(conv.kernelSize)}`,
    `stride=${pairText(conv.stride)}`,
    `padding=${own}`,
    `dilation=${pairText(conv.dilation)}`,
    `groups=${conv.groups}`,
    ...(conv.bias ? [] : ['bias=False']),
    ...(writes ? [`padding_mode='${conv.paddingMode}'`] : []),
  ];
  return {
    padding: writes ? null : `nn.${writtenModules[conv.paddingMode]}((${left}, ${right}, ${top}, ${bottom}))`,
    conv: `nn.Conv2d(${parts.join(', ')})`,
    notes: [],
  };
}
