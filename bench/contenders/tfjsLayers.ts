/**
 * The layers with TensorFlow.js's own operations, as its users write them: groups are split and joined, or depthwise where each channel
 * is a group; a shuffle is a transposition. It has no deformable and no locally connected layer, and refuses stride and dilation together.
 */
import type { ChannelShuffle } from '../../src/operators/channelShuffle/attributes.ts';
import type { ConvTranspose2d } from '../../src/operators/convTranspose2d/attributes.ts';
import type { PerSide, Shape } from '../../src/operators/operator.ts';
import type { BenchConv, Rectifier } from '../sample/layers.ts';
import type { FilledStep } from '../sample/steps.ts';
import { channelsLastMatrix, depthwiseFilter, filterOf, turnedFilter } from './tfjsOrder.ts';

export interface TfTensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}
type Padding = readonly (readonly [number, number])[];

/** The part of TensorFlow.js that is used. */
export interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  backend(): {
    readonly queue: GPUQueue;
    /** Null when all that was recorded has been submitted. */
    readonly commandEncoder: GPUCommandEncoder | null;
    endComputePassEncoder?(): void;
    submitQueue(): void;
  };
  tensor(values: Float32Array, shape: readonly number[]): TfTensor;
  tidy<T extends TfTensor>(work: () => T): T;
  split(x: TfTensor, parts: number, axis: number): TfTensor[];
  concat(parts: readonly TfTensor[], axis: number): TfTensor;
  reshape(x: TfTensor, shape: readonly number[]): TfTensor;
  transpose(x: TfTensor, order: readonly number[]): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  relu(x: TfTensor): TfTensor;
  relu6(x: TfTensor): TfTensor;
  mean(x: TfTensor, axes: readonly number[], keepsAxes: boolean): TfTensor;
  maxPool(x: TfTensor, size: readonly number[], strides: readonly number[], pad: Padding, rounding: 'floor'): TfTensor;
  conv2dTranspose(
    x: TfTensor,
    filter: TfTensor,
    outputShape: readonly number[],
    strides: readonly number[],
    pad: Padding,
  ): TfTensor;
  readonly fused: {
    conv2d(options: FusedConvolution): TfTensor;
    depthwiseConv2d(options: FusedConvolution): TfTensor;
    matMul(options: { a: TfTensor; b: TfTensor; bias: TfTensor; activation: Activation }): TfTensor;
  };
}

type Activation = 'linear' | Rectifier;

interface FusedConvolution {
  readonly x: TfTensor;
  readonly filter: TfTensor;
  readonly strides: readonly number[];
  readonly pad: Padding;
  readonly dataFormat: 'NHWC';
  readonly dilations: readonly number[];
  readonly bias: TfTensor;
  readonly activation: Activation;
}

export interface TfLayer {
  readonly weights: readonly TfTensor[];
  /** The maps of all that the step reads. */
  apply(x: TfTensor, ...others: readonly TfTensor[]): TfTensor;
}

/** Where a step stands: what is computed with it, and the maps that a fully connected layer reads as one vector (else its input). */
export interface Place {
  readonly activation: Activation;
  readonly flattened: Shape;
}

/** Layers whose operation ends in an activation. */
export function endsInActivation({ layer }: FilledStep): boolean {
  return layer.kind === 'conv2d' || layer.kind === 'linear';
}

/** Throws where TensorFlow.js has no such layer. */
export function tfjsLayer(tf: Tf, step: FilledStep, place: Place): TfLayer {
  const { layer } = step;
  switch (layer.kind) {
    case 'conv2d':
      return convolution(tf, layer, step, place);
    case 'conv_transpose2d':
      return transposed(tf, layer, step);
    case 'channel_shuffle':
      return shuffle(tf, layer, step);
    case 'linear': {
      const { weight, bias } = learned(step);
      // A dense layer's kernel is [in, out], its input in the order of the maps, NHWC.
      const rows = channelsLastMatrix(weight, place.flattened);
      const kernel = tf.tensor(rows, [layer.inFeatures, layer.outFeatures]);
      const weights = [kernel, tf.tensor(bias, [layer.outFeatures])] as const;
      const { activation } = place;
      return {
        weights,
        apply: (x) =>
          tf.fused.matMul({ a: tf.reshape(x, [1, layer.inFeatures]), b: kernel, bias: weights[1], activation }),
      };
    }
    case 'activation':
      return { weights: [], apply: (x) => (layer.function === 'relu' ? tf.relu(x) : tf.relu6(x)) };
    case 'pool2d': {
      const { kernelSize, stride, padding } = layer;
      return { weights: [], apply: (x) => tf.maxPool(x, kernelSize, stride, paddingOf(padding), 'floor') };
    }
    case 'adaptive_pool2d':
      return { weights: [], apply: (x) => tf.mean(x, [1, 2], true) };
    case 'arithmetic':
      return { weights: [], apply: (x, y) => tf.add(x, y!) };
    case 'concat':
      return { weights: [], apply: (...parts) => tf.concat(parts, 3) };
    case 'reshape':
      return { weights: [], apply: (x) => tf.reshape(x, [1, layer.shape[1]]) };
    case 'deform_conv2d':
      throw new Error('it has no deformable convolution');
    case 'locally_connected2d':
      throw new Error('it has no locally connected layer');
    default:
      layer satisfies never;
      throw new Error('unknown layer');
  }
}

function learned({ layer, parameters }: FilledStep) {
  if (!parameters) throw new Error(`${layer.kind} without weights`);
  return parameters;
}

function paddingOf({ top, bottom, left, right }: PerSide): Padding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

function convolution(tf: Tf, conv: BenchConv, step: FilledStep, { activation }: Place): TfLayer {
  const { groups, outChannels, inChannels, kernelSize, stride, dilation } = conv;
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) throw new Error('no stride and dilation together');
  const { weight, bias } = learned(step);
  const options = {
    strides: stride,
    pad: paddingOf(conv.padding),
    dataFormat: 'NHWC',
    dilations: dilation,
    activation,
  } as const;
  const [slices, filters] = [inChannels / groups, outChannels / groups];
  if (slices === 1 && groups > 1) {
    const filter = tf.tensor(depthwiseFilter(weight, inChannels, filters, kernelSize), [
      ...kernelSize,
      inChannels,
      filters,
    ]);
    const offsets = tf.tensor(bias, [outChannels]);
    return {
      weights: [filter, offsets],
      apply: (x) => tf.fused.depthwiseConv2d({ x, filter, bias: offsets, ...options }),
    };
  }
  const perGroup = filters * slices * kernelSize[0] * kernelSize[1];
  const parts = Array.from({ length: groups }, (_, group) => ({
    filter: tf.tensor(filterOf(weight.subarray(group * perGroup), filters, slices, kernelSize), [
      ...kernelSize,
      slices,
      filters,
    ]),
    bias: tf.tensor(bias.slice(group * filters, (group + 1) * filters), [filters]),
  }));
  return {
    weights: parts.flatMap((part) => [part.filter, part.bias]),
    apply(x) {
      const pieces = groups === 1 ? [x] : tf.split(x, groups, 3);
      const outputs = pieces.map((piece, group) => tf.fused.conv2d({ x: piece, ...parts[group]!, ...options }));
      return groups === 1 ? outputs[0]! : tf.concat(outputs, 3);
    },
  };
}

function transposed(tf: Tf, conv: ConvTranspose2d, step: FilledStep): TfLayer {
  const { inChannels, outChannels, kernelSize, stride, dilation, groups } = conv;
  if (groups > 1 || Math.max(...dilation) > 1) throw new Error('no groups and no dilation of a transposed convolution');
  const { weight, bias } = learned(step);
  const filter = tf.tensor(turnedFilter(weight, inChannels, outChannels, kernelSize[0] * kernelSize[1]), [
    ...kernelSize,
    outChannels,
    inChannels,
  ]);
  const offsets = tf.tensor(bias, [outChannels]);
  const [, , height, width] = step.output;
  const pad = paddingOf(conv.padding);
  return {
    weights: [filter, offsets],
    apply: (x) => tf.add(tf.conv2dTranspose(x, filter, [1, height, width, outChannels], stride, pad), offsets),
  };
}

function shuffle(tf: Tf, { groups }: ChannelShuffle, { output: [, channels, height, width] }: FilledStep): TfLayer {
  return {
    weights: [],
    apply(x) {
      const split = tf.reshape(x, [height, width, groups, channels / groups]);
      return tf.reshape(tf.transpose(split, [0, 1, 3, 2]), [1, height, width, channels]);
    },
  };
}
