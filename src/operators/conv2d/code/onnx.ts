/**
 * ONNX's Conv: attributes as `onnx.helper.make_node` takes them, as ONNX prints them, or bare as Netron shows them. A node does not
 * say its channels; they are the shape of the weights, which our own text declares beside the node.
 */
import type { Call } from '../../callSyntax.ts';
import { isNone, sides } from '../../codeText.ts';
import { type CodeContext, integersOf, refuse, stringOf } from '../../codeValues.ts';
import { type Attributes, integers, needKnown, pair } from '../../onnxAttributes.ts';
import type { PerSide } from '../../operator.ts';
import type { Conv2d, PaddingMode } from '../attributes.ts';
import { resolvePadding } from '../padding.ts';
import type { PaddingLayer } from './code.ts';
import { sameSides } from './tensorflow.ts';

const known = ['kernel_shape', 'strides', 'pads', 'dilations', 'group', 'auto_pad'];
/** True for the attributes that are ONNX's alone: Flax and Keras have `strides` too. */
export const isOnnxAttribute = (name: string | null) => name !== null && name !== 'strides' && known.includes(name);

const padModes: ReadonlyMap<string, PaddingMode> = new Map([
  ['constant', 'zeros'],
  ['reflect', 'reflect'],
  ['edge', 'replicate'],
  ['wrap', 'circular'],
] as const);
const writtenModes: Readonly<Record<PaddingMode, string>> = {
  zeros: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

/** ONNX's SAME_LOWER puts the odd pixel in front, where SAME_UPPER has it behind. */
function flipped({ top, bottom, left, right }: PerSide): PerSide {
  return sides(bottom, top, right, left);
}

function readPads(
  attributes: Attributes,
  geometry: Pick<Conv2d, 'kernelSize' | 'stride' | 'dilation'>,
  context: CodeContext,
): PerSide {
  const auto = stringOf(attributes.get('auto_pad')) ?? 'NOTSET';
  const [top, left, bottom, right] = integers(attributes, 'pads', 4, [0, 0, 0, 0]);
  switch (auto) {
    case 'NOTSET':
      return sides(top!, bottom!, left!, right!);
    case 'VALID':
      return sides(0, 0, 0, 0);
    case 'SAME_UPPER':
      return sameSides(geometry, context);
    case 'SAME_LOWER':
      return flipped(sameSides(geometry, context));
    default:
      return refuse(
        'padding-string',
        `Invalid auto_pad ${auto}, should be one of NOTSET, SAME_UPPER, SAME_LOWER, VALID`,
        { padding: auto },
      );
  }
}

/** The shape [out, in / group, h, w] of the weights, from a `make_tensor_value_info` or `make_tensor` beside the node; or null. */
export function weightShapeOf(call: Call): readonly number[] | null {
  const shape = call.positional.map(integersOf).find((list) => list?.length === 4);
  return shape ?? null;
}

/**
 * `hasBias`: the node has a third input, or nothing says that it has none. `weights`: their shape, or null where the text does not
 * say it; then the channels are those of the present layer.
 */
export function readOnnx(
  attributes: Attributes,
  weights: readonly number[] | null,
  hasBias: boolean,
  context: CodeContext,
): Conv2d {
  needKnown(attributes, 'Conv', known);
  const [out, perGroup, h, w] = weights ?? [];
  if (!attributes.has('kernel_shape') && h === undefined) {
    refuse('missing-argument', 'kernel_shape: neither the attribute nor the shape of the weights is in the text', {
      arguments: 'kernel_shape',
    });
  }
  const groupValue = attributes.get('group');
  const groups = groupValue?.kind === 'number' ? groupValue.value : 1;
  const geometry = {
    kernelSize: pair(attributes, 'kernel_shape', [h ?? 1, w ?? 1]),
    stride: pair(attributes, 'strides', [1, 1]),
    dilation: pair(attributes, 'dilations', [1, 1]),
  };
  return {
    kind: 'conv2d',
    inChannels: perGroup === undefined ? context.inChannels : perGroup * groups,
    outChannels: out ?? context.outChannels,
    ...geometry,
    padding: readPads(attributes, geometry, context),
    groups,
    bias: hasBias,
    paddingMode: 'zeros',
  };
}

/** A Pad node: its amounts [0, 0, t, l, 0, 0, b, r] are an attribute (opset 2) or the tensor `amounts` (opset 11 on). */
export function readOnnxPadding(attributes: Attributes, amounts: readonly number[] | null): PaddingLayer {
  const name = stringOf(attributes.get('mode')) ?? 'constant';
  const mode = padModes.get(name);
  if (!mode) return refuse('padding-mode', `Unsupported mode of Pad: ${name}`, { mode: name });
  const pads = attributes.get('pads');
  const list = (pads && integersOf(pads)) ?? amounts;
  if (list?.length !== 8 || [0, 1, 4, 5].some((i) => list[i] !== 0)) {
    return refuse('wrong-type', 'Pad: pads must be [0, 0, top, left, 0, 0, bottom, right]', { argument: 'pads' });
  }
  return { mode, sides: sides(list[2]!, list[6]!, list[3]!, list[7]!) };
}

/** What the tensors around a node are called: its input and output, and what stands before the names of its own weights. */
export interface OnnxNames {
  readonly input: string;
  readonly output: string;
  readonly prefix: string;
}

/** Statements of `onnx.helper`: the weights' shape, the Pad node where the border is not zeros, the Conv node. */
export function writeOnnx(conv: Conv2d, { input, output, prefix }: OnnxNames): readonly string[] {
  const padding = resolvePadding(conv);
  const { top, bottom, left, right } = padding;
  const isOwn = conv.paddingMode === 'zeros' || isNone(padding);
  const weight = [conv.outChannels, conv.inChannels / conv.groups, ...conv.kernelSize].join(', ');
  const [pads, padded, weights, bias] = ['pads', 'padded', 'weight', 'bias'].map((name) => `"${prefix}${name}"`);
  const parts = [
    '"Conv"',
    `[${[isOwn ? `"${input}"` : padded, weights, ...(conv.bias ? [bias] : [])].join(', ')}]`,
    `["${output}"]`,
    `kernel_shape=[${conv.kernelSize.join(', ')}]`,
    `strides=[${conv.stride.join(', ')}]`,
    `pads=[${(isOwn ? [top, left, bottom, right] : [0, 0, 0, 0]).join(', ')}]`,
    `dilations=[${conv.dilation.join(', ')}]`,
    `group=${conv.groups}`,
  ];
  const padNode = [
    `helper.make_tensor(${pads}, TensorProto.INT64, [8], [0, 0, ${top}, ${left}, 0, 0, ${bottom}, ${right}])`,
    `helper.make_node("Pad", ["${input}", ${pads}], [${padded}], mode="${writtenModes[conv.paddingMode]}")`,
  ];
  return [
    `helper.make_tensor_value_info(${weights}, TensorProto.FLOAT, [${weight}])`,
    ...(isOwn ? [] : padNode),
    `helper.make_node(${parts.join(', ')})`,
  ];
}
