/**
 * Flax's `nn.ConvLocal`, Keras 2's `LocallyConnected2D`, and in PyTorch, which has no such layer, unfold: windows as columns and a
 * weight of its own for each position. ONNX has none. No call says the size of the input.
 */
import { bindArguments, type Signature } from '../callArguments.ts';
import { baseName, type Call, type Value, writeValue } from '../callSyntax.ts';
import { isNone, isSymmetric, pairText, sides, tupleText } from '../codeText.ts';
import {
  type CodeContext,
  integersOf,
  need,
  readBoolean,
  readInteger,
  readPair,
  refuse,
  stringOf,
} from '../codeValues.ts';
import { ignoredByFlax, readFlaxSides } from '../flaxArguments.ts';
import { kerasSignature } from '../kerasArguments.ts';
import type { PerSide } from '../operator.ts';
import { tensorflowSame } from '../window.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { outputShapeOf, weightsPerKernel } from './positions.ts';

const keras = kerasSignature(
  'LocallyConnected2D',
  ['filters', 'kernel_size', 'strides', 'padding', 'data_format', 'activation', 'use_bias', 'implementation'],
  2,
);
const flax: Signature = {
  name: 'ConvLocal.__init__()',
  parameters: [
    'features',
    'kernel_size',
    'strides',
    'padding',
    'input_dilation',
    'kernel_dilation',
    'feature_group_count',
    'use_bias',
    ...ignoredByFlax,
  ],
  required: 2,
};

export function readKerasLocal(
  call: Call,
  { inChannels, inputSize }: CodeContext,
): { readonly local: LocallyConnected2d; readonly activation: Value | null } {
  const args = need(bindArguments(call, keras));
  const padding = stringOf(args.get('padding')) ?? 'valid';
  if (padding.toLowerCase() !== 'valid')
    refuse(
      'padding-string',
      `Invalid border mode for LocallyConnected2D (only "valid" is supported if implementation is 1): ${padding}`,
      { padding },
    );
  const activation = args.get('activation');
  return {
    local: {
      kind: 'locally_connected2d',
      inChannels,
      outChannels: readInteger(args, 'filters', 1),
      inputSize,
      kernelSize: readPair(args, 'kernel_size', [1, 1]),
      stride: readPair(args, 'strides', [1, 1]),
      padding: sides(0, 0, 0, 0),
      dilation: [1, 1],
      bias: readBoolean(args, 'use_bias', true),
    },
    activation: activation && activation.kind !== 'none' ? activation : null,
  };
}

type Geometry = Pick<LocallyConnected2d, 'inputSize' | 'kernelSize' | 'stride' | 'dilation'>;

function sameSides({ inputSize, kernelSize, stride, dilation }: Geometry): PerSide {
  const along = (i: 0 | 1) =>
    tensorflowSame({ input: inputSize[i], kernel: kernelSize[i], stride: stride[i], dilation: dilation[i] });
  const [h, w] = [along(0), along(1)];
  return sides(h.before, h.after, w.before, w.after);
}

function readFlaxPadding(value: Value | undefined, geometry: Geometry): PerSide {
  const text = value === undefined ? 'SAME' : stringOf(value);
  if (text === 'SAME') return sameSides(geometry);
  if (text === 'VALID') return sides(0, 0, 0, 0);
  const got = value ? writeValue(value) : '';
  return (
    (value && readFlaxSides(value)) ??
    refuse('padding-string', `Invalid padding format: ${got}, should be str, int, or a sequence of ints or pairs`, {
      padding: got,
    })
  );
}

export function readFlaxLocal(call: Call, { inChannels, inputSize }: CodeContext): LocallyConnected2d {
  const args = need(bindArguments(call, flax));
  const groups = readInteger(args, 'feature_group_count', 1);
  if (groups !== 1)
    refuse(
      'local-groups',
      `\`lax.conv_general_dilated_local\` does not support \`feature_group_count != 1\`, got \`${groups}\`.`,
      { groups },
    );
  if (readPair(args, 'input_dilation', [1, 1]).some((each) => each !== 1))
    refuse('input-dilation', 'input_dilation makes a transposed convolution, which is not this layer');
  const geometry = {
    inputSize,
    kernelSize: readPair(args, 'kernel_size', [1, 1]),
    stride: readPair(args, 'strides', [1, 1]),
    dilation: readPair(args, 'kernel_dilation', [1, 1]),
  };
  return {
    kind: 'locally_connected2d',
    inChannels,
    outChannels: readInteger(args, 'features', 1),
    ...geometry,
    padding: readFlaxPadding(args.get('padding'), geometry),
    bias: readBoolean(args, 'use_bias', true),
  };
}

/** The shape in `nn.Parameter(torch.empty(...))`, or null. */
function parameterShape(call: Call): readonly number[] | null {
  const [value] = call.positional;
  if (baseName(call.name) !== 'Parameter' || value?.kind !== 'call') return null;
  return integersOf({ kind: 'list', items: value.positional });
}

/** The layer of `F.unfold(x, ...)` and of the parameters beside it: weight [positions, out, in kh kw], bias [out, h, w]. */
export function readPyTorchLocal(unfold: Call, calls: readonly Call[], inputSize: CodeContext['inputSize']) {
  const signature = {
    name: 'unfold()',
    parameters: ['input', 'kernel_size', 'dilation', 'padding', 'stride'],
    required: 2,
  };
  const args = need(bindArguments(unfold, signature));
  const shapes = calls.map(parameterShape).filter((shape) => shape?.length === 3);
  const [weight, bias] = shapes;
  if (!weight)
    return refuse('missing-argument', 'F.unfold: the weight nn.Parameter(torch.empty(positions, out, in)) is missing', {
      arguments: 'weight',
    });
  const kernelSize = readPair(args, 'kernel_size', [1, 1]);
  const [h, w] = readPair(args, 'padding', [0, 0]);
  const local: LocallyConnected2d = {
    kind: 'locally_connected2d',
    inChannels: weight[2]! / (kernelSize[0] * kernelSize[1]),
    outChannels: weight[1]!,
    inputSize,
    kernelSize,
    stride: readPair(args, 'stride', [1, 1]),
    padding: sides(h, h, w, w),
    dilation: readPair(args, 'dilation', [1, 1]),
    bias: bias !== undefined,
  };
  return local;
}

/** Statements that take x to x; a padding of its own stands in front where the sides differ. */
export function writePyTorchLocal(local: LocallyConnected2d): readonly string[] {
  const [, filters, rows, columns] = outputShapeOf(local, 1);
  const { top, bottom, left, right } = local.padding;
  const isOwn = isSymmetric(local.padding);
  const unfold = [
    `kernel_size=${pairText(local.kernelSize)}`,
    `dilation=${pairText(local.dilation)}`,
    `padding=${isOwn ? pairText([top, left]) : '0'}`,
    `stride=${pairText(local.stride)}`,
  ];
  const weight = [rows * columns, filters, weightsPerKernel(local)].join(', ');
  return [
    `weight = nn.Parameter(torch.empty(${weight}))`,
    ...(local.bias ? [`bias = nn.Parameter(torch.empty(${filters}, ${rows}, ${columns}))`] : []),
    ...(isOwn ? [] : [`x = F.pad(x, (${left}, ${right}, ${top}, ${bottom}))`]),
    `x = F.unfold(x, ${unfold.join(', ')})`,
    'x = torch.einsum("nkp,pok->nop", x, weight)',
    `x = torch.unflatten(x, 2, (${rows}, ${columns}))`,
    ...(local.bias ? ['x = torch.add(x, bias)'] : []),
  ];
}

/** The layers in order; without dilation, which Keras does not have here. */
export function writeKerasLocal(local: LocallyConnected2d, activation: string | null): readonly string[] {
  const { top, bottom, left, right } = local.padding;
  const parts = [
    local.outChannels,
    `kernel_size=${pairText(local.kernelSize)}`,
    `strides=${pairText(local.stride)}`,
    ...(activation === null ? [] : [`activation="${activation}"`]),
    ...(local.bias ? [] : ['use_bias=False']),
  ];
  return [
    ...(isNone(local.padding) ? [] : [`keras.layers.ZeroPadding2D(((${top}, ${bottom}), (${left}, ${right})))`]),
    `keras.layers.LocallyConnected2D(${parts.join(', ')})`,
  ];
}

export function writeFlaxLocal(local: LocallyConnected2d): string {
  const { top, bottom, left, right } = local.padding;
  const parts = [
    `features=${local.outChannels}`,
    `kernel_size=${tupleText(local.kernelSize)}`,
    `strides=${tupleText(local.stride)}`,
    `padding=${isNone(local.padding) ? '"VALID"' : `[(${top}, ${bottom}), (${left}, ${right})]`}`,
    `kernel_dilation=${tupleText(local.dilation)}`,
    ...(local.bias ? [] : ['use_bias=False']),
  ];
  return `nn.ConvLocal(${parts.join(', ')})`;
}
