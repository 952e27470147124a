/** `keras.layers.Conv2DTranspose`, and `Cropping2D` behind it for what its padding does not say. Channels come from the input. */
import { bindArguments } from '../../callArguments.ts';
import type { Call, Value } from '../../callSyntax.ts';
import { pairText, sides, tupleText } from '../../codeText.ts';
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
import type { Pair, PerSide } from '../../operator.ts';
import { effectiveKernel } from '../../window.ts';
import type { ConvTranspose2d } from '../attributes.ts';
import { type Crops, cropsOf, fromCrops, type Geometry, isSameCrop, sameCrops, validCrops } from './crop.ts';

const conv2dTranspose = kerasSignature(
  'Conv2DTranspose',
  [
    'filters',
    'kernel_size',
    'strides',
    'padding',
    'output_padding',
    'data_format',
    'dilation_rate',
    'activation',
    'use_bias',
  ],
  2,
);

/** What Keras cannot say of a transposed convolution. */
export type KerasTransposedNote =
  | 'keras-transposed-groups'
  | 'keras-strided-dilation'
  /** output_padding stays below the stride there. */
  | 'keras-output-padding';

function readCrops(padding: string, outputPadding: Pair | null, geometry: Geometry): Crops {
  if (padding !== 'same' && padding !== 'valid')
    return refuse(
      'padding-string',
      `The \`padding\` argument must be one of 'valid', 'same'. Received: padding=${padding}`,
      { padding },
    );
  if (!outputPadding) return padding === 'same' ? sameCrops(geometry) : validCrops(geometry);
  const along = (i: 0 | 1) => {
    if (padding === 'valid') return { front: 0, behind: -outputPadding[i] };
    // The output is (i - 1) stride + kernel % 2 + output_padding.
    const kernel = effectiveKernel(geometry.kernelSize[i], geometry.dilation[i]);
    const total = kernel + (kernel % 2) - 2 + outputPadding[i];
    const front = Math.min(Math.ceil(total / 2), kernel - 1);
    return { front: kernel - 1 - front, behind: kernel - 1 - (total - front) };
  };
  return [along(0), along(1)];
}

export interface KerasTransposed {
  readonly conv: ConvTranspose2d;
  /** The value of the argument of that name. */
  readonly activation: Value | null;
}

export function readKerasTransposed(call: Call, context: CodeContext): KerasTransposed {
  const args = need(bindArguments(call, conv2dTranspose));
  const geometry = {
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'strides', [1, 1]),
    dilation: readPair(args, 'dilation_rate', [1, 1]),
  };
  const given = args.get('output_padding');
  const outputPadding = given === undefined || given.kind === 'none' ? null : readPair(args, 'output_padding', [0, 0]);
  if (outputPadding?.some((each, i) => each >= geometry.stride[i]!))
    refuse(
      'output-padding-too-large',
      `\`output_padding\` must be < \`strides\`. output_padding=${tupleText(outputPadding)}, strides=${tupleText(geometry.stride)}`,
    );
  needNoStridedDilation(geometry);
  const padding = (stringOf(args.get('padding')) ?? 'valid').toLowerCase();
  const activation = args.get('activation');
  return {
    conv: {
      kind: 'conv_transpose2d',
      inChannels: context.inChannels,
      outChannels: readInteger(args, 'filters', 1),
      ...geometry,
      ...fromCrops(readCrops(padding, outputPadding, geometry), geometry),
      groups: 1,
      bias: readBoolean(args, 'use_bias', true),
    },
    activation: activation && activation.kind !== 'none' ? activation : null,
  };
}

/** `Cropping2D(cropping)`: an int, (h, w), or ((top, bottom), (left, right)). */
export function readKerasCropping(call: Call): PerSide {
  const args = need(bindArguments(call, kerasSignature('Cropping2D', ['cropping', 'data_format'], 0)));
  const value = args.get('cropping');
  const [vertical, horizontal] = value?.kind === 'list' ? value.items.map(integersOf) : [];
  if (vertical?.length === 2 && horizontal?.length === 2)
    return sides(vertical[0]!, vertical[1]!, horizontal[0]!, horizontal[1]!);
  const [h, w] = readPair(args, 'cropping', [0, 0]);
  return sides(h, h, w, w);
}

/** `activation`: what stands in the argument of that name, or null. The crop commutes with it, so it may stand before. */
export function writeKerasTransposed(
  conv: ConvTranspose2d,
  activation: string | null,
): { readonly layers: readonly string[]; readonly notes: readonly KerasTransposedNote[] } {
  const crops = cropsOf(conv);
  const isSame = isSameCrop(crops, sameCrops(conv));
  const more: Pair = [Math.max(0, -crops[0].behind), Math.max(0, -crops[1].behind)];
  const isValid = validCrops(conv).every((crop, i) => -crop.behind === more[i]);
  const isTooMuch = !isSame && !isValid && more.some((each, i) => each >= conv.stride[i]!);
  const outputPadding: Pair = isTooMuch ? [0, 0] : more;
  const parts = [
    conv.outChannels,
    `kernel_size=${pairText(conv.kernelSize)}`,
    `strides=${pairText(conv.stride)}`,
    `padding="${isSame ? 'same' : 'valid'}"`,
    ...(isSame || isValid ? [] : [`output_padding=${tupleText(outputPadding)}`]),
    `dilation_rate=${pairText(conv.dilation)}`,
    ...(activation === null ? [] : [`activation="${activation}"`]),
    ...(conv.bias ? [] : ['use_bias=False']),
  ];
  const cut = crops.map(({ front, behind }) => `(${front}, ${Math.max(0, behind)})`);
  const isCut = !isSame && crops.some(({ front, behind }) => front > 0 || behind > 0);
  return {
    layers: [
      `keras.layers.Conv2DTranspose(${parts.join(', ')})`,
      ...(isCut ? [`keras.layers.Cropping2D((${cut.join(', ')}))`] : []),
    ],
    notes: [
      ...(conv.groups > 1 ? (['keras-transposed-groups'] as const) : []),
      ...(isStridedDilation(conv) ? (['keras-strided-dilation'] as const) : []),
      ...(isTooMuch ? (['keras-output-padding'] as const) : []),
    ],
  };
}
