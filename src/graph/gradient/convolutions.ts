/**
 * Gradients of the layers with weights at their inputs. All are the adjoint layer with the very same numbers:
 *
 *   conv2d            conv_transpose2d of the same weight [Cout, Cin/g, kh, kw], which that layer reads as [its Cin, its Cout/g, kh, kw];
 *                     rows that the stride drops come back as output_padding; another border than zeros is folded back afterwards
 *   conv_transpose2d  conv2d of the same weight
 *   linear            conv_transpose2d 1x1: its weight [out, in] is [Cin, Cout, 1, 1] there
 *   deform_conv2d     conv_transpose2d 1x1 to the gradient at every sample, which deform_gradient takes further
 *   locally_connected2d  the same layer over the gradient with zeros between its rows, its kernels turned and sorted by the pixel they read
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { resolvePadding, sourceIndex, windowOf } from '../../operators/conv2d/padding.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import type { Linear } from '../../operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';
import { windowOf as localWindowOf } from '../../operators/locallyConnected2d/positions.ts';
import type { Axis } from '../../operators/operator.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { droppedCount } from '../../operators/window.ts';
import type { NodeId } from '../graph.ts';
import { adjointOf, copies } from './axes.ts';
import { type Derived, learned, valuesOfSource } from './builder.ts';
import { type Context, inputOf } from './context.ts';
import { turnedKernels } from './turnedKernels.ts';

/** The node's weights without its bias, which no gradient reads. */
function sameWeight(id: NodeId): Derived {
  return { weight: learned(id), bias: null };
}

export function throughConv2d(context: Context<Conv2d>): NodeId {
  const { builder, node, gy } = context;
  const conv = node.operator;
  const [, , height, width] = builder.shape(inputOf(context));
  const [rows, columns] = [windowOf(conv, 'h', height), windowOf(conv, 'w', width)];
  const { inChannels: outChannels, outChannels: inChannels, kernelSize, stride, dilation, groups } = conv;
  const padding = resolvePadding(conv);
  const isBordered = conv.paddingMode !== 'zeros' && Object.values(padding).some((side) => side > 0);
  const layer = createConvTranspose2d({
    ...{ inChannels, outChannels, kernelSize, stride, dilation, groups, bias: false },
    ...(isBordered ? {} : { padding }),
    outputPadding: [droppedCount(rows), droppedCount(columns)],
  });
  const back = builder.add(layer, [gy], sameWeight(node.id));
  if (!isBordered) return back;
  const border = (size: number, before: number, after: number) =>
    copies(
      size,
      rangeTo(size + before + after).map((at) => sourceIndex(at - before, size, conv.paddingMode)),
    );
  const fold = adjointOf([
    null,
    null,
    border(height, rows.before, rows.after),
    border(width, columns.before, columns.after),
  ]);
  return builder.add(fold, [back]);
}

export function throughConvTranspose2d(context: Context<ConvTranspose2d>): NodeId {
  const { builder, node, gy } = context;
  const { inChannels: outChannels, outChannels: inChannels, ...rest } = node.operator;
  const { kernelSize, stride, padding, dilation, groups } = rest;
  const layer = createConv2d({ inChannels, outChannels, kernelSize, stride, padding, dilation, groups, bias: false });
  const back = builder.add(layer, [gy], sameWeight(node.id));
  const [n, c, height, width] = builder.shape(inputOf(context));
  const [, , rows, columns] = builder.shape(back);
  // An output_padding of a stride and more, which a dilation allows, makes room for windows that no input had.
  if (rows === height && columns === width) return back;
  return builder.add({ kind: 'slice', start: [0, 0, 0, 0], count: [n, c, height, width], step: [1, 1, 1, 1] }, [back]);
}

export function throughLinear({ builder, node, gy }: Context<Linear>): NodeId {
  const { inFeatures, outFeatures } = node.operator;
  const layer = createConvTranspose2d({
    ...{ inChannels: outFeatures, outChannels: inFeatures, kernelSize: [1, 1], bias: false },
  });
  return builder.add(layer, [gy], sameWeight(node.id));
}

export function throughDeformConv2d({ builder, node, gy, input }: Context<DeformConv2d>): NodeId {
  const { inChannels, outChannels, kernelSize, groups } = node.operator;
  const samples = createConvTranspose2d({
    inChannels: outChannels,
    outChannels: inChannels * kernelSize[0] * kernelSize[1],
    kernelSize: [1, 1],
    groups,
    bias: false,
  });
  const to = (['input', 'offset', 'mask'] as const)[input]!;
  const atSamples = builder.add(samples, [gy], sameWeight(node.id));
  return builder.add({ kind: 'deform_gradient', of: node.operator, to }, [atSamples, ...node.inputs]);
}

export function throughLocallyConnected2d({ builder, node, gy }: Context<LocallyConnected2d>): NodeId {
  const layer = node.operator;
  const { kernelSize, dilation, inChannels: outChannels, outChannels: inChannels } = layer;
  const shape = builder.shape(gy);
  // Entry i of an axis stands where a turned kernel's tap 0 reads for pixel i: output (i - d (k - 1) + p) / s, or nothing between outputs.
  const spread = (axis: Axis) => {
    const window = localWindowOf(layer, axis);
    const reach = window.dilation * (window.kernel - 1);
    const outputs = shape[axis === 'h' ? 2 : 3];
    const sources = rangeTo(window.input + reach).map((i) => {
      const output = (i - reach + window.before) / window.stride;
      return Number.isInteger(output) && output >= 0 && output < outputs ? output : null;
    });
    return copies(outputs, sources);
  };
  const [h, w] = [spread('h'), spread('w')];
  const between = builder.add({ kind: 'separable_sum', axes: [null, null, h, w] }, [gy]);
  const inputSize = [h.taps.length, w.taps.length] as const;
  const turned: LocallyConnected2d = {
    kind: 'locally_connected2d',
    ...{ inChannels, outChannels, inputSize, kernelSize, dilation, bias: false, stride: [1, 1] },
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
  };
  const weight = learned(node.id);
  return builder.add(turned, [between], {
    weight: { from: 'values', make: (forward) => turnedKernels(layer, valuesOfSource(weight, forward)) },
    bias: null,
  });
}
