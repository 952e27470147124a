/** `keras.layers.Conv2D`, `DepthwiseConv2D` and `ZeroPadding2D` in front of them. Channels are last and come from the input. */
import { type Arguments, bindArguments } from '../../callArguments.ts';
import { baseName, type Call, type Value } from '../../callSyntax.ts';
import { isNone, isSymmetric, pairText, sides } from '../../codeText.ts';
import {
  type CodeContext,
  integersOf,
  need,
  readBoolean,
  readInteger,
  readPair,
  refuse,
  stringOf,
} from '../../codeValues.ts';
import { isStridedDilation, kerasSignature, needNoStridedDilation } from '../../kerasArguments.ts';
import type { PerSide } from '../../operator.ts';
import type { Conv2d, Padding } from '../attributes.ts';
import { resolvePadding } from '../padding.ts';
import type { PaddingLayer, WrittenConv } from './code.ts';
import { isAlwaysSame, samePadding } from './tensorflow.ts';

const conv2d = kerasSignature(
  'Conv2D',
  ['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'dilation_rate', 'groups', 'activation', 'use_bias'],
  2,
);

const depthwiseConv2d = kerasSignature(
  'DepthwiseConv2D',
  ['kernel_size', 'strides', 'padding', 'depth_multiplier', 'data_format', 'dilation_rate', 'activation', 'use_bias'],
  1,
);

/** A convolution, and the activation that stands among its arguments. */
export interface KerasReading {
  readonly conv: Conv2d;
  readonly activation: Value | null;
}

/** An int, (h, w), or ((top, bottom), (left, right)). */
export function readKerasPadding(call: Call): PaddingLayer {
  const args = need(bindArguments(call, kerasSignature('ZeroPadding2D', ['padding', 'data_format'], 0)));
  const value = args.get('padding');
  const pairs = value?.kind === 'list' ? value.items.map(integersOf) : [];
  const [vertical, horizontal] = pairs;
  if (vertical?.length === 2 && horizontal?.length === 2 && pairs.length === 2) {
    return { mode: 'zeros', sides: sides(vertical[0]!, vertical[1]!, horizontal[0]!, horizontal[1]!) };
  }
  const [h, w] = readPair(args, 'padding', [1, 1]);
  return { mode: 'zeros', sides: sides(h, h, w, w) };
}

/** `in_channels` from `input_shape=(h, w, c)` where it is given, else from the input. */
function inChannelsOf(args: Arguments, context: CodeContext): number {
  const shape = args.get('input_shape');
  return (
    (shape?.kind === 'list' && integersOf({ kind: 'list', items: shape.items.slice(-1) })?.[0]) || context.inChannels
  );
}

function readPadding(
  args: Arguments,
  geometry: Pick<Conv2d, 'kernelSize' | 'stride' | 'dilation'>,
  context: CodeContext,
): Padding {
  const value = args.get('padding');
  const text = value === undefined ? 'valid' : stringOf(value)?.toLowerCase();
  if (text === 'valid') return 'valid';
  if (text === 'same') return samePadding(geometry, context);
  return refuse(
    'padding-string',
    `The \`padding\` argument must be a string, one of {"valid", "same"}. Received: padding=${text ?? 'a number'}`,
    { padding: text ?? '' },
  );
}

/** Reads `Conv2D(...)` or `DepthwiseConv2D(...)`; the rules are Keras's, in its words. */
export function readKeras(call: Call, context: CodeContext): KerasReading {
  const isDepthwise = baseName(call.name) === 'DepthwiseConv2D';
  const args = need(bindArguments(call, isDepthwise ? depthwiseConv2d : conv2d));
  const inChannels = inChannelsOf(args, context);
  const groups = isDepthwise ? inChannels : readInteger(args, 'groups', 1);
  const outChannels = isDepthwise
    ? inChannels * readInteger(args, 'depth_multiplier', 1)
    : readInteger(args, 'filters', 1);
  const geometry = {
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'strides', [1, 1]),
    dilation: readPair(args, 'dilation_rate', [1, 1]),
  };
  needNoStridedDilation(geometry);
  if (groups > 0 && outChannels % groups !== 0) {
    const message = `The number of filters must be evenly divisible by the number of groups. Received: groups=${groups}, filters=${outChannels}.`;
    refuse('out-channels-not-divisible', message, { outChannels, groups });
  }
  if (groups > 0 && inChannels % groups !== 0) {
    const message = `The number of input channels must be evenly divisible by the number of groups. Received groups=${groups}, but the input has ${inChannels} channels`;
    refuse('in-channels-not-divisible', message, { inChannels, groups });
  }
  const conv: Conv2d = {
    kind: 'conv2d',
    inChannels,
    outChannels,
    ...geometry,
    padding: readPadding(args, geometry, context),
    groups,
    bias: readBoolean(args, 'use_bias', true),
    paddingMode: 'zeros',
  };
  const activation = args.get('activation');
  return { conv, activation: activation && activation.kind !== 'none' ? activation : null };
}

function writePadding({ top, bottom, left, right }: PerSide): string {
  const isPair = isSymmetric({ top, bottom, left, right });
  return `keras.layers.ZeroPadding2D(${isPair ? pairText([top, left]) : `((${top}, ${bottom}), (${left}, ${right}))`})`;
}

/** `activation`: what stands in the argument of that name, or null. */
export function writeKeras(conv: Conv2d, activation: string | null): WrittenConv {
  const padding = resolvePadding(conv);
  const isSame = isAlwaysSame(conv) && !isNone(padding);
  const parts = [
    conv.outChannels,
    `kernel_size=${pairText(conv.kernelSize)}`,
    `strides=${pairText(conv.stride)}`,
    `padding="${isSame ? 'same' : 'valid'}"`,
    `dilation_rate=${pairText(conv.dilation)}`,
    `groups=${conv.groups}`,
    ...(activation === null ? [] : [`activation="${activation}"`]),
    ...(conv.bias ? [] : ['use_bias=False']),
  ];
  return {
    padding: isSame || isNone(padding) ? null : writePadding(padding),
    conv: `keras.layers.Conv2D(${parts.join(', ')})`,
    notes: [
      ...(isStridedDilation(conv) ? (['keras-strided-dilation'] as const) : []),
      ...(conv.paddingMode !== 'zeros' && !isNone(padding) ? (['keras-padding-mode'] as const) : []),
    ],
  };
}
