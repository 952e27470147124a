/**
 * Gradients of normalisations. With z the standardised x, f = 1 / sqrt(variance + eps) of its set and g = gy times the channel's weight:
 *
 *   layer and group norm, batch norm that trains   gx = f (g - mean of g - z mean of g z)
 *   softmax                gx = y (gy - sum of gy y)
 *   local response norm    y_i = x_i d_i^-b, d_i = k + (a / n) sum of x_j^2 over the window of i:
 *                          gx_i = gy_i d_i^-b - (2 a b / n) x_i sum of gy_j y_j / d_j over the windows j that cover i
 *
 * They are put together of operators that there are, x standardised anew on the way: a program of their own would save little, since
 * networks normalise small maps.
 */
import type { BatchNorm2d } from '../../operators/batchNorm2d/attributes.ts';
import type { GroupNorm } from '../../operators/groupNorm/attributes.ts';
import type { LayerNorm2d } from '../../operators/layerNorm2d/attributes.ts';
import type { LocalResponseNorm } from '../../operators/localResponseNorm/attributes.ts';
import type { AxisSums } from '../../operators/separableSum/attributes.ts';
import type { Softmax } from '../../operators/softmax/attributes.ts';
import { type Dimension, rangeTo } from '../../operators/tensors.ts';
import type { NodeId } from '../graph.ts';
import { combine, reduced, scaled, shifted } from './arithmetic.ts';
import { transposed } from './axes.ts';
import { equal, type GradientBuilder, learned } from './builder.ts';
import type { Context } from './context.ts';

/** In inference a batch norm multiplies: by the same number on the way back. */
export function throughBatchNorm2d({ builder, node, gy }: Context<BatchNorm2d>): NodeId {
  return builder.add(node.operator, [gy], {
    weight: learned(node.id),
    bias: null,
    runningMean: equal(node.operator.numFeatures, 0),
    runningVar: learned(node.id, 'runningVar'),
  });
}

/** Over sets that are whole along `axes`; `x` and `g` of one shape, [N, 1, ...] or more along the others. */
export function standardisedGradient(
  builder: GradientBuilder,
  [x, g]: readonly [NodeId, NodeId],
  axes: readonly Dimension[],
  eps: number,
): NodeId {
  // A batch's images first by themselves, so that there is work for many at once; all are of one size.
  const inner = axes.filter((axis) => axis !== 0);
  const mean = (id: NodeId) =>
    inner.length === axes.length
      ? reduced(builder, 'mean', id, axes)
      : reduced(builder, 'mean', reduced(builder, 'mean', id, inner), [0]);
  const times = (a: NodeId, b: NodeId) => combine(builder, 'multiply', a, b);
  const function_ = (name: 'sqrt' | 'reciprocal', id: NodeId) =>
    builder.add({ kind: 'elementwise', function: name, alpha: 0, beta: 0 }, [id]);
  const distance = combine(builder, 'subtract', x, mean(x));
  const variance = shifted(builder, mean(times(distance, distance)), 1, eps);
  const factor = function_('reciprocal', function_('sqrt', variance));
  const z = times(distance, factor);
  const straight = combine(builder, 'subtract', g, mean(g));
  return times(factor, combine(builder, 'subtract', straight, times(z, mean(times(g, z)))));
}

export function throughLayerNorm2d({ builder, node, gy }: Context<LayerNorm2d>): NodeId {
  const g = scaled(builder, gy, learned(node.id));
  return standardisedGradient(builder, [node.inputs[0]!, g], [1], node.operator.eps);
}

export function throughGroupNorm({ builder, node, gy }: Context<GroupNorm>): NodeId {
  const { numGroups, numChannels, eps } = node.operator;
  const shape = builder.shape(gy);
  const [images, , height, width] = shape;
  const grouped = (id: NodeId) =>
    builder.add({ kind: 'reshape', shape: [images * numGroups, numChannels / numGroups, height, width] }, [id]);
  const g = scaled(builder, gy, learned(node.id));
  const back = standardisedGradient(builder, [grouped(node.inputs[0]!), grouped(g)], [1, 2, 3], eps);
  return builder.add({ kind: 'reshape', shape }, [back]);
}

export function throughSoftmax({ builder, node, gy }: Context<Softmax>): NodeId {
  const sum = reduced(builder, 'sum', combine(builder, 'multiply', gy, node.id), [node.operator.axis]);
  return combine(builder, 'multiply', node.id, combine(builder, 'subtract', gy, sum));
}

export function throughLocalResponseNorm({ builder, node, gy }: Context<LocalResponseNorm>): NodeId {
  const { size, alpha, beta, k, channelsBefore } = node.operator;
  const x = node.inputs[0]!;
  const channels = builder.shape(x)[1];
  const times = (a: NodeId, b: NodeId) => combine(builder, 'multiply', a, b);
  /** Over the window of every channel, each term times `weight`. */
  const windows = (weight: number): AxisSums => ({
    size: channels,
    taps: rangeTo(channels).map((c) =>
      rangeTo(size)
        .map((i) => ({ at: c - channelsBefore + i, weight }))
        .filter(({ at }) => at >= 0 && at < channels),
    ),
  });
  const summed = (id: NodeId, axis: AxisSums) =>
    builder.add({ kind: 'separable_sum', axes: [null, axis, null, null] }, [id]);
  const base = shifted(builder, summed(times(x, x), windows(alpha / size)), 1, k);
  const straight = times(gy, combine(builder, 'power', base, shifted(builder, base, 0, -beta)));
  const perWindow = combine(builder, 'divide', times(straight, x), base);
  const turned = times(x, summed(perWindow, transposed(windows((2 * alpha * beta) / size))));
  return combine(builder, 'subtract', straight, turned);
}
