/**
 * A network as it is while it trains: batch norms take the statistics of the batch (mean and biased variance over its images and pixels), and
 * dropout drops. Nodes keep their names, and what they learn keeps its values: a batch norm's scale and shift are those of a 1x1 layer with a
 * channel to itself, under the norm's own name, behind the standardised maps.
 */
import '../../operators/late.ts';
import { hash32 } from '../../math/random.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';

/** The nodes whose outputs are a batch norm's statistics of this batch, [1, C, 1, 1] each; the variance is the biased one. */
export interface BatchStatistics {
  readonly mean: NodeId;
  readonly variance: NodeId;
}

export interface TrainingGraph {
  readonly graph: Graph;
  /** The `input` node [1, 1, 1, 1] that takes the number of the step; null where nothing is dropped. */
  readonly step: NodeId | null;
  /** By batch norm. They are computed where they are wanted: for the running statistics. */
  readonly statistics: Readonly<Record<NodeId, BatchStatistics>>;
}

const stepNode = 'training step';

/** `seed`: of dropout, a 32-bit integer. */
export function trainingGraph({ nodes }: Graph, seed: number): TrainingGraph {
  const statistics: Record<NodeId, BatchStatistics> = {};
  const isDropping = nodes.some(({ operator }) => operator.kind === 'dropout' && operator.p > 0);
  const step: GraphNode = { id: stepNode, operator: { kind: 'input', channels: 1 }, inputs: [] };
  const training = nodes.flatMap((node, index): readonly GraphNode[] => {
    const { id, operator, inputs } = node;
    if (operator.kind === 'dropout' && operator.p > 0) {
      const stream = hash32(seed, 0, index);
      return [{ id, operator: { kind: 'seeded_dropout', p: operator.p, seed, stream }, inputs: [...inputs, stepNode] }];
    }
    if (operator.kind !== 'batch_norm2d') return [node];
    const x = inputs[0]!;
    const moments = momentsOf(id, x);
    statistics[id] = moments.statistics;
    const channels = operator.numFeatures;
    const standardised = `${id} standardised`;
    return [
      ...moments.nodes,
      {
        id: standardised,
        operator: { kind: 'batch_standardise', numChannels: channels, eps: operator.eps },
        inputs: [x],
      },
      { id, operator: scaleAndShift(channels), inputs: [standardised] },
    ];
  });
  return {
    graph: { nodes: isDropping ? [step, ...training] : training },
    step: isDropping ? stepNode : null,
    statistics,
  };
}

function scaleAndShift(channels: number): Operator {
  return createConv2d({
    ...{ inChannels: channels, outChannels: channels, groups: channels, kernelSize: [1, 1], bias: true },
  });
}

/** Differences from the mean, squared: no digits are lost to a large mean. */
function momentsOf(
  id: NodeId,
  x: NodeId,
): { readonly nodes: readonly GraphNode[]; readonly statistics: BatchStatistics } {
  const mean = `${id} mean`;
  const distance = `${id} distance`;
  const square = `${id} square`;
  const variance = `${id} variance`;
  const averaged = (name: NodeId, of: NodeId): readonly GraphNode[] => [
    { id: `${name} of images`, operator: { kind: 'reduce', function: 'mean', axes: [2, 3] }, inputs: [of] },
    { id: name, operator: { kind: 'reduce', function: 'mean', axes: [0] }, inputs: [`${name} of images`] },
  ];
  return {
    nodes: [
      ...averaged(mean, x),
      { id: distance, operator: { kind: 'arithmetic', function: 'subtract' }, inputs: [x, mean] },
      { id: square, operator: { kind: 'arithmetic', function: 'multiply' }, inputs: [distance, distance] },
      ...averaged(variance, square),
    ],
    statistics: { mean, variance },
  };
}
