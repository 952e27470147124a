/**
 * TensorFlow.js with its WebGPU backend, in NHWC (its NCHW path gives wrong results for some shapes). Groups are split and joined as
 * its users do, or depthwise where each channel is a group. It refuses stride and dilation together.
 */
import type { Contender, Prepare } from './contender.ts';
import { loadScript, peerPath } from './peers.ts';
import type { Sample } from './workload.ts';

/** The part of TensorFlow.js that is used. */
interface TfTensor {
  data(): Promise<Float32Array>;
  dispose(): void;
}
interface WebGpuBackend {
  readonly queue: GPUQueue;
  endComputePassEncoder?(): void;
  submitQueue(): void;
}
interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  backend(): WebGpuBackend;
  tensor4d(values: Float32Array, shape: readonly number[]): TfTensor;
  tensor1d(values: Float32Array): TfTensor;
  tidy<T extends TfTensor>(work: () => T): T;
  split(x: TfTensor, parts: number, axis: number): TfTensor[];
  concat(parts: readonly TfTensor[], axis: number): TfTensor;
  add(a: TfTensor, b: TfTensor): TfTensor;
  depthwiseConv2d(
    x: TfTensor,
    filter: TfTensor,
    strides: readonly number[],
    pad: Padding,
    format: 'NHWC',
    dilations: readonly number[],
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
  };
}
type Padding = readonly (readonly [number, number])[];

declare global {
  var tf: Tf | undefined;
}

export async function startTfjs(): Promise<Prepare> {
  await loadScript(peerPath('@tensorflow/tfjs/dist/tf.min.js'));
  await loadScript(peerPath('@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js'));
  const { tf } = globalThis;
  if (!tf || !(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on WebGPU here.');
  await tf.ready();
  return async (sample) => prepare(tf, sample);
}

function prepare(tf: Tf, sample: Sample): Contender {
  const { conv, shape, outputShape, parameters } = sample;
  const { groups, outChannels, inChannels, kernelSize, stride, dilation } = conv;
  if (Math.max(...stride) > 1 && Math.max(...dilation) > 1) throw new Error('no stride and dilation together');
  const { top, bottom, left, right } = conv.padding;
  const pad: Padding = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const [, channels, height, width] = shape;
  const slices = inChannels / groups;
  const filters = outChannels / groups;
  const x = tf.tensor4d(toChannelsLast(sample.input, channels, height * width), [1, height, width, channels]);
  const bias = tf.tensor1d(parameters.bias);
  const isDepthwise = slices === 1 && groups > 1;
  const hwio = (group: number, count: number) =>
    filterOf(
      parameters.weight.subarray(group * filters * slices * kernelSize[0] * kernelSize[1]),
      count,
      slices,
      kernelSize,
    );
  const whole = isDepthwise
    ? [
        tf.tensor4d(depthwiseFilter(parameters.weight, inChannels, filters, kernelSize), [
          ...kernelSize,
          inChannels,
          filters,
        ]),
      ]
    : Array.from({ length: groups }, (_, group) => tf.tensor4d(hwio(group, filters), [...kernelSize, slices, filters]));
  const biases =
    groups === 1 || isDepthwise
      ? [bias]
      : Array.from({ length: groups }, (_, g) => tf.tensor1d(parameters.bias.slice(g * filters, (g + 1) * filters)));

  const options = { strides: stride, pad, dataFormat: 'NHWC', dilations: dilation } as const;
  const once = (): TfTensor =>
    tf.tidy(() => {
      if (isDepthwise) return tf.add(tf.depthwiseConv2d(x, whole[0]!, stride, pad, 'NHWC', dilation), bias);
      if (groups === 1) return tf.fused.conv2d({ x, filter: whole[0]!, bias, ...options });
      const parts = tf.split(x, groups, 3);
      return tf.concat(
        parts.map((part, g) => tf.fused.conv2d({ x: part, filter: whole[g]!, bias: biases[g]!, ...options })),
        3,
      );
    });

  return {
    async run(times) {
      for (let i = 0; i < times; i++) once().dispose();
      const backend = tf.backend();
      // Dispatches are collected; what is left of them goes to the device now.
      backend.endComputePassEncoder?.();
      backend.submitQueue();
      await backend.queue.onSubmittedWorkDone();
    },
    async output() {
      const y = once();
      const values = await y.data();
      y.dispose();
      return toChannelsFirst(values, outputShape[1], outputShape[2] * outputShape[3]);
    },
    dispose() {
      for (const tensor of new Set([x, bias, ...whole, ...biases])) tensor.dispose();
    },
  };
}

/** [C, pixels] to [pixels, C]. */
function toChannelsLast(values: Float32Array, channels: number, pixels: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % channels) * pixels + Math.floor(i / channels)]!);
}

function toChannelsFirst(values: Float32Array, channels: number, pixels: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % pixels) * channels + Math.floor(i / pixels)]!);
}

/** OIHW to HWIO. */
function filterOf(
  weight: Float32Array,
  filters: number,
  slices: number,
  [kh, kw]: readonly [number, number],
): Float32Array {
  const area = kh * kw;
  return Float32Array.from({ length: area * slices * filters }, (_, i) => {
    const o = i % filters;
    const c = Math.floor(i / filters) % slices;
    return weight[(o * slices + c) * area + Math.floor(i / (filters * slices))]!;
  });
}

/** [C x multiplier, 1, kh, kw] to [kh, kw, C, multiplier]. */
function depthwiseFilter(
  weight: Float32Array,
  channels: number,
  multiplier: number,
  [kh, kw]: readonly [number, number],
): Float32Array {
  const filters = channels * multiplier;
  return Float32Array.from(
    { length: kh * kw * filters },
    (_, i) => weight[(i % filters) * kh * kw + Math.floor(i / filters)]!,
  );
}
