/** How the channels of one operator's inputs stand in its output: what removing some of them means for it. */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Operator } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Pad } from '../../operators/pad/attributes.ts';

/**
 * `makes`: the output's channels are its own, each from many of the input's (convolution, linear). `keeps`: output channel c is made of
 * channel c of the inputs, or of the one channel of an input that has but one. `spreads`: of channel floor(c / times). `joins`: one input
 * behind the other. `shuffles`: another order. `extends`: the input's channels between `before` and `after` new ones of one value. `all`: all channels belong together, none can go (or it is not known how).
 */
export type ChannelFlow =
  | { readonly kind: 'makes' }
  | { readonly kind: 'keeps' }
  | { readonly kind: 'spreads'; readonly times: number }
  | { readonly kind: 'joins' }
  | { readonly kind: 'shuffles'; readonly groups: number }
  | { readonly kind: 'extends'; readonly before: number; readonly after: number; readonly value: number }
  | { readonly kind: 'all' };

const keeps: ChannelFlow = { kind: 'keeps' };
const all: ChannelFlow = { kind: 'all' };

/** Whether every channel has filters of its own. */
export function isDepthwise({ groups, inChannels }: Pick<Conv2d, 'groups' | 'inChannels'>): boolean {
  return groups > 1 && groups === inChannels;
}

/** `inputs`: shapes of what the operator reads. */
export function channelFlow(operator: Operator, inputs: readonly Shape[]): ChannelFlow {
  switch (operator.kind) {
    case 'conv2d':
      return isDepthwise(operator)
        ? { kind: 'spreads', times: operator.outChannels / operator.inChannels }
        : { kind: 'makes' };
    case 'conv_transpose2d':
      return operator.groups === 1 ? { kind: 'makes' } : all;
    case 'linear':
      return { kind: 'makes' };
    case 'activation':
    case 'elementwise':
    case 'batch_norm2d':
    case 'prelu':
    case 'pool2d':
    case 'adaptive_pool2d':
    case 'resize':
    case 'dropout':
    case 'arithmetic':
      return keeps;
    case 'pad':
      return padFlow(operator);
    case 'reduce':
      return operator.axes.includes(1) ? all : keeps;
    case 'slice':
      return operator.start[1] === 0 && operator.step[1] === 1 && operator.count[1] === inputs[0]![1] ? keeps : all;
    case 'softmax':
      return operator.axis === 1 ? all : keeps;
    case 'concat':
      return operator.axis === 1 ? { kind: 'joins' } : keeps;
    case 'channel_shuffle':
      return { kind: 'shuffles', groups: operator.groups };
    case 'reshape': {
      const [images, channels, height, width] = inputs[0]!;
      const isFlat = operator.shape[0] === images && operator.shape[2] === 1 && operator.shape[3] === 1;
      return isFlat && channels > 0 ? { kind: 'spreads', times: height * width } : all;
    }
    case 'input':
    case 'deform_conv2d':
    case 'locally_connected2d':
    case 'depth_to_space':
    case 'space_to_depth':
    case 'permute':
    case 'group_norm':
    case 'layer_norm2d':
    case 'local_response_norm':
    case 'deform_gradient':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'optimizer_step':
    case 'seeded_dropout':
    case 'weight_gradient':
      return all;
    default:
      operator satisfies never;
      return all;
  }
}

function padFlow({ before, after, mode, value }: Pad): ChannelFlow {
  if (before[1] === 0 && after[1] === 0) return keeps;
  const isExtended = mode === 'constant' && before[1] >= 0 && after[1] >= 0;
  return isExtended ? { kind: 'extends', before: before[1], after: after[1], value } : all;
}
