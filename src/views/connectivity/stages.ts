/**
 * Which input channel feeds which output channel, layer by layer, as blocks: an output channel o of a layer with g groups reads the
 * C/g inputs of group floor(o / (N/g)) (Krizhevsky et al. 2012); a depthwise layer has one block for each channel, a standard one
 * has a single block. A shuffle is a permutation (Zhang et al., ShuffleNet, 2018).
 */
import { chainTo } from '../../graph/chain.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';
import type { Interval } from '../../math/intervals.ts';
import { rearrangementOf } from '../../operators/channelShuffle/index.ts';
import type { Operator } from '../../operators/index.ts';
import { sourcesOf } from '../../operators/programs/rearrange.ts';

/** Every channel of `outputs` reads every channel of `inputs`. */
export interface Block {
  readonly inputs: Interval;
  readonly outputs: Interval;
}

/** What one layer does between its input channels and its output channels. */
export type Stage =
  | {
      readonly kind: 'blocks';
      readonly inputs: number;
      readonly outputs: number;
      /** Ascending, without overlap: each output channel stands in exactly one. */
      readonly blocks: readonly Block[];
    }
  | {
      readonly kind: 'permutation';
      readonly inputs: number;
      readonly outputs: number;
      /** Output o is input sources[o]. */
      readonly sources: readonly number[];
    };

/** `count` blocks of equal size side by side; both numbers of channels must be multiples of it. */
function equalBlocks(inputs: number, outputs: number, count: number): Stage {
  const [reads, writes] = [inputs / count, outputs / count];
  const blocks = Array.from({ length: count }, (_, i) => ({
    inputs: { lo: i * reads, hi: (i + 1) * reads - 1 },
    outputs: { lo: i * writes, hi: (i + 1) * writes - 1 },
  }));
  return { kind: 'blocks', inputs, outputs, blocks };
}

function permutation(sources: readonly number[]): Stage {
  return { kind: 'permutation', inputs: sources.length, outputs: sources.length, sources };
}

/** Table of rows x columns read column by column: what DCR order has in front of CRD order. */
function transposed(rows: number, columns: number): readonly number[] {
  return Array.from({ length: rows * columns }, (_, at) => (at % rows) * columns + Math.floor(at / rows));
}

/**
 * The stages of one operator that reads `channels` channels; none where every channel stays by itself; null for operators that are no
 * layer between channels (a reshape that is no flattening, a permutation of axes). A flattened map counts by its channels, so that a fully
 * connected layer behind it is one block.
 */
function stagesOfOne(operator: Operator, channels: number): readonly Stage[] | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
      return [equalBlocks(operator.inChannels, operator.outChannels, operator.groups)];
    case 'locally_connected2d':
      return [equalBlocks(operator.inChannels, operator.outChannels, 1)];
    case 'linear':
      return [equalBlocks(channels, operator.outFeatures, 1)];
    case 'channel_shuffle':
      return [permutation([...sourcesOf(rearrangementOf(operator, [1, channels, 1, 1]))])];
    case 'depth_to_space': {
      const outputs = channels / operator.block ** 2;
      const collect = equalBlocks(channels, outputs, outputs);
      return operator.mode === 'CRD' ? [collect] : [permutation(transposed(channels / outputs, outputs)), collect];
    }
    case 'space_to_depth': {
      const outputs = channels * operator.block ** 2;
      const spread = equalBlocks(channels, outputs, channels);
      return operator.mode === 'CRD' ? [spread] : [spread, permutation(transposed(channels, outputs / channels))];
    }
    case 'group_norm':
      return [equalBlocks(channels, channels, operator.numGroups)];
    case 'layer_norm2d':
      return [equalBlocks(channels, channels, 1)];
    case 'softmax':
      return operator.axis === 1 ? [equalBlocks(channels, channels, 1)] : [];
    case 'reshape':
      return operator.shape[2] === 1 && operator.shape[3] === 1 ? [] : null;
    case 'input':
    case 'activation':
    case 'pool2d':
    case 'adaptive_pool2d':
    case 'batch_norm2d':
    case 'prelu':
    case 'dropout':
    case 'elementwise':
    case 'resize':
      return [];
    case 'pad':
      return operator.before[1] === 0 && operator.after[1] === 0 ? [] : null;
    case 'local_response_norm':
    case 'permute':
    case 'slice':
    case 'arithmetic':
    case 'concat':
    case 'reduce':
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

/**
 * The stages of a chain of valid operators that reads `channels` channels, in order; null where one of them cannot be drawn between
 * channels. Operators that keep every channel by itself (activations, pooling) have no stage.
 */
export function stagesOf(operators: readonly Operator[], channels: number): readonly Stage[] | null {
  const stages: Stage[] = [];
  for (const operator of operators) {
    const more = stagesOfOne(operator, stages.at(-1)?.outputs ?? channels);
    if (!more) return null;
    stages.push(...more);
  }
  return stages;
}

/** The stages along the main path of a network to node `id`; `channels` are those of its input. */
export function stagesTo(graph: Graph, id: NodeId, channels: number): readonly Stage[] | null {
  const operators = chainTo(graph, id).map(({ operator }) => operator);
  return stagesOf(operators, channels);
}
