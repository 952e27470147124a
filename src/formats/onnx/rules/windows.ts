/** Convolution and pooling: the operators with kernel_shape, strides, pads, dilations and auto_pad, over one or two spatial axes. */

import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { ConvTranspose2d } from '../../../operators/convTranspose2d/attributes.ts';
import type { DeformConv2d } from '../../../operators/deformConv2d/attributes.ts';
import type { Pair, PerSide } from '../../../operators/operator.ts';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { tensorflowSame } from '../../../operators/window.ts';
import { listOf, numberOf, textOf } from '../attributes.ts';
import { asMaps, type Value } from '../builder.ts';
import { OnnxError } from '../error.ts';
import type { OnnxNode } from '../model.ts';
import { defineOutput, type ImportRule } from './rule.ts';

/** A pair over [H, W] from a list over the node's spatial axes; a single axis is W, under a height of 1. */
export function pairOf(list: readonly number[] | null, otherwise: Pair): Pair {
  if (list === null) return otherwise;
  const [first = 1, second] = list;
  return second === undefined ? [otherwise[0], first] : [first, second];
}

export interface WindowAttributes {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: PerSide;
}

/** The window of a node over maps of this height and width, with auto_pad worked out. */
export function windowOf(node: OnnxNode, kernelSize: Pair, [height, width]: Pair): WindowAttributes {
  const stride = pairOf(listOf(node, 'strides'), [1, 1]);
  const dilation = pairOf(listOf(node, 'dilations'), [1, 1]);
  return { kernelSize, stride, dilation, padding: paddingOf(node, { kernelSize, stride, dilation }, [height, width]) };
}

function paddingOf(
  node: OnnxNode,
  { kernelSize, stride, dilation }: Omit<WindowAttributes, 'padding'>,
  size: Pair,
): PerSide {
  const mode = textOf(node, 'auto_pad', 'NOTSET');
  if (mode === 'SAME_UPPER' || mode === 'SAME_LOWER') {
    const along = (axis: 0 | 1) => {
      const same = tensorflowSame({
        input: size[axis],
        kernel: kernelSize[axis],
        stride: stride[axis],
        dilation: dilation[axis],
      });
      // TensorFlow's SAME puts the larger half behind, SAME_LOWER in front.
      return mode === 'SAME_UPPER' ? same : { before: same.after, after: same.before };
    };
    const [rows, columns] = [along(0), along(1)];
    return { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after };
  }
  const pads = mode === 'VALID' ? null : listOf(node, 'pads');
  if (pads === null) return { top: 0, bottom: 0, left: 0, right: 0 };
  const [a = 0, b = 0, c = 0, d = 0] = pads;
  return pads.length === 2 ? { top: 0, bottom: 0, left: a, right: b } : { top: a, left: b, bottom: c, right: d };
}

/** The dims of feature maps that lie in `shape`, with as many spatial axes as `like` has. */
export function mapDims(shape: Value['shape'], like: readonly number[]): readonly number[] {
  return like.length === 3 ? [shape[0], shape[1], shape[3]] : shape;
}

const conv: ImportRule = (node, builder) => {
  const x = builder.value(node, 0);
  const weight = builder.constant(node, 1);
  const bias = builder.constant(node, 2);
  if (!weight) throw new OnnxError('damaged', 'Conv without weights');
  const shape = asMaps(x.dims);
  const [outChannels = 0, slices = 0, ...kernel] = weight.dims;
  const groups = numberOf(node, 'group', 1);
  const operator = createConv2d({
    inChannels: slices * groups,
    outChannels,
    groups,
    bias: bias !== null,
    ...windowOf(node, pairOf(kernel, [1, 1]), [shape[2], shape[3]]),
  });
  const parameters = { weight: weight.values, bias: bias?.values ?? null };
  const result = builder.emit(operator, [builder.lying(x, shape)], [shape], parameters);
  defineOutput(node, builder, result, mapDims(result.shape, x.dims));
};

const convTranspose: ImportRule = (node, builder) => {
  const x = builder.value(node, 0);
  const weight = builder.constant(node, 1);
  const bias = builder.constant(node, 2);
  if (!weight) throw new OnnxError('damaged', 'ConvTranspose without weights');
  const shape = asMaps(x.dims);
  const [inChannels = 0, perGroup = 0, ...kernel] = weight.dims;
  const groups = numberOf(node, 'group', 1);
  const kernelSize = pairOf(kernel, [1, 1]);
  const stride = pairOf(listOf(node, 'strides'), [1, 1]);
  const dilation = pairOf(listOf(node, 'dilations'), [1, 1]);
  const outputPadding = pairOf(listOf(node, 'output_padding'), [0, 0]);
  const operator: ConvTranspose2d = {
    kind: 'conv_transpose2d',
    inChannels,
    outChannels: perGroup * groups,
    kernelSize,
    stride,
    padding: cropOf(node, { kernelSize, stride, dilation, outputPadding }, [shape[2], shape[3]]),
    outputPadding,
    groups,
    bias: bias !== null,
    dilation,
  };
  const parameters = { weight: weight.values, bias: bias?.values ?? null };
  const result = builder.emit(operator, [builder.lying(x, shape)], [shape], parameters);
  defineOutput(node, builder, result, mapDims(result.shape, x.dims));
};

/** What is cropped on each side: pads, or what output_shape or auto_pad leave over (ONNX, ConvTranspose). */
function cropOf(
  node: OnnxNode,
  {
    kernelSize,
    stride,
    dilation,
    outputPadding,
  }: Pick<ConvTranspose2d, 'kernelSize' | 'stride' | 'dilation' | 'outputPadding'>,
  size: Pair,
): PerSide {
  const wanted = listOf(node, 'output_shape');
  const mode = textOf(node, 'auto_pad', 'NOTSET');
  const isSame = mode === 'SAME_UPPER' || mode === 'SAME_LOWER';
  if (wanted === null && !isSame) return paddingOf(node, { kernelSize, stride, dilation }, size);
  const along = (axis: 0 | 1) => {
    const full = stride[axis] * (size[axis] - 1) + outputPadding[axis] + (kernelSize[axis] - 1) * dilation[axis] + 1;
    const target = wanted === null ? size[axis] * stride[axis] : pairOf(wanted.slice(-2), [1, 1])[axis];
    const total = Math.max(0, full - target);
    const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
    // The larger half is cropped behind for SAME_UPPER, in front otherwise.
    return mode === 'SAME_UPPER' ? { before: small, after: large } : { before: large, after: small };
  };
  const [rows, columns] = [along(0), along(1)];
  return { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after };
}

const deformConv: ImportRule = (node, builder) => {
  const x = builder.value(node, 0);
  const weight = builder.constant(node, 1);
  const offset = builder.value(node, 2);
  const bias = builder.constant(node, 3);
  const hasMask = builder.isThere(node, 4);
  if (!weight) throw new OnnxError('damaged', 'DeformConv without weights');
  const read = [x, offset, ...(hasMask ? [builder.value(node, 4)] : [])];
  const shapes = read.map(({ dims }) => asMaps(dims));
  const [outChannels = 0, slices = 0, ...kernel] = weight.dims;
  const groups = numberOf(node, 'group', 1);
  const operator: DeformConv2d = {
    kind: 'deform_conv2d',
    inChannels: slices * groups,
    outChannels,
    ...windowOf(node, pairOf(kernel, [1, 1]), [shapes[0]![2], shapes[0]![3]]),
    groups,
    bias: bias !== null,
    offsetGroups: numberOf(node, 'offset_group', 1),
    hasMask,
  };
  const nodes = read.map((value, i) => builder.lying(value, shapes[i]!));
  const parameters = { weight: weight.values, bias: bias?.values ?? null };
  defineOutput(node, builder, builder.emit(operator, nodes, shapes, parameters));
};

const pool =
  (name: 'max' | 'average'): ImportRule =>
  (node, builder) => {
    if ((node.outputs[1] ?? '') !== '') throw new OnnxError('unsupported', `${node.operator} with its indices`);
    const x = builder.value(node, 0);
    const shape = asMaps(x.dims);
    const kernelSize = pairOf(listOf(node, 'kernel_shape'), [1, 1]);
    const operator = createPool2d({
      function: name,
      ceilMode: numberOf(node, 'ceil_mode', 0) !== 0,
      countIncludePad: numberOf(node, 'count_include_pad', 0) !== 0,
      ...windowOf(node, kernelSize, [shape[2], shape[3]]),
    });
    const result = builder.emit(operator, [builder.lying(x, shape)], [shape]);
    defineOutput(node, builder, result, mapDims(result.shape, x.dims));
  };

export const windowRules: Readonly<Record<string, ImportRule>> = {
  Conv: conv,
  ConvTranspose: convTranspose,
  DeformConv: deformConv,
  MaxPool: pool('max'),
  AveragePool: pool('average'),
};
