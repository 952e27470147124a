/** `torch.nn.ConvTranspose2d`, and a padding module with negative numbers behind it where the two sides are cut differently. */
import { bindArguments, type Signature } from '../../callArguments.ts';
import type { Call } from '../../callSyntax.ts';
import { isSymmetric, pairText, sides } from '../../codeText.ts';
import { need, readBoolean, readInteger, readPair, refuse, stringOf } from '../../codeValues.ts';
import type { ConvTranspose2d } from '../attributes.ts';

const convTranspose2d: Signature = {
  name: 'ConvTranspose2d.__init__()',
  parameters: [
    'in_channels',
    'out_channels',
    'kernel_size',
    'stride',
    'padding',
    'output_padding',
    'groups',
    'bias',
    'dilation',
    'padding_mode',
    'device',
    'dtype',
  ],
  required: 3,
};

export function readPyTorchTransposed(call: Call): ConvTranspose2d {
  const args = need(bindArguments(call, convTranspose2d));
  const mode = stringOf(args.get('padding_mode')) ?? 'zeros';
  if (mode !== 'zeros')
    refuse('transposed-padding-mode', 'Only "zeros" padding mode is supported for ConvTranspose2d', { mode });
  const [h, w] = readPair(args, 'padding', [0, 0]);
  return {
    kind: 'conv_transpose2d',
    inChannels: readInteger(args, 'in_channels', 1),
    outChannels: readInteger(args, 'out_channels', 1),
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'stride', [1, 1]),
    padding: sides(h, h, w, w),
    outputPadding: readPair(args, 'output_padding', [0, 0]),
    groups: readInteger(args, 'groups', 1),
    bias: readBoolean(args, 'bias', true),
    dilation: readPair(args, 'dilation', [1, 1]),
  };
}

/** The modules in order. */
export function writePyTorchTransposed(conv: ConvTranspose2d): readonly string[] {
  const { top, bottom, left, right } = conv.padding;
  const isOwn = isSymmetric(conv.padding);
  const parts = [
    conv.inChannels,
    conv.outChannels,
    `kernel_size=${pairText(conv.kernelSize)}`,
    `stride=${pairText(conv.stride)}`,
    `padding=${isOwn ? pairText([top, left]) : '0'}`,
    `output_padding=${pairText(conv.outputPadding)}`,
    `groups=${conv.groups}`,
    ...(conv.bias ? [] : ['bias=False']),
    `dilation=${pairText(conv.dilation)}`,
  ];
  const cut = [left, right, top, bottom].map((side) => (side === 0 ? '0' : `-${side}`)).join(', ');
  return [`nn.ConvTranspose2d(${parts.join(', ')})`, ...(isOwn ? [] : [`nn.ZeroPad2d((${cut}))`])];
}
