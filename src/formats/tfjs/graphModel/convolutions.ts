/** Rules of convolutions, fused with what follows them or not, and of matrix products. */

import type { Pair } from '../../../operators/operator.ts';
import type { Value } from '../build/builder.ts';
import { dense } from '../build/combine.ts';
import { elementwise, functionOf, prelu } from '../build/functions.ts';
import {
  biasOf,
  convolution,
  depthwise,
  pooling,
  type TfPadding,
  transposed,
  type WindowAttributes,
} from '../build/windows.ts';
import { ModelError, malformed, unsupported } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import { type Context, constantAt, type GraphRule, integersAt, valueAt } from './context.ts';
import { integersOf, isSet, numberOf, type TfNode, textOf, textsOf } from './nodes.ts';

/** Rows and columns of a list over [N, H, W, C]; both 1 where it is not given. */
function spatial(node: TfNode, key: string): Pair {
  const [n = 1, h = 1, w = 1, c = 1] = integersOf(node, key);
  if (n !== 1 || c !== 1) throw unsupported(node.name, `${key} over images or channels`);
  return [h, w];
}

function paddingOf(node: TfNode): TfPadding {
  const name = textOf(node, 'padding', '');
  switch (name) {
    case 'SAME':
      return 'same';
    case 'VALID':
      return 'valid';
    case 'EXPLICIT': {
      const amounts = integersOf(node, 'explicit_paddings');
      const [n0, n1, top, bottom, left, right, c0, c1] = amounts;
      if (amounts.length !== 8 || [n0, n1, c0, c1].some((amount) => amount !== 0))
        throw malformed(`${node.name}.explicit_paddings`);
      return { top: top ?? 0, bottom: bottom ?? 0, left: left ?? 0, right: right ?? 0 };
    }
    default:
      throw malformed(`${node.name}.padding`);
  }
}

function checkLayout(node: TfNode): void {
  const layout = textOf(node, 'data_format', 'NHWC');
  if (layout !== 'NHWC') throw unsupported(node.name, layout);
}

function windowOf(node: TfNode): WindowAttributes {
  checkLayout(node);
  return { stride: spatial(node, 'strides'), dilation: spatial(node, 'dilations'), padding: paddingOf(node) };
}

/** What is fused: whether the third input is a bias, and the function behind. */
function fusedOf(node: TfNode): { readonly hasBias: boolean; readonly behind: string | null } {
  const names = textsOf(node, 'fused_ops');
  const hasBias = names[0] === 'BiasAdd';
  const others = hasBias ? names.slice(1) : names;
  if (others.length > 1) throw unsupported(node.name, names.join(', '));
  return { hasBias, behind: others[0] ?? null };
}

/** The activation that is fused: a node behind the layer's own. */
function activated(context: Context, value: Value, name: string | null, next: number): Value {
  const { builder, node } = context;
  if (name === null) return value;
  const id = `${node.name}:${name}`;
  if (name === 'Prelu') return prelu(builder, id, value, constantAt(context, next));
  if (name === 'LeakyRelu')
    return builder.pointwise(id, elementwise('leaky_relu', numberOf(node, 'leakyrelu_alpha', 0.2)), value);
  const operator = functionOf(name);
  if (!operator) throw new ModelError('model-operator', { operator: name, node: node.name });
  return builder.pointwise(id, operator, value);
}

const layer =
  (make: typeof convolution): GraphRule =>
  (context) => {
    const { builder, node } = context;
    const { hasBias, behind } = fusedOf(node);
    const bias: TfTensor | null = hasBias ? constantAt(context, 2) : null;
    const value = make(builder, node.name, valueAt(context, 0), constantAt(context, 1), bias, windowOf(node));
    return { value: activated(context, value, behind, hasBias ? 3 : 2) };
  };

/** The size that the model gives is that of its native size: for others the layer gives what its stride does. */
const backprop: GraphRule = (context) => {
  const { builder, node } = context;
  const input = valueAt(context, 2);
  const sizes = integersAt(context, 0);
  const [, h = 0, w = 0] = sizes;
  const isNative = input.dims.every((size, i) => i === 0 || size === builder.nativeDims(input)[i]);
  const hasBias = fusedOf(node).hasBias;
  const bias = hasBias ? constantAt(context, 3) : null;
  const size: Pair | null = isNative && h > 0 && w > 0 ? [h, w] : null;
  return { value: transposed(builder, node.name, input, constantAt(context, 1), bias, windowOf(node), size) };
};

const matMul: GraphRule = (context) => {
  const { builder, node } = context;
  if (isSet(node, 'transpose_a')) throw unsupported(node.name, 'transpose_a');
  const { shape, values } = constantAt(context, 1);
  if (shape.length !== 2) throw new ModelError('model-weight', { name: node.name });
  const isTransposed = isSet(node, 'transpose_b');
  const [rows, columns] = shape as Pair;
  const [inFeatures, outFeatures] = isTransposed ? [columns, rows] : [rows, columns];
  const at = (i: number, o: number) => values[isTransposed ? o * columns + i : i * columns + o]!;
  const { hasBias, behind } = fusedOf(node);
  const bias = biasOf(hasBias ? constantAt(context, 2) : null, outFeatures, node.name);
  const value = dense(builder, node.name, valueAt(context, 0), { inFeatures, outFeatures, at }, bias);
  return { value: activated(context, value, behind, hasBias ? 3 : 2) };
};

const pool =
  (name: 'max' | 'average'): GraphRule =>
  (context) => {
    const { builder, node } = context;
    checkLayout(node);
    const attributes = { stride: spatial(node, 'strides'), padding: paddingOf(node) };
    return { value: pooling(builder, node.name, valueAt(context, 0), name, spatial(node, 'ksize'), attributes) };
  };

export const convolutionRules: Readonly<Record<string, GraphRule>> = {
  Conv2D: layer(convolution),
  _FusedConv2D: layer(convolution),
  DepthwiseConv2dNative: layer(depthwise),
  FusedDepthwiseConv2dNative: layer(depthwise),
  Conv2DBackpropInput: backprop,
  MatMul: matMul,
  _FusedMatMul: matMul,
  MaxPool: pool('max'),
  AvgPool: pool('average'),
};
