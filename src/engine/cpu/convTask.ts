/**
 * The piece of work that the CPU engine hands to a thread: some channels, rows and columns of one convolution and the activations
 * after it, with all that it reads (padded input, weights), so that any thread can do it. Large boxes of outputs are cut into
 * tasks of a few milliseconds each: between two of them a thread hears of newer wishes.
 */

import type { ActivationName } from '../../operators/activation/attributes.ts';
import { activateFast } from '../../operators/activation/reference.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { computeRows } from '../../operators/conv2d/compute.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { HostTensor, Pair, ParameterValues, Shape } from '../../operators/operator.ts';
import { paddedWindow, type Span } from './paddedWindow.ts';

/** Channels c0..c1-1, rows y0..y1-1, columns x0..x1-1 of one image of an output. */
export interface Box {
  readonly n: number;
  readonly c0: number;
  readonly c1: number;
  readonly y0: number;
  readonly y1: number;
  readonly x0: number;
  readonly x1: number;
}

export function boxSize(box: Box): number {
  return (box.c1 - box.c0) * (box.y1 - box.y0) * (box.x1 - box.x0);
}

/**
 * Whether rows of pixels share the weights, or, in outputs of a few pixels, a pixel is a dot product. It belongs to the whole
 * convolution: parts of it that are computed apart have the same bits.
 */
export type ConvForm = 'rows' | 'dots';

const mostDots = 4;

export interface ConvTask {
  readonly form: ConvForm;
  /** Without padding; its channels are those of the groups that the box touches. */
  readonly conv: Conv2d;
  readonly input: HostTensor<Float32Array<ArrayBuffer>>;
  readonly parameters: ParameterValues;
  /** The first wanted output channel, counted in `conv`, and how many. */
  readonly channel: number;
  readonly channels: number;
  /** Applied in order to each value. */
  readonly activations: readonly ActivationName[];
}

/** Gives memory for a task's input, of any content. */
export type Allocate = (length: number) => Float32Array<ArrayBuffer>;

export const newArray: Allocate = (length) => new Float32Array(length);

/** What a convolution is applied to. */
export interface ConvSource {
  readonly conv: Conv2d;
  readonly parameters: ParameterValues;
  readonly values: Float32Array;
  readonly shape: Shape;
  /** Of all its outputs. */
  readonly size: Pair;
}

/**
 * An upper bound for a task's output and for its input, in values: a thread's memory grows to what its largest task needs and never
 * shrinks. Where one output reads much, a task may read a few times as much: neighbours share most of it.
 */
const valuesPerTask = 1 << 20;
const outputsWorth = 4;

const noPadding = { top: 0, bottom: 0, left: 0, right: 0 } as const;

/** Multiplications that each value of a convolution takes. */
export function macsPerValue(conv: Conv2d): number {
  return Math.max(1, (conv.inChannels / conv.groups) * conv.kernelSize[0] * conv.kernelSize[1]);
}

/** Cuts a box of outputs into boxes of about `macsPerTask`: rows first, then channels, then columns. */
export function* boxesOf(conv: Conv2d, box: Box, macsPerTask: number): Generator<Box> {
  const valuesAtOnce = Math.max(1, Math.min(valuesPerTask, Math.ceil(macsPerTask / macsPerValue(conv))));
  const widest = Math.min(box.x1 - box.x0, valuesPerTask);
  const channels = Math.max(1, Math.min(box.c1 - box.c0, Math.floor(valuesAtOnce / widest)));
  // What one row of outputs reads for each column, and all of them for each row.
  const perColumn = channelsRead(conv, channels) * spanOf(conv, 0, 1);
  const most = Math.max(valuesPerTask, outputsWorth * perColumn * spanOf(conv, 1, 1));
  const width = mostOutputs(conv, 1, widest, most / perColumn);
  const perRow = channelsRead(conv, channels) * spanOf(conv, 1, width);
  const highest = Math.max(1, Math.floor(valuesAtOnce / (width * channels)));
  const rows = mostOutputs(conv, 0, highest, most / perRow);
  for (let y0 = box.y0; y0 < box.y1; y0 += rows) {
    const y1 = Math.min(box.y1, y0 + rows);
    for (let c0 = box.c0; c0 < box.c1; c0 += channels) {
      const c1 = Math.min(box.c1, c0 + channels);
      for (let x0 = box.x0; x0 < box.x1; x0 += width) {
        yield { n: box.n, c0, c1, y0, y1, x0, x1: Math.min(box.x1, x0 + width) };
      }
    }
  }
}

/** Rows or columns of the input that so many neighbouring outputs read. */
function spanOf({ stride, dilation, kernelSize }: Conv2d, axis: 0 | 1, outputs: number): number {
  return (outputs - 1) * stride[axis] + dilation[axis] * (kernelSize[axis] - 1) + 1;
}

/** At most `wanted` neighbouring outputs, at least one, that read no more than `span` rows or columns. */
function mostOutputs(conv: Conv2d, axis: 0 | 1, wanted: number, span: number): number {
  return Math.max(1, Math.min(wanted, Math.floor((span - spanOf(conv, axis, 1)) / conv.stride[axis]) + 1));
}

/** Input channels of the groups that so many neighbouring output channels touch at most. */
function channelsRead({ inChannels, outChannels, groups }: Conv2d, channels: number): number {
  const touched = Math.min(groups, Math.ceil((channels - 1) / (outChannels / groups)) + 1);
  return touched * (inChannels / groups);
}

/** The rows or columns of the input that outputs from..to-1 read; padding lies outside the input. */
function spanRead(from: number, to: number, stride: number, dilation: number, kernel: number, before: number): Span {
  return { start: from * stride - before, length: (to - from - 1) * stride + dilation * (kernel - 1) + 1 };
}

/** All that a thread needs to compute `box` of a convolution's output. */
export function taskFor(
  source: ConvSource,
  box: Box,
  activations: readonly ActivationName[],
  allocate: Allocate = newArray,
): ConvTask {
  const { conv, parameters, values, shape } = source;
  const filtersPerGroup = conv.outChannels / conv.groups;
  const slices = conv.inChannels / conv.groups;
  const g0 = Math.floor(box.c0 / filtersPerGroup);
  const g1 = Math.ceil(box.c1 / filtersPerGroup);
  // With one group only the wanted filters travel; with several, the filters of the groups touched.
  const f0 = g1 - g0 === 1 ? box.c0 : g0 * filtersPerGroup;
  const f1 = g1 - g0 === 1 ? box.c1 : g1 * filtersPerGroup;
  const perFilter = slices * conv.kernelSize[0] * conv.kernelSize[1];
  const padding = resolvePadding(conv);
  const [kh, kw] = conv.kernelSize;
  const rows = spanRead(box.y0, box.y1, conv.stride[0], conv.dilation[0], kh, padding.top);
  const columns = spanRead(box.x0, box.x1, conv.stride[1], conv.dilation[1], kw, padding.left);
  return {
    form: source.size[0] * source.size[1] <= mostDots ? 'dots' : 'rows',
    conv: {
      ...conv,
      inChannels: (g1 - g0) * slices,
      outChannels: f1 - f0,
      groups: g1 - g0,
      padding: noPadding,
      paddingMode: 'zeros',
    },
    input: paddedWindow(values, shape, box.n, [g0 * slices, g1 * slices], rows, columns, conv.paddingMode, allocate),
    parameters: filtersOf(parameters, f0, f1, perFilter),
    channel: box.c0 - f0,
    channels: box.c1 - box.c0,
    activations,
  };
}

/** Cuts that were asked for before: whoever packs weights or sends them away knows them again. */
const cuts = new WeakMap<ParameterValues, Map<string, ParameterValues>>();

/** The parameters of filters f0..f1-1; all of them are the object itself. */
function filtersOf(parameters: ParameterValues, f0: number, f1: number, perFilter: number): ParameterValues {
  const { weight, bias } = parameters;
  if (f0 === 0 && f1 * perFilter === weight.length) return parameters;
  const known = cuts.get(parameters) ?? new Map<string, ParameterValues>();
  cuts.set(parameters, known);
  const key = `${f0} ${f1}`;
  const cut = known.get(key) ?? {
    weight: weight.slice(f0 * perFilter, f1 * perFilter),
    bias: bias?.slice(f0, f1) ?? null,
  };
  known.set(key, cut);
  return cut;
}

/** Rows and columns of the outputs of a convolution without padding. */
export function outputSize({ kernelSize, stride, dilation }: Conv2d, [, , height, width]: Shape): Pair {
  const along = (size: number, axis: 0 | 1) =>
    Math.floor((size - dilation[axis] * (kernelSize[axis] - 1) - 1) / stride[axis]) + 1;
  return [along(height, 0), along(width, 1)];
}

/** Does a task in TypeScript: [channels, rows, columns] of its box. */
export function computeTask(task: ConvTask): Float32Array<ArrayBuffer> {
  const { conv, input, channel, channels } = task;
  const [rows, columns] = outputSize(conv, input.shape);
  const values = new Float32Array(channels * rows * columns);
  const slab = { image: 0, channel, channels, row: 0, rows };
  computeRows(conv, input, task.parameters, slab, { values, offset: 0, channelStride: rows * columns });
  for (const name of task.activations) applyActivation(name, values);
  return values;
}

/** Passes every value through an activation, in place. */
export function applyActivation(name: ActivationName, values: Float32Array): void {
  if (name === 'none') return;
  const formula = activateFast(name);
  for (let index = 0; index < values.length; index += 1) values[index] = formula(values[index]!);
}
