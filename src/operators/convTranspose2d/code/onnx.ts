/** ONNX's ConvTranspose. Its channels are the shape [in, out / group, h, w] of the weights. */
import { sides } from '../../codeText.ts';
import { type CodeContext, refuse, stringOf } from '../../codeValues.ts';
import { type Attributes, integers, needKnown, pair } from '../../onnxAttributes.ts';
import type { Pair, PerSide } from '../../operator.ts';
import type { ConvTranspose2d } from '../attributes.ts';
import { axisOf, outputSize } from '../axis.ts';

const known = ['kernel_shape', 'strides', 'pads', 'dilations', 'group', 'auto_pad', 'output_padding', 'output_shape'];

/** What output_shape or auto_pad leave over is cut on both sides; the odd row behind for SAME_UPPER, in front otherwise (ONNX). */
function shared(conv: ConvTranspose2d, wanted: Pair, inputSize: Pair, isUpper: boolean): PerSide {
  const along = (axis: 'h' | 'w', i: 0 | 1) => {
    const total = Math.max(0, outputSize(axisOf(conv, axis), inputSize[i]) - wanted[i]);
    const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return isUpper ? ([small, large] as const) : ([large, small] as const);
  };
  return sides(...along('h', 0), ...along('w', 1));
}

function withPads(conv: ConvTranspose2d, attributes: Attributes, { inputSize }: CodeContext): ConvTranspose2d {
  const auto = stringOf(attributes.get('auto_pad')) ?? 'NOTSET';
  if (!['NOTSET', 'VALID', 'SAME_UPPER', 'SAME_LOWER'].includes(auto))
    refuse('padding-string', `Invalid auto_pad ${auto}, should be one of NOTSET, SAME_UPPER, SAME_LOWER, VALID`, {
      padding: auto,
    });
  const isUpper = auto === 'SAME_UPPER';
  if (attributes.has('output_shape'))
    return {
      ...conv,
      padding: shared(conv, pair(attributes, 'output_shape', [0, 0]), inputSize, isUpper),
    };
  if (auto.startsWith('SAME')) {
    const [h, w] = conv.stride;
    return { ...conv, padding: shared(conv, [inputSize[0] * h, inputSize[1] * w], inputSize, isUpper) };
  }
  const [top, left, bottom, right] = integers(attributes, 'pads', 4, [0, 0, 0, 0]);
  return auto === 'VALID' ? conv : { ...conv, padding: sides(top!, bottom!, left!, right!) };
}

/** `weights`: their shape, or null where the text does not say it; then the channels are the context's. */
export function readOnnxTransposed(
  attributes: Attributes,
  weights: readonly number[] | null,
  hasBias: boolean,
  context: CodeContext,
): ConvTranspose2d {
  needKnown(attributes, 'ConvTranspose', known);
  const [inChannels, perGroup, h, w] = weights ?? [];
  if (!attributes.has('kernel_shape') && h === undefined)
    refuse('missing-argument', 'kernel_shape: neither the attribute nor the shape of the weights is in the text', {
      arguments: 'kernel_shape',
    });
  const group = attributes.get('group');
  const groups = group?.kind === 'number' ? group.value : 1;
  const conv: ConvTranspose2d = {
    kind: 'conv_transpose2d',
    inChannels: inChannels ?? context.inChannels,
    outChannels: perGroup === undefined ? context.outChannels : perGroup * groups,
    kernelSize: pair(attributes, 'kernel_shape', [h ?? 1, w ?? 1]),
    stride: pair(attributes, 'strides', [1, 1]),
    padding: sides(0, 0, 0, 0),
    outputPadding: pair(attributes, 'output_padding', [0, 0]),
    groups,
    bias: hasBias,
    dilation: pair(attributes, 'dilations', [1, 1]),
  };
  return withPads(conv, attributes, context);
}

/** Statements of `onnx.helper` from x to `output`. */
export function writeOnnxTransposed(conv: ConvTranspose2d, output: string): readonly string[] {
  const { top, bottom, left, right } = conv.padding;
  const weight = [conv.inChannels, conv.outChannels / conv.groups, ...conv.kernelSize].join(', ');
  const parts = [
    '"ConvTranspose"',
    `["x", "weight"${conv.bias ? ', "bias"' : ''}]`,
    `["${output}"]`,
    `kernel_shape=[${conv.kernelSize.join(', ')}]`,
    `strides=[${conv.stride.join(', ')}]`,
    `pads=[${[top, left, bottom, right].join(', ')}]`,
    `output_padding=[${conv.outputPadding.join(', ')}]`,
    `dilations=[${conv.dilation.join(', ')}]`,
    `group=${conv.groups}`,
  ];
  return [
    `helper.make_tensor_value_info("weight", TensorProto.FLOAT, [${weight}])`,
    `helper.make_node(${parts.join(', ')})`,
  ];
}
