/** Gradients of what moves, copies or leaves out values: each has an operator that moves them back. */
import type { ChannelShuffle } from '../../operators/channelShuffle/attributes.ts';
import type { Concat } from '../../operators/concat/attributes.ts';
import type { Pad } from '../../operators/pad/attributes.ts';
import type { Permute } from '../../operators/permute/attributes.ts';
import type { Slice } from '../../operators/slice/attributes.ts';
import { type Dimension, dimensions, type Quad, withSize } from '../../operators/tensors.ts';
import type { NodeId } from '../graph.ts';
import { adjointOf, sumsOfPad, sumsOfSlice } from './axes.ts';
import { type Context, inputOf } from './context.ts';

const mapped = (f: (axis: Dimension) => number): Quad => dimensions.map(f) as unknown as Quad;

/** (groups, channels of one) read the other way round. */
export function throughChannelShuffle({ builder, node, gy }: Context<ChannelShuffle>): NodeId {
  const groups = builder.shape(gy)[1] / node.operator.groups;
  return builder.add({ kind: 'channel_shuffle', groups }, [gy]);
}

export function throughPermute({ builder, node, gy }: Context<Permute>): NodeId {
  const dims = mapped((axis) => node.operator.dims.indexOf(axis)) as Permute['dims'];
  return builder.add({ kind: 'permute', dims }, [gy]);
}

/** The part of the gradient that lies where the input lay. */
export function throughConcat(context: Context<Concat>): NodeId {
  const { builder, node, gy, input } = context;
  const { axis } = node.operator;
  const before = node.inputs.slice(0, input).reduce((sum, id) => sum + builder.shape(id)[axis], 0);
  return builder.add(
    {
      kind: 'slice',
      start: withSize([0, 0, 0, 0], axis, before),
      count: builder.shape(inputOf(context)),
      step: [1, 1, 1, 1],
    },
    [gy],
  );
}

/** What a constant was padded with is cut off, what was cropped gets zeros; a border that copies is added to what it copies. */
export function throughPad(context: Context<Pad>): NodeId {
  const { builder, node, gy } = context;
  const pad = node.operator;
  if (pad.mode !== 'constant') return builder.add(adjointOf(sumsOfPad(pad, builder.shape(inputOf(context)))), [gy]);
  const negative = (sides: Quad) => mapped((axis) => 0 - sides[axis]);
  return builder.add({ ...pad, before: negative(pad.before), after: negative(pad.after), value: 0 }, [gy]);
}

/** Zeros where nothing was taken. */
export function throughSlice(context: Context<Slice>): NodeId {
  const { builder, node, gy } = context;
  const { start, count, step } = node.operator;
  const shape = builder.shape(inputOf(context));
  if (step.some((distance) => distance !== 1)) return builder.add(adjointOf(sumsOfSlice(node.operator, shape)), [gy]);
  const after = mapped((axis) => shape[axis] - start[axis] - count[axis]);
  return builder.add({ kind: 'pad', before: start, after, mode: 'constant', value: 0 }, [gy]);
}
