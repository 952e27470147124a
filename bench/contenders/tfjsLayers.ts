/**
 * The layers with TensorFlow.js's own operations, as its users write them: groups are split and joined, or depthwise where each channel
 * is a group; a shuffle is a transposition. It has no deformable and no locally connected layer, and refuses stride and dilation together.
 */
import type { ChannelShuffle } from '../../src/operators/channelShuffle/attributes.ts';
import type { ConvTranspose2d } from '../../src/operators/convTranspose2d/attributes.ts';
import type { PerSide } from '../../src/operators/operator.ts';
import type { BenchConv } from '../sample/readLayers.ts';
import type { FilledStep } from '../sample/workload.ts';
import { depthwiseFilter, filterOf, turnedFilter } from './tfjsOrder.ts';

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
  depthwiseConv2d(
    x: TfTensor,
    filter: TfTensor,
    strides: readonly number[],
    pad: Padding,
    format: 'NHWC',
    dilations: readonly number[],
  ): TfTensor;
  conv2dTranspose(
    x: TfTensor,
    filter: TfTensor,
    outputShape: readonly number[],
    strides: readonly number[],
    pad: Padding,
  ): TfTensor;
  readonly fused: {
    conv2d(options: {
      x: TfTensor;
      filter: TfTensor;
      strides: readonly number[];
      pad: Padding;
      dataFormat: 'NHWC';
      dilations: readonly number[];
      bias: TfTensor;
    }): TfTensor;
    matMul(options: { a: TfTensor; b: TfTensor; bias: TfTensor }): TfTensor;
  };
}

export interface TfLayer {
  readonly weights: readonly TfTensor[];
  apply(x: TfTensor): TfTensor;
}

/** Throws where TensorFlow.js has no such layer. */
export function tfjsLayer(tf: Tf, step: FilledStep): TfLayer {
  const { layer } = step;
  switch (layer.kind) {
    case 'conv2d':
      return convolution(tf, layer, step);
    case 'conv_transpose2d':
      return transposed(tf, layer, step);
    case 'channel_shuffle':
      return shuffle(tf, layer, step);
    case 'linear': {
      const { weight, bias } = learned(step);
      // A dense layer's kernel is [in, out].
      const kernel = tf.tensor(transposedMatrix(weight, layer.inFeatures), [layer.inFeatures, layer.outFeatures]);
      const weights = [kernel, tf.tensor(bias, [layer.outFeatures])] as const;
      return {
        weights,
        apply: (x) => tf.fused.matMul({ a: tf.reshape(x, [1, layer.inFeatures]), b: kernel, bias: weights[1] }),
      };
    }
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

function convolution(tf: Tf, conv: BenchConv, step: FilledStep): TfLayer {
  const { groups, outChannels, inChannels, kernelSize, stride, dilation } = conv;
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) throw new Error('no stride and dilation together');
  const { weight, bias } = learned(step);
  const pad = paddingOf(conv.padding);
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
      apply: (x) => tf.add(tf.depthwiseConv2d(x, filter, stride, pad, 'NHWC', dilation), offsets),
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
  const options = { strides: stride, pad, dataFormat: 'NHWC', dilations: dilation } as const;
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

function shuffle(tf: Tf, { groups }: ChannelShuffle, { input: [, channels, height, width] }: FilledStep): TfLayer {
  return {
    weights: [],
    apply(x) {
      const split = tf.reshape(x, [height, width, groups, channels / groups]);
      return tf.reshape(tf.transpose(split, [0, 1, 3, 2]), [1, height, width, channels]);
    },
  };
}

/** [rows, columns] to [columns, rows]. */
function transposedMatrix(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from(values, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);
}
