/**
 * Layers with a window. TensorFlow's SAME gives ceil(size / stride) outputs, and the odd row or column of padding goes behind: how much
 * depends on the size (Abadi et al. 2015, `tf.nn.convolution`). Kernels lie as [H, W, in, out], of depthwise layers as [H, W, C, M].
 */
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { Pair, PerSide, Shape } from '../../../operators/operator.ts';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { effectiveKernel } from '../../../operators/window.ts';
import { ModelError, unsupported } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import type { NetworkBuilder, Value } from './builder.ts';

export type TfPadding = 'same' | 'valid' | PerSide;

export interface WindowAttributes {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: TfPadding;
}

const none: PerSide = { top: 0, bottom: 0, left: 0, right: 0 };

/** Rows in front of and behind `size` so that `outputs` windows fit. */
function around(size: number, kernel: number, stride: number, outputs: number): readonly [number, number] {
  const all = Math.max(0, (outputs - 1) * stride + kernel - size);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

function resolve({ padding, stride, dilation }: WindowAttributes, kernel: Pair, [, , h, w]: Shape): PerSide {
  if (padding === 'valid') return none;
  if (padding !== 'same') return padding;
  const [top, bottom] = around(h, effectiveKernel(kernel[0], dilation[0]), stride[0], Math.ceil(h / stride[0]));
  const [left, right] = around(w, effectiveKernel(kernel[1], dilation[1]), stride[1], Math.ceil(w / stride[1]));
  return { top, bottom, left, right };
}

/** Throws where a stride, a dilation or a window is no count. */
function checkCounts(id: string, ...pairs: readonly Pair[]): void {
  for (const value of pairs.flat())
    if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 20) throw unsupported(id, `a window of ${value}`);
}

function mapsOf(builder: NetworkBuilder, id: string, input: Value): Shape {
  if (input.dims.length !== 4) throw unsupported(id, `a window over a tensor of rank ${input.dims.length}`);
  return builder.shape(input);
}

function kernelOf(tensor: TfTensor, id: string): readonly [number, number, number, number] {
  const [h = 0, w = 0, a = 0, b = 0] = tensor.shape;
  if (tensor.shape.length !== 4 || !tensor.shape.every((size) => size > 0))
    throw new ModelError('model-weight', { name: id });
  return [h, w, a, b];
}

export function biasOf(bias: TfTensor | null, channels: number, id: string): Float32Array | null {
  if (bias && bias.values.length !== channels) throw new ModelError('model-weight', { name: id });
  return bias?.values ?? null;
}

/** values[f(o, i, y, x)] of a kernel that lies [H, W, A, B] → [O, I, H, W] in order. */
function reordered(
  kernel: TfTensor,
  [outer, inner]: Pair,
  at: (outer: number, inner: number, tap: number) => number,
): Float32Array {
  const taps = kernel.shape[0]! * kernel.shape[1]!;
  const weight = new Float32Array(outer * inner * taps);
  let i = 0;
  for (let o = 0; o < outer; o++)
    for (let c = 0; c < inner; c++) for (let tap = 0; tap < taps; tap++) weight[i++] = kernel.values[at(o, c, tap)]!;
  return weight;
}

/** A convolution; groups where the kernel [H, W, in, out] reads fewer channels than there are. */
export function convolution(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  kernel: TfTensor,
  bias: TfTensor | null,
  attributes: WindowAttributes,
): Value {
  const [, , inner, outChannels] = kernelOf(kernel, id);
  const channels = mapsOf(builder, id, input)[1];
  if (channels % inner !== 0) throw new ModelError('model-weight', { name: id });
  return grouped(builder, id, input, { kernel, bias, attributes, outChannels, groups: channels / inner });
}

/** One group for each channel of the kernel [H, W, C, M]; output c * M + m is the m-th of channel c. */
export function depthwise(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  kernel: TfTensor,
  bias: TfTensor | null,
  attributes: WindowAttributes,
): Value {
  const [, , channels, multiplier] = kernelOf(kernel, id);
  if (channels !== mapsOf(builder, id, input)[1]) throw new ModelError('model-weight', { name: id });
  return grouped(builder, id, input, {
    kernel,
    bias,
    attributes,
    outChannels: channels * multiplier,
    groups: channels,
  });
}

interface Grouped {
  readonly kernel: TfTensor;
  readonly bias: TfTensor | null;
  readonly attributes: WindowAttributes;
  readonly outChannels: number;
  readonly groups: number;
}

/** Both kernels lie alike: for every tap and input of a group one value for each output. */
function grouped(builder: NetworkBuilder, id: string, input: Value, layer: Grouped): Value {
  const { kernel, bias, attributes, outChannels, groups } = layer;
  const shape = mapsOf(builder, id, input);
  const [kh, kw] = kernelOf(kernel, id);
  const { stride, dilation } = attributes;
  checkCounts(id, stride, dilation);
  const inner = shape[1] / groups;
  const shift = biasOf(bias, outChannels, id);
  const operator = createConv2d({
    ...{ inChannels: shape[1], outChannels, kernelSize: [kh, kw], stride, dilation, groups, bias: bias !== null },
    padding: resolve(attributes, [kh, kw], shape),
  });
  const weight = () => reordered(kernel, [outChannels, inner], (o, c, tap) => (tap * inner + c) * outChannels + o);
  return builder.emit(id, operator, [input], { parameters: () => ({ weight: weight(), bias: shift }) });
}

/**
 * A transposed convolution: the gradient of the convolution that would give the input from `size`. Its kernel lies [H, W, out, in].
 * `size` null: the input's times the stride, as SAME has it, or what the last window reaches.
 */
export function transposed(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  kernel: TfTensor,
  bias: TfTensor | null,
  { stride, dilation, padding }: WindowAttributes,
  size: Pair | null,
): Value {
  const shape = mapsOf(builder, id, input);
  const [kh, kw, outChannels, inChannels] = kernelOf(kernel, id);
  checkCounts(id, stride, dilation);
  if (inChannels !== shape[1]) throw new ModelError('model-weight', { name: id });
  const axis = (i: 0 | 1) => {
    const reach = effectiveKernel([kh, kw][i]!, dilation[i]);
    const inputs = shape[2 + i]!;
    const least = (inputs - 1) * stride[i] + reach;
    const wanted = size?.[i] ?? (padding === 'same' ? inputs * stride[i] : Math.max(least, inputs * stride[i]));
    const [before, after] = padding === 'same' ? around(wanted, reach, stride[i], inputs) : [0, 0];
    return { before, after, more: wanted - (least - before - after) };
  };
  const [rows, columns] = [axis(0), axis(1)];
  if (typeof padding === 'object') throw unsupported(id, 'explicit padding');
  if (rows.more < 0 || columns.more < 0) throw unsupported(id, `an output of ${size?.join(' x ')}`);
  const shift = biasOf(bias, outChannels, id);
  const operator = {
    kind: 'conv_transpose2d' as const,
    ...{ inChannels, outChannels, kernelSize: [kh, kw] as Pair, stride, dilation, groups: 1, bias: bias !== null },
    padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
    outputPadding: [rows.more, columns.more] as Pair,
  };
  const weight = () =>
    reordered(kernel, [inChannels, outChannels], (i, o, tap) => (tap * outChannels + o) * inChannels + i);
  return builder.emit(id, operator, [input], { parameters: () => ({ weight: weight(), bias: shift }) });
}

/** TensorFlow's padding counts neither for the maximum nor in the mean. */
export function pooling(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  name: 'max' | 'average',
  kernelSize: Pair,
  attributes: Omit<WindowAttributes, 'dilation'>,
): Value {
  const shape = mapsOf(builder, id, input);
  checkCounts(id, kernelSize, attributes.stride);
  const padding = resolve({ ...attributes, dilation: [1, 1] }, kernelSize, shape);
  const { stride } = attributes;
  return builder.emit(id, createPool2d({ function: name, kernelSize, stride, padding, countIncludePad: false }), [
    input,
  ]);
}
