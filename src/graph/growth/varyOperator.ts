/**
 * One operator of a network whose kernel, channels or image have another size: what it says of its input is brought up to date, a depthwise
 * layer stays depthwise with its multiplier, and a layer that is padded to keep its size stays so. All else is kept.
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import type { Operator } from '../../operators/index.ts';
import type { Pair, PerSide, Shape } from '../../operators/operator.ts';
import type { Slice } from '../../operators/slice/attributes.ts';
import { effectiveKernel } from '../../operators/window.ts';

export interface OperatorChange {
  /** The first input as it was and as it is now. */
  readonly before: Shape;
  readonly after: Shape;
  /** Kernel sides of one length become those of another; null: kernels are kept. */
  readonly kernel: { readonly from: number; readonly to: number } | null;
  /** What output channels are multiplied by; depthwise layers multiply by their input's growth beside. */
  readonly outFactor: number;
  /** The new shape of maps that a reshape makes of features; null where it makes none. */
  readonly maps: Shape | null;
}

export function variedKernel(kernelSize: Pair, kernel: OperatorChange['kernel']): Pair {
  const side = (length: number) => (kernel && length === kernel.from ? kernel.to : length);
  return [side(kernelSize[0]), side(kernelSize[1])];
}

interface Windowed {
  readonly kernelSize: Pair;
  readonly dilation: Pair;
  readonly padding: PerSide;
}

/**
 * Padding after a change of the kernel, where `total` is the padding (both sides) with which the layer keeps its size, for a given effective
 * kernel: a layer that has it keeps it. The odd one goes behind, as in 'same'.
 */
function variedPadding(layer: Windowed, kernelSize: Pair, total: (i: 0 | 1, effective: number) => number): PerSide {
  const along = (i: 0 | 1, before: number, after: number): Pair => {
    const sum = (size: Pair) => total(i, effectiveKernel(size[i], layer.dilation[i]));
    if (kernelSize[i] === layer.kernelSize[i] || before + after !== sum(layer.kernelSize)) return [before, after];
    const wanted = Math.max(0, sum(kernelSize));
    return [Math.floor(wanted / 2), Math.ceil(wanted / 2)];
  };
  const { top, bottom, left, right } = layer.padding;
  const [newTop, newBottom] = along(0, top, bottom);
  const [newLeft, newRight] = along(1, left, right);
  return { top: newTop, bottom: newBottom, left: newLeft, right: newRight };
}

/** The padding of a convolution that keeps its size: ke - 1 in all. */
const convolved = (_i: 0 | 1, effective: number) => effective - 1;

/** Depthwise: each input channel is a group of its own. */
export function isDepthwise(operator: Operator): boolean {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
      return operator.groups > 1 && operator.groups === operator.inChannels;
    default:
      return false;
  }
}

function variedChannels(layer: Conv2d | ConvTranspose2d | DeformConv2d, { after, outFactor }: OperatorChange) {
  const inChannels = after[1];
  if (!isDepthwise(layer)) return { inChannels, groups: layer.groups, outChannels: layer.outChannels * outFactor };
  const multiplier = layer.outChannels / layer.inChannels;
  return { inChannels, groups: inChannels, outChannels: inChannels * multiplier * outFactor };
}

function isFlat([, , height, width]: Shape): boolean {
  return height === 1 && width === 1;
}

/** An axis that is taken whole stays whole; a part of the channels grows with them. */
function variedSlice(slice: Slice, { before, after, outFactor }: OperatorChange): Slice {
  const [images, from, top, left] = slice.start;
  const [n, channels, rows, columns] = slice.count;
  const whole = (axis: 0 | 2 | 3, count: number) => (count === before[axis] ? after[axis] : count);
  return {
    ...slice,
    start: [images, from * outFactor, top, left],
    count: [whole(0, n), channels * outFactor, whole(2, rows), whole(3, columns)],
  };
}

/** The operator after the change; null for kinds that say too much about sizes to be changed. It need not be valid. */
export function varyOperator(operator: Operator, change: OperatorChange): Operator | null {
  const { after, kernel, outFactor } = change;
  switch (operator.kind) {
    case 'input':
      return { ...operator, channels: after[1] };
    case 'conv2d': {
      const kernelSize = variedKernel(operator.kernelSize, kernel);
      const { padding } = operator;
      const varied =
        typeof padding === 'string' ? padding : variedPadding({ ...operator, padding }, kernelSize, convolved);
      return { ...operator, ...variedChannels(operator, change), kernelSize, padding: varied };
    }
    case 'deform_conv2d': {
      const kernelSize = variedKernel(operator.kernelSize, kernel);
      const padding = variedPadding(operator, kernelSize, convolved);
      return { ...operator, ...variedChannels(operator, change), kernelSize, padding };
    }
    case 'conv_transpose2d': {
      const kernelSize = variedKernel(operator.kernelSize, kernel);
      const { stride, outputPadding } = operator;
      // Its size is s times the input's when it crops ke + output_padding - s in all.
      const cropped = (i: 0 | 1, effective: number) => effective + outputPadding[i] - stride[i];
      const padding = variedPadding(operator, kernelSize, cropped);
      return { ...operator, ...variedChannels(operator, change), kernelSize, padding };
    }
    case 'locally_connected2d': {
      const kernelSize = variedKernel(operator.kernelSize, kernel);
      const padding = variedPadding(operator, kernelSize, convolved);
      const outChannels = operator.outChannels * outFactor;
      return { ...operator, inChannels: after[1], inputSize: [after[2], after[3]], outChannels, kernelSize, padding };
    }
    case 'linear': {
      const outFeatures = change.maps
        ? change.maps[1] * change.maps[2] * change.maps[3]
        : operator.outFeatures * outFactor;
      return { ...operator, inFeatures: after[1], outFeatures };
    }
    case 'reshape':
      if (isFlat(operator.shape)) return { ...operator, shape: [after[0], after[1] * after[2] * after[3], 1, 1] };
      return change.maps && { ...operator, shape: change.maps };
    case 'batch_norm2d':
      return { ...operator, numFeatures: after[1] };
    case 'layer_norm2d':
    case 'group_norm':
      return { ...operator, numChannels: after[1] };
    case 'prelu':
      return { ...operator, numParameters: operator.numParameters === 1 ? 1 : after[1] };
    case 'activation':
    case 'pool2d':
    case 'adaptive_pool2d':
    case 'channel_shuffle':
    case 'depth_to_space':
    case 'space_to_depth':
    case 'dropout':
    case 'elementwise':
    case 'arithmetic':
    case 'concat':
    case 'softmax':
    case 'reduce':
    case 'local_response_norm':
    case 'resize':
    case 'pad':
      return operator;
    case 'slice':
      return variedSlice(operator, change);
    case 'permute':
    // Gradients are made anew of the network that has changed.
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      return null;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
