/**
 * Input pixels from one output of a chain to the next (Araujo et al. 2019 call it the effective stride): strides multiply, what enlarges the
 * maps divides. A shift of the input by a multiple of it moves the output by whole pixels.
 */
import type { Operator } from '../../operators/index.ts';
import type { Axis } from '../../operators/operator.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import { chainTo } from '../chain.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

/** Of one operator; null where its rows (or columns) do not follow those of its input. `ratio`: the input's size over the output's. */
function jumpOfOne(operator: Operator, axis: Axis, ratio: number): number | null {
  const i = axis === 'h' ? 0 : 1;
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
    case 'pool2d':
      return operator.stride[i];
    case 'conv_transpose2d':
      return 1 / operator.stride[i];
    case 'depth_to_space':
      return 1 / operator.block;
    case 'space_to_depth':
      return operator.block;
    case 'slice':
      return operator.step[dimensionOf(axis)] > 0 ? operator.step[dimensionOf(axis)] : null;
    case 'resize':
      return operator.scaleFactor ? 1 / operator.scaleFactor[i] : ratio;
    case 'permute':
      return operator.dims[dimensionOf(axis)] === dimensionOf(axis) ? 1 : null;
    case 'reduce':
      return operator.axes.includes(dimensionOf(axis)) ? null : 1;
    case 'softmax':
      return operator.axis === dimensionOf(axis) ? null : 1;
    case 'concat':
      return operator.axis === dimensionOf(axis) ? null : 1;
    case 'linear':
    case 'reshape':
    case 'adaptive_pool2d':
    case 'group_norm':
    // A gradient's maps stand where its network's do, not where its own inputs do.
    case 'optimizer_step':
    case 'deform_gradient':
    case 'extremum_gradient':
    case 'separable_sum':
    case 'weight_gradient':
      return null;
    case 'input':
    case 'activation':
    case 'channel_shuffle':
    case 'dropout':
    case 'elementwise':
    case 'arithmetic':
    case 'batch_norm2d':
    case 'layer_norm2d':
    case 'local_response_norm':
    case 'prelu':
    case 'pad':
    case 'pointwise_gradient':
    case 'cross_entropy':
    case 'batch_standardise':
    case 'seeded_dropout':
      return 1;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

/** The jump of node `id` along the chain of first inputs down to an `input` node; null where the chain loses the place. */
export function jumpOf(graph: Graph, shapes: Shapes, id: NodeId, axis: Axis): number | null {
  const size = (node: NodeId) => shapes[node]?.[dimensionOf(axis)] ?? 1;
  let jump = 1;
  for (const { id: node, operator, inputs } of chainTo(graph, id)) {
    const own = jumpOfOne(operator, axis, size(inputs[0] ?? '') / size(node));
    if (own === null) return null;
    jump *= own;
  }
  return jump;
}
