/**
 * One unit as the sum that it is: for every input channel that it reads the values under its taps, the weights and their products; then the
 * bias. True for every operator with weights: a transposed convolution's taps are those that write this output, a deformable one's values
 * are interpolated and masked, a locally connected layer's weights are those of this position. Sums in float64.
 */
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { sourceIndex } from '../operators/conv2d/index.ts';
import { resolvePadding } from '../operators/conv2d/padding.ts';
import type { ConvTranspose2d } from '../operators/convTranspose2d/attributes.ts';
import type { DeformConv2d } from '../operators/deformConv2d/attributes.ts';
import type { SamplingPoint } from '../operators/deformConv2d/points.ts';
import type { Linear } from '../operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../operators/locallyConnected2d/attributes.ts';
import type { Pair, Shape } from '../operators/operator.ts';
import { outputSize } from '../operators/window.ts';

export type TermOperator = Conv2d | ConvTranspose2d | DeformConv2d | Linear | LocallyConnected2d;

export interface TermUnit {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export interface Term {
  /** What stands under the tap: 0 in zero padding; of a deformable tap mask x interpolated value. */
  readonly value: number;
  readonly weight: number;
  readonly product: number;
  /** The tap reads zero padding; of a transposed layer, it writes no value to this output. */
  readonly isOutside: boolean;
}

export interface TermSlice {
  /** Input channel. */
  readonly channel: number;
  /** rows x columns, in reading order. */
  readonly terms: readonly Term[];
  readonly partial: number;
}

export interface UnitTerms {
  readonly rows: number;
  readonly columns: number;
  readonly slices: readonly TermSlice[];
  readonly bias: number;
  readonly sum: number;
}

/** The part of the input that a unit reads: channels and a box inside the map; empty where all is padding. */
export interface TermBox {
  readonly channel: number;
  readonly channels: number;
  readonly y: number;
  readonly x: number;
  readonly height: number;
  readonly width: number;
}

interface Tap {
  /** Place in the input; null: outside. */
  readonly y: number | null;
  readonly x: number | null;
}

/** `input`: what the operator reads, [1, C, H, W]; a fully connected layer's before it is flattened. */
interface TermPlace {
  readonly operator: TermOperator;
  readonly input: Shape;
  readonly unit: TermUnit;
  /** Of a deformable layer: the unit's samples. */
  readonly samples?: readonly SamplingPoint[];
}

const index = (at: number, size: number, mode: Conv2d['paddingMode']) => sourceIndex(at, size, mode);

/** Rows and columns of taps, each where it reads; null where it reads nothing. */
function tapsOf({ operator, input, unit }: TermPlace): {
  readonly rows: readonly Tap['y'][];
  readonly columns: readonly Tap['x'][];
} {
  const [, , height, width] = input;
  const list = (count: number, at: (tap: number) => number | null) =>
    Array.from({ length: count }, (_, tap) => at(tap));
  switch (operator.kind) {
    case 'conv2d':
    case 'locally_connected2d': {
      const padding = operator.kind === 'conv2d' ? resolvePadding(operator) : operator.padding;
      const mode = operator.kind === 'conv2d' ? operator.paddingMode : 'zeros';
      const { kernelSize, stride, dilation } = operator;
      return {
        rows: list(kernelSize[0], (t) => index(unit.y * stride[0] - padding.top + t * dilation[0], height, mode)),
        columns: list(kernelSize[1], (t) => index(unit.x * stride[1] - padding.left + t * dilation[1], width, mode)),
      };
    }
    case 'conv_transpose2d': {
      const { kernelSize, stride, dilation, padding } = operator;
      const along = (output: number, crop: number, axis: 0 | 1, size: number) => (tap: number) => {
        const at = (output + crop - tap * dilation[axis]) / stride[axis];
        return Number.isInteger(at) && at >= 0 && at < size ? at : null;
      };
      return {
        rows: list(kernelSize[0], along(unit.y, padding.top, 0, height)),
        columns: list(kernelSize[1], along(unit.x, padding.left, 1, width)),
      };
    }
    case 'linear':
      return { rows: list(height, (y) => y), columns: list(width, (x) => x) };
    case 'deform_conv2d':
      return { rows: list(operator.kernelSize[0], () => null), columns: list(operator.kernelSize[1], () => null) };
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

/** The input channels that the unit reads: [first, first + count). */
function channelsOf({ operator, input, unit }: TermPlace): { readonly first: number; readonly count: number } {
  if (operator.kind === 'linear' || operator.kind === 'locally_connected2d') return { first: 0, count: input[1] };
  const count = operator.inChannels / operator.groups;
  return { first: Math.floor(unit.channel / (operator.outChannels / operator.groups)) * count, count };
}

/** What has to be read to know the unit's terms; null where it reads nothing of the map. */
export function termBox(place: TermPlace): TermBox | null {
  const { first, count } = channelsOf(place);
  const [, , height, width] = place.input;
  const corners = place.samples?.flatMap(({ corners }) => corners.filter(({ isInside }) => isInside));
  const taps = tapsOf(place);
  const rows = corners ? corners.map(({ y }) => y) : taps.rows.filter((y) => y !== null);
  const columns = corners ? corners.map(({ x }) => x) : taps.columns.filter((x) => x !== null);
  if (rows.length === 0 || columns.length === 0) return null;
  const [y, x] = [Math.min(...rows), Math.min(...columns)];
  const box = { y, x, height: Math.max(...rows) - y + 1, width: Math.max(...columns) - x + 1 };
  if (box.y + box.height > height || box.x + box.width > width) throw new Error('a tap lies outside of its map');
  return { channel: first, channels: count, ...box };
}

/** The learned tensors of a layer, asked weight by weight: they need not exist in full. */
export interface TermWeights {
  /** By the place in PyTorch's layout. */
  weightAt(place: number): number;
  readonly bias: Float32Array | null;
}

/** The terms of a unit from the values of its box, [channels, height, width]. */
export function unitTerms(
  place: TermPlace,
  weights: TermWeights,
  box: TermBox | null,
  values: Float32Array,
): UnitTerms {
  const { operator, unit, samples } = place;
  const { first, count } = channelsOf(place);
  const taps = tapsOf(place);
  const [rows, columns] = [taps.rows.length, taps.columns.length];
  const at = (channel: number, y: number, x: number) =>
    box ? values[((channel - box.channel) * box.height + y - box.y) * box.width + x - box.x]! : 0;
  const weightOf = weightsOf(place, weights, [rows, columns]);
  const slices = Array.from({ length: count }, (_, i): TermSlice => {
    const channel = first + i;
    const terms = Array.from({ length: rows * columns }, (_, tap): Term => {
      const [y, x] = [taps.rows[Math.floor(tap / columns)] ?? null, taps.columns[tap % columns] ?? null];
      const weight = weightOf(i, tap);
      const sample = samples && sampleOf(operator, samples, channel, tap);
      const isOutside = sample ? sample.corners.every(({ isInside }) => !isInside) : y === null || x === null;
      const value = sample
        ? interpolated(sample, (row, column) => at(channel, row, column))
        : isOutside
          ? 0
          : at(channel, y!, x!);
      return { value, weight, product: value * weight, isOutside };
    });
    return { channel, terms, partial: terms.reduce((sum, { product }) => sum + product, 0) };
  });
  const bias = biasOf(place, weights.bias, unit);
  return { rows, columns, slices, bias, sum: slices.reduce((sum, { partial }) => sum + partial, bias) };
}

function sampleOf(
  operator: TermOperator,
  samples: readonly SamplingPoint[],
  channel: number,
  tap: number,
): SamplingPoint {
  if (operator.kind !== 'deform_conv2d') throw new Error('only a deformable layer has samples');
  const group = Math.floor(channel / (operator.inChannels / operator.offsetGroups));
  const sample = samples.find((each) => each.group === group && each.tap === tap);
  if (!sample) throw new Error(`no sample of tap ${tap} in group ${group}`);
  return sample;
}

function interpolated({ corners, mask }: SamplingPoint, at: (y: number, x: number) => number): number {
  return mask * corners.reduce((sum, { y, x, weight, isInside }) => (isInside ? sum + weight * at(y, x) : sum), 0);
}

/** The weight of (input channel within the group, tap). */
function weightsOf({ operator, input, unit }: TermPlace, { weightAt }: TermWeights, [rows, columns]: Pair) {
  const area = rows * columns;
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d': {
      const count = operator.inChannels / operator.groups;
      return (i: number, tap: number) => weightAt((unit.channel * count + i) * area + tap);
    }
    case 'conv_transpose2d': {
      // [Cin, Cout / groups, kh, kw]
      const outputs = operator.outChannels / operator.groups;
      const group = Math.floor(unit.channel / outputs);
      const first = group * (operator.inChannels / operator.groups);
      return (i: number, tap: number) => weightAt(((first + i) * outputs + (unit.channel % outputs)) * area + tap);
    }
    case 'linear':
      return (i: number, tap: number) => weightAt(unit.channel * operator.inFeatures + i * area + tap);
    case 'locally_connected2d': {
      const position = unit.y * outputColumns(operator) + unit.x;
      const each = input[1] * area;
      return (i: number, tap: number) =>
        weightAt((position * operator.outChannels + unit.channel) * each + i * area + tap);
    }
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

function outputColumns({ inputSize, kernelSize, stride, dilation, padding }: LocallyConnected2d): number {
  return outputSize({
    input: inputSize[1],
    kernel: kernelSize[1],
    stride: stride[1],
    dilation: dilation[1],
    before: padding.left,
    after: padding.right,
  });
}

/** A locally connected layer has one for each value: [Cout, OH, OW]. */
function biasOf({ operator }: TermPlace, bias: Float32Array | null, { channel, y, x }: TermUnit): number {
  if (!bias) return 0;
  if (operator.kind !== 'locally_connected2d') return bias[channel] ?? 0;
  const columns = outputColumns(operator);
  const rows = bias.length / operator.outChannels / columns;
  return bias[(channel * rows + y) * columns + x] ?? 0;
}
