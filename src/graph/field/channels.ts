/**
 * Which channels of an input the channels of an output read: by groups, by parts of a concatenation, by the order that a shuffle leaves.
 * Fields need it where channels have come by different ways: a depthwise layer behind a concatenation sees one branch, not all.
 */
import type { Operator } from '../../operators/index.ts';
import type { Surroundings } from '../../operators/operator.ts';
import { mapped } from '../../operators/pad/index.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { between, countOf, imageOf, type Positions } from './positions.ts';

/**
 * The channels of input number `i` that `channels` of the output read; null where none. Not for operators that move values between
 * channels and pixels, whose channels and pixels are one question (`rearranged.ts`).
 */
export function channelsRead(
  operator: Operator,
  channels: Positions,
  i: number,
  { inputs, output }: Surroundings,
): Positions | null {
  const size = inputs[i]![1];
  const all = between(0, size - 1);
  const isWhole = countOf(channels) === output[1];
  const image = (sources: (channel: number) => readonly number[]) => imageOf(channels, size, sources);
  const inside = (channel: number) => (channel >= 0 && channel < size ? [channel] : []);
  switch (operator.kind) {
    case 'input':
    case 'activation':
    case 'elementwise':
    case 'prelu':
    case 'dropout':
    case 'batch_norm2d':
    case 'pool2d':
    case 'adaptive_pool2d':
    case 'resize':
      return channels;
    case 'linear':
    case 'locally_connected2d':
    case 'layer_norm2d':
      return all;
    case 'conv2d':
    case 'conv_transpose2d': {
      const { groups, outChannels, inChannels } = operator;
      return groups === 1 || isWhole
        ? all
        : image((channel) => group(Math.floor((channel * groups) / outChannels), inChannels / groups));
    }
    case 'deform_conv2d': {
      const { groups, outChannels, inChannels, offsetGroups } = operator;
      if (isWhole) return all;
      const pixels = imageOf(channels, inChannels, (channel) =>
        group(Math.floor((channel * groups) / outChannels), inChannels / groups),
      )!;
      // Offsets and masks come once for every offset group of the channels that they move.
      const offsets = (channel: number) =>
        group(Math.floor((channel * offsetGroups) / inChannels), size / offsetGroups);
      return i === 0 ? pixels : imageOf(pixels, size, offsets);
    }
    case 'group_norm': {
      const each = operator.numChannels / operator.numGroups;
      return isWhole ? all : image((channel) => group(Math.floor(channel / each), each));
    }
    case 'local_response_norm': {
      const { channelsBefore } = operator;
      return isWhole
        ? all
        : image((channel) => rangeTo(operator.size).flatMap((k) => inside(channel - channelsBefore + k)));
    }
    case 'channel_shuffle': {
      const each = size / operator.groups;
      return isWhole
        ? all
        : image((channel) => [(channel % operator.groups) * each + Math.floor(channel / operator.groups)]);
    }
    case 'arithmetic':
      return size === 1 ? all : channels;
    case 'reduce':
      return operator.axes.includes(1) ? all : channels;
    case 'softmax':
      return operator.axis === 1 ? all : channels;
    case 'concat': {
      if (operator.axis !== 1) return channels;
      const before = inputs.slice(0, i).reduce((sum, shape) => sum + shape[1], 0);
      return isWhole ? all : image((channel) => inside(channel - before));
    }
    case 'slice':
      return image((channel) => [operator.start[1] + channel * operator.step[1]]);
    case 'pad':
      return image((channel) => inside(mapped(channel - operator.before[1], size, operator.mode) ?? -1));
    case 'pointwise_gradient':
    case 'batch_standardise':
      return channels;
    case 'seeded_dropout':
      return i === 0 ? channels : all;
    case 'optimizer_step':
    case 'deform_gradient':
    case 'weight_gradient':
    case 'cross_entropy':
      return all;
    case 'separable_sum': {
      const taps = operator.axes[1]?.taps;
      return taps ? image((channel) => taps[channel]!.map(({ at }) => at)) : channels;
    }
    case 'extremum_gradient':
      return operator.axes[1] ? all : channels;
    case 'permute':
    case 'reshape':
    case 'depth_to_space':
    case 'space_to_depth':
      throw new Error(`${operator.kind} of ${output.join(' x ')} moves values between channels and pixels`);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

function group(index: number, each: number): readonly number[] {
  return rangeTo(each).map((k) => index * each + k);
}
