/**
 * Flax's `nn.ConvTranspose` (and `nnx.ConvTranspose`). Its numbers pad the stretched input, so they say every crop; it has no groups.
 * With transpose_kernel=True the kernel lies as PyTorch's does; the layer is the same without, and its weights turned by 180 degrees.
 */
import { bindArguments, type Signature } from '../../callArguments.ts';
import { type Call, type Value, writeValue } from '../../callSyntax.ts';
import { tupleText } from '../../codeText.ts';
import { type CodeContext, need, readBoolean, readInteger, readPair, refuse, stringOf } from '../../codeValues.ts';
import { ignoredByFlax, readFlaxSides } from '../../flaxArguments.ts';
import type { ConvTranspose2d } from '../attributes.ts';
import { type Crops, cropsOf, fromCrops, type Geometry, isSameCrop, mirrored, sameCrops, validCrops } from './crop.ts';

const common = [
  'kernel_size',
  'strides',
  'padding',
  'kernel_dilation',
  'use_bias',
  ...ignoredByFlax,
  'transpose_kernel',
];
const linen: Signature = { name: 'ConvTranspose.__init__()', parameters: ['features', ...common], required: 2 };
const nnx: Signature = { ...linen, parameters: ['in_features', 'out_features', ...common], required: 3 };

function readCrops(value: Value | undefined, geometry: Geometry): Crops {
  const text = value === undefined ? 'SAME' : stringOf(value);
  if (text === 'SAME') return sameCrops(geometry);
  if (text === 'VALID') return validCrops(geometry);
  if (text === 'CIRCULAR')
    return refuse('transposed-circular', 'a transposed convolution that wraps round is not offered');
  const numbers = value && readFlaxSides(value);
  const got = value ? writeValue(value) : '';
  if (!numbers)
    return refuse(
      'padding-string',
      `Invalid padding format: ${got}, should be str, int, or a sequence of ints or pairs`,
      {
        padding: got,
      },
    );
  const { top, bottom, left, right } = numbers;
  return mirrored(
    [
      { front: top, behind: bottom },
      { front: left, behind: right },
    ],
    geometry,
  );
}

export function readFlaxTransposed(call: Call, context: CodeContext): ConvTranspose2d {
  const isNnx = call.name.startsWith('nnx.') || call.keywords.some(({ name }) => name === 'in_features');
  const args = need(bindArguments(call, isNnx ? nnx : linen));
  const geometry = {
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'strides', [1, 1]),
    dilation: readPair(args, 'kernel_dilation', [1, 1]),
  };
  return {
    kind: 'conv_transpose2d',
    inChannels: isNnx ? readInteger(args, 'in_features', 1) : context.inChannels,
    outChannels: readInteger(args, isNnx ? 'out_features' : 'features', 1),
    ...geometry,
    ...fromCrops(readCrops(args.get('padding'), geometry), geometry),
    groups: 1,
    bias: readBoolean(args, 'use_bias', true),
  };
}

export function writeFlaxTransposed(conv: ConvTranspose2d): string {
  const crops = cropsOf(conv);
  const [h, w] = mirrored(crops, conv);
  const isSame = isSameCrop(crops, sameCrops(conv));
  const isValid = isSameCrop(crops, validCrops(conv));
  const numbers = `[(${h.front}, ${h.behind}), (${w.front}, ${w.behind})]`;
  const parts = [
    `features=${conv.outChannels}`,
    `kernel_size=${tupleText(conv.kernelSize)}`,
    `strides=${tupleText(conv.stride)}`,
    `padding=${isSame ? '"SAME"' : isValid ? '"VALID"' : numbers}`,
    `kernel_dilation=${tupleText(conv.dilation)}`,
    ...(conv.bias ? [] : ['use_bias=False']),
    'transpose_kernel=True',
  ];
  return `nn.ConvTranspose(${parts.join(', ')})`;
}
