/**
 * An operator for some of its channels alone: attributes and learned tensors with the rows and columns of those channels, in their order.
 * What is left of a pruned layer, and what its removed channels did, are both such restrictions.
 */
import type { Operator } from '../../operators/index.ts';
import type { ParameterValues, Shape } from '../../operators/operator.ts';
import { isDepthwise } from './channelFlow.ts';

/** Old channels, in their new order. */
export type Channels = readonly number[];

export interface Restricted {
  readonly operator: Operator;
  readonly parameters: ParameterValues | null;
}

export interface Kept {
  readonly inputs: readonly Channels[];
  readonly output: Channels;
}

/** Null where groups would become uneven. */
export function restrict(
  operator: Operator,
  parameters: ParameterValues | null,
  { inputs, output }: Kept,
): Restricted | null {
  const input = inputs[0] ?? [];
  switch (operator.kind) {
    case 'conv2d': {
      const { inChannels, outChannels } = operator;
      const groups = isDepthwise(operator) ? input.length : operator.groups;
      const isEven =
        isDepthwise(operator) ||
        (areEven(input, inChannels, groups) && areEven(output, outChannels, groups) && input.length > 0);
      if (!isEven) return null;
      const columns = inChannels / operator.groups;
      const perGroup = outChannels / operator.groups;
      const taps = operator.kernelSize[0] * operator.kernelSize[1];
      const chunk = input.length / groups;
      const columnsOf = (row: number) => {
        if (isDepthwise(operator)) return [0];
        const group = Math.floor(row / perGroup);
        return input.slice(group * chunk, (group + 1) * chunk).map((c) => c - group * columns);
      };
      return {
        operator: { ...operator, inChannels: input.length, outChannels: output.length, groups },
        parameters: parameters && {
          weight: cut(parameters.weight, output, columnsOf, columns, taps),
          bias: picked(parameters.bias, output),
        },
      };
    }
    case 'conv_transpose2d': {
      const taps = operator.kernelSize[0] * operator.kernelSize[1];
      if (operator.groups > 1) return { operator, parameters };
      return {
        operator: { ...operator, inChannels: input.length, outChannels: output.length },
        parameters: parameters && {
          weight: cut(parameters.weight, input, () => output, operator.outChannels, taps),
          bias: picked(parameters.bias, output),
        },
      };
    }
    case 'linear':
      return {
        operator: { ...operator, inFeatures: input.length, outFeatures: output.length },
        parameters: parameters && {
          weight: cut(parameters.weight, output, () => input, operator.inFeatures, 1),
          bias: picked(parameters.bias, output),
        },
      };
    case 'batch_norm2d':
      return {
        operator: { ...operator, numFeatures: output.length },
        parameters: parameters && {
          weight: picked(parameters.weight, output)!,
          bias: picked(parameters.bias, output),
          ...(parameters.runningMean && { runningMean: picked(parameters.runningMean, output)! }),
          ...(parameters.runningVar && { runningVar: picked(parameters.runningVar, output)! }),
        },
      };
    case 'prelu':
      if (operator.numParameters === 1) return { operator, parameters };
      return {
        operator: { ...operator, numParameters: output.length },
        parameters: parameters && { ...parameters, weight: picked(parameters.weight, output)! },
      };
    case 'pad': {
      const extra = output.length - input.length;
      const first = output.filter((c) => c < operator.before[1]).length;
      return {
        operator: {
          ...operator,
          before: withSecond(operator.before, first),
          after: withSecond(operator.after, extra - first),
        },
        parameters,
      };
    }
    case 'reshape':
      return { operator: { ...operator, shape: withChannels(operator.shape, output) }, parameters };
    case 'slice':
      return { operator: { ...operator, count: withChannels(operator.count, output) }, parameters };
    default:
      return { operator, parameters };
  }
}

/** Whether the channels fall into `groups` equal runs, each of one old group. */
function areEven(channels: Channels, before: number, groups: number): boolean {
  const each = channels.length / groups;
  return Number.isInteger(each) && channels.every((c, i) => Math.floor((c * groups) / before) === Math.floor(i / each));
}

function withChannels(shape: Shape, { length }: Channels): Shape {
  return withSecond(shape, length);
}

function withSecond([n, , h, w]: Shape, second: number): Shape {
  return [n, second, h, w];
}

function picked<T extends Float32Array | null>(values: T, channels: Channels): T | Float32Array {
  return values && Float32Array.from(channels, (c) => values[c]!);
}

/** Rows of [rows][columns][taps], of each the columns that it keeps. */
function cut(
  values: Float32Array,
  rows: Channels,
  columnsOf: (row: number) => Channels,
  columns: number,
  taps: number,
): Float32Array {
  const parts = rows.flatMap((row) => columnsOf(row).map((column) => (row * columns + column) * taps));
  const kept = new Float32Array(parts.length * taps);
  parts.forEach((from, i) => {
    kept.set(values.subarray(from, from + taps), i * taps);
  });
  return kept;
}
