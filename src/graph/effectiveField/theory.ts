/**
 * How wide theory has the field of a unit n layers deep. Going back through a layer of uniform weights spreads the gradient by a uniform
 * kernel, so its distribution over the picture is a sum of n independent uniform steps: the variance along an axis is the sum over layers of
 *
 *   j^2 d^2 (k^2 - 1) / 12      k kernel, d dilation, j pixels of the picture between neighbours of the layer's input (the product of the
 *                               strides before it)
 *
 * and by the central limit theorem the shape becomes a Gaussian. At stride 1 the standard deviation is sqrt(n (k^2 - 1) / 12): it grows with
 * sqrt(n), the field itself with n, so that 4 std / field falls with 1 / sqrt(n). With random weights of mean 0 it is the variance of the
 * gradient that is spread like this, and its amplitude, the root, is wider.
 */
import type { Operator } from '../../operators/index.ts';
import type { Axis } from '../../operators/operator.ts';
import { chainTo } from '../chain.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { FieldMeasure } from './fieldMap.ts';

/** A layer along one axis. */
export interface LayerWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** What a unit behind some layers sees along one axis, in pixels of the picture. */
export interface Spread {
  /** Rows or columns from the first to the last that it reads. */
  readonly size: number;
  /** Pixels between the fields of neighbouring units. */
  readonly jump: number;
  readonly variance: number;
  readonly std: number;
  /** 4 std / size: the share of the field that two standard deviations to both sides are. */
  readonly share: number;
}

/** After every layer of a chain, from the picture on. */
export function spreads(layers: readonly LayerWindow[]): readonly Spread[] {
  let [size, jump, variance] = [1, 1, 0];
  return layers.map(({ kernel, stride, dilation }) => {
    size += (kernel - 1) * dilation * jump;
    variance += (jump * dilation) ** 2 * ((kernel * kernel - 1) / 12);
    jump *= stride;
    const std = Math.sqrt(variance);
    return { size, jump, variance, std, share: (4 * std) / size };
  });
}

/**
 * The standard deviation that is to be expected of a map of `measure`, once the shape is a Gaussian. Weights that are uniform spread the
 * gradient itself, of which the square is narrower by sqrt(2); random ones of mean 0 its variance, of which the root is wider by as much.
 */
export function expectedStd(std: number, measure: FieldMeasure, weights: 'uniform' | 'random'): number {
  if (weights === 'uniform') return measure === 'absolute' ? std : std / Math.SQRT2;
  return measure === 'squared' ? std : std * Math.SQRT2;
}

/** One layer of a network's main path, with what theory says of a unit behind it. */
export interface GrowthStep extends Spread {
  readonly node: NodeId;
}

/**
 * Along the main path to node `id` (`chainTo`: skips are left out, which see less), after each of its layers; as far as every layer has a
 * window that slides: the list ends before the first that has none (a transposed layer, a whole map).
 */
export function growthTo(graph: Graph, id: NodeId, axis: Axis): readonly GrowthStep[] {
  const nodes: NodeId[] = [];
  const layers: LayerWindow[] = [];
  for (const { id: node, operator } of chainTo(graph, id)) {
    const window = windowOf(operator, axis);
    if (!window) break;
    nodes.push(node);
    layers.push(window);
  }
  return spreads(layers).map((spread, i) => ({ ...spread, node: nodes[i]! }));
}

/** The window of a layer along an axis; null where it has none that is the same for all units. Maxima are taken for means. */
function windowOf(operator: Operator, axis: Axis): LayerWindow | null {
  const i = axis === 'h' ? 0 : 1;
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
    case 'pool2d':
      return { kernel: operator.kernelSize[i], stride: operator.stride[i], dilation: operator.dilation[i] };
    case 'activation':
    case 'elementwise':
    case 'prelu':
    case 'arithmetic':
    case 'concat':
    case 'dropout':
    case 'batch_norm2d':
    case 'layer_norm2d':
    case 'local_response_norm':
    case 'channel_shuffle':
      return { kernel: 1, stride: 1, dilation: 1 };
    case 'reduce':
      return operator.axes.includes(i === 0 ? 2 : 3) ? null : { kernel: 1, stride: 1, dilation: 1 };
    case 'softmax':
      return operator.axis === i + 2 ? null : { kernel: 1, stride: 1, dilation: 1 };
    case 'input':
    case 'linear':
    case 'conv_transpose2d':
    case 'adaptive_pool2d':
    case 'group_norm':
    case 'resize':
    case 'reshape':
    case 'permute':
    case 'slice':
    case 'pad':
    case 'depth_to_space':
    case 'space_to_depth':
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      return null;
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
