/**
 * Where the units of a layer stand on what it reads: output u at scale u + offset, in positions of the input, with the middle of a window as
 * its place. Lines compose, so every layer has one on the picture, its jump and its centre; paths whose lines differ are misaligned
 * (Araujo et al. 2019).
 */
import { resolvePadding } from '../../operators/conv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { Axis, Pair, PerSide, Surroundings } from '../../operators/operator.ts';
import { lineOf } from '../../operators/resize/taps.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import { effectiveKernel } from '../../operators/window.ts';

export interface Line {
  readonly scale: number;
  readonly offset: number;
}

const inPlace: Line = { scale: 1, offset: 0 };

/** The line of the outputs on input number `i`; null where one row of it is repeated for all, as the gate of a squeeze-excite is. */
export function lineAlong(operator: Operator, axis: Axis, i: number, { inputs, output }: Surroundings): Line | null {
  const dimension = dimensionOf(axis);
  const at = axis === 'h' ? 0 : 1;
  const size = inputs[i]![dimension];
  switch (operator.kind) {
    case 'conv2d':
      return windowLine({ ...operator, padding: resolvePadding(operator) }, axis);
    case 'pool2d':
    case 'locally_connected2d':
      return windowLine(operator, axis);
    case 'deform_conv2d':
      return i === 0 ? windowLine(operator, axis) : inPlace;
    case 'conv_transpose2d': {
      const { scale, offset } = windowLine(operator, axis);
      // The window stands on the output: what is read is its line, the other way round.
      return { scale: 1 / scale, offset: -offset / scale };
    }
    case 'depth_to_space':
      return evenly(1 / operator.block);
    case 'space_to_depth':
      return evenly(operator.block);
    case 'slice':
      return { scale: operator.step[dimension], offset: operator.start[dimension] };
    case 'pad':
      return { scale: 1, offset: -operator.before[dimension] };
    case 'concat': {
      const before = inputs.slice(0, i).reduce((sum, shape) => sum + shape[dimension], 0);
      return operator.axis === dimension ? { scale: 1, offset: -before } : inPlace;
    }
    case 'resize':
      return lineOf(operator, at, size);
    case 'arithmetic':
      return size === output[dimension] ? inPlace : null;
    // What reads whole maps, or lays values out anew, has its outputs spread evenly over them: a single one in the middle. (The
    // steps of a gradient need no places of their own.)
    case 'adaptive_pool2d':
    case 'reduce':
    case 'reshape':
    case 'permute':
    case 'optimizer_step':
    case 'deform_gradient':
    case 'extremum_gradient':
    case 'separable_sum':
    case 'weight_gradient':
      return evenly(size / output[dimension]);
    case 'input':
    case 'activation':
    case 'elementwise':
    case 'prelu':
    case 'dropout':
    case 'batch_norm2d':
    case 'group_norm':
    case 'layer_norm2d':
    case 'local_response_norm':
    case 'softmax':
    case 'linear':
    case 'channel_shuffle':
    case 'pointwise_gradient':
    case 'cross_entropy':
    case 'batch_standardise':
    case 'seeded_dropout':
      return inPlace;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

/** Output u over the inputs u scale .. (u + 1) scale - 1. */
function evenly(scale: number): Line {
  return { scale, offset: (scale - 1) / 2 };
}

interface Windowed {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: PerSide;
}

function windowLine({ kernelSize, stride, dilation, padding }: Windowed, axis: Axis): Line {
  const at = axis === 'h' ? 0 : 1;
  const before = axis === 'h' ? padding.top : padding.left;
  return { scale: stride[at], offset: (effectiveKernel(kernelSize[at], dilation[at]) - 1) / 2 - before };
}

/** Where the units of a layer stand on the picture: unit (y, x) in row centre[0] + y jump[0], column centre[1] + x jump[1]. */
export interface Placement {
  readonly jump: Pair;
  readonly centre: Pair;
}

export const onPicture: Placement = { jump: [1, 1], centre: [0, 0] };

/** The placement of a layer through one input, whose own is `below`; null as of `lineAlong`. */
export function placedThrough(below: Placement, operator: Operator, i: number, around: Surroundings): Placement | null {
  const h = lineAlong(operator, 'h', i, around);
  const w = lineAlong(operator, 'w', i, around);
  if (!h || !w) return null;
  return {
    jump: [below.jump[0] * h.scale, below.jump[1] * w.scale],
    centre: [below.centre[0] + below.jump[0] * h.offset, below.centre[1] + below.jump[1] * w.offset],
  };
}
