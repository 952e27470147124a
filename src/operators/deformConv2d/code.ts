/**
 * `torchvision.ops.DeformConv2d` and ONNX's DeformConv; Keras and Flax have none. torchvision reads the number of offset groups off
 * the maps of offsets, so its call says neither that nor whether there is a mask.
 */
import { bindArguments, type Signature } from '../callArguments.ts';
import type { Call } from '../callSyntax.ts';
import { pairText, sides } from '../codeText.ts';
import { type CodeContext, need, readBoolean, readInteger, readPair, refuse } from '../codeValues.ts';
import { type Attributes, integers, needKnown, pair } from '../onnxAttributes.ts';
import type { DeformConv2d } from './attributes.ts';

const deformConv2d: Signature = {
  name: 'DeformConv2d.__init__()',
  parameters: ['in_channels', 'out_channels', 'kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias'],
  required: 3,
};

/** The layer with one offset group and no mask: `withOffsets` says what it gets from elsewhere. */
export function readPyTorchDeformable(call: Call): DeformConv2d {
  const args = need(bindArguments(call, deformConv2d));
  const [h, w] = readPair(args, 'padding', [0, 0]);
  return {
    kind: 'deform_conv2d',
    inChannels: readInteger(args, 'in_channels', 1),
    outChannels: readInteger(args, 'out_channels', 1),
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'stride', [1, 1]),
    padding: sides(h, h, w, w),
    dilation: readPair(args, 'dilation', [1, 1]),
    groups: readInteger(args, 'groups', 1),
    bias: readBoolean(args, 'bias', true),
    offsetGroups: 1,
    hasMask: false,
  };
}

/**
 * The layer that reads `maps` maps of offsets, and of masks where it has them: 2 K or 3 K for each offset group, K taps. `hasMask`
 * null: the text does not say, and the numbers decide, for no mask where both fit.
 */
export function withOffsets(conv: DeformConv2d, maps: number, hasMask: boolean | null): DeformConv2d {
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const fits = (perTap: number) => maps % (perTap * taps) === 0 && conv.inChannels % (maps / (perTap * taps)) === 0;
  const masked = hasMask ?? !(fits(2) || !fits(3));
  const perTap = masked ? 3 : 2;
  if (maps % (perTap * taps) !== 0)
    refuse(
      'offset-channels',
      `offset.shape[1] is not valid: got: ${masked ? (2 * maps) / 3 : maps} expected: ${2 * taps}`,
      { got: maps, expected: perTap * taps },
    );
  return { ...conv, offsetGroups: maps / (perTap * taps), hasMask: masked };
}

export function writePyTorchDeformable(conv: DeformConv2d): string {
  const { top, left } = conv.padding;
  const parts = [
    conv.inChannels,
    conv.outChannels,
    `kernel_size=${pairText(conv.kernelSize)}`,
    `stride=${pairText(conv.stride)}`,
    `padding=${pairText([top, left])}`,
    `dilation=${pairText(conv.dilation)}`,
    `groups=${conv.groups}`,
    ...(conv.bias ? [] : ['bias=False']),
  ];
  return `torchvision.ops.DeformConv2d(${parts.join(', ')})`;
}

const known = ['kernel_shape', 'strides', 'pads', 'dilations', 'group', 'offset_group'];

/** `weights`: their shape [out, in / group, h, w], or null where the text does not say it; then the channels are the context's. */
export function readOnnxDeformable(
  attributes: Attributes,
  weights: readonly number[] | null,
  inputs: { readonly hasBias: boolean; readonly hasMask: boolean },
  context: CodeContext,
): DeformConv2d {
  needKnown(attributes, 'DeformConv', known);
  const [out, perGroup, h, w] = weights ?? [];
  const numberOf = (name: string) => {
    const value = attributes.get(name);
    return value?.kind === 'number' ? value.value : 1;
  };
  const groups = numberOf('group');
  const [top, left, bottom, right] = integers(attributes, 'pads', 4, [0, 0, 0, 0]);
  return {
    kind: 'deform_conv2d',
    inChannels: perGroup === undefined ? context.inChannels : perGroup * groups,
    outChannels: out ?? context.outChannels,
    kernelSize: pair(attributes, 'kernel_shape', [h ?? 1, w ?? 1]),
    stride: pair(attributes, 'strides', [1, 1]),
    padding: sides(top!, bottom!, left!, right!),
    dilation: pair(attributes, 'dilations', [1, 1]),
    groups,
    bias: inputs.hasBias,
    offsetGroups: numberOf('offset_group'),
    hasMask: inputs.hasMask,
  };
}

/** Statements of `onnx.helper` from x, "offset" and, with a mask, "mask" to `output`. */
export function writeOnnxDeformable(conv: DeformConv2d, output: string): readonly string[] {
  const { top, bottom, left, right } = conv.padding;
  const weight = [conv.outChannels, conv.inChannels / conv.groups, ...conv.kernelSize].join(', ');
  const optional = conv.hasMask ? [conv.bias ? 'bias' : '', 'mask'] : conv.bias ? ['bias'] : [];
  const parts = [
    '"DeformConv"',
    `[${['x', 'weight', 'offset', ...optional].map((name) => `"${name}"`).join(', ')}]`,
    `["${output}"]`,
    `kernel_shape=[${conv.kernelSize.join(', ')}]`,
    `strides=[${conv.stride.join(', ')}]`,
    `pads=[${[top, left, bottom, right].join(', ')}]`,
    `dilations=[${conv.dilation.join(', ')}]`,
    `group=${conv.groups}`,
    `offset_group=${conv.offsetGroups}`,
  ];
  return [
    `helper.make_tensor_value_info("weight", TensorProto.FLOAT, [${weight}])`,
    `helper.make_node(${parts.join(', ')})`,
  ];
}
