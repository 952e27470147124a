/** A comparison worked out: each column's layer over the bank, as networks from the photo and from the bank, with its price. */
import { costOf } from '../../graph/cost.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import type { Column } from '../../graph/layers/column.ts';
import { columnSequence } from '../../graph/layers/columnSequence.ts';
import { randomParameters } from '../../graph/layers/randomParameters.ts';
import { sequenceNodes } from '../../graph/layers/sequence.ts';
import { stemOf } from '../../graph/layers/stem.ts';
import type { WeightSources } from '../../graph/weights/materialise.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Cost, Shape } from '../../operators/operator.ts';
import type { CompareState } from '../../store/compare.ts';

export const compareNodes = { photo: 'photo', stem: 'stem', bank: 'bank', layer: 'layer' } as const;

export interface StemNetwork {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  /** Of the bank's maps, [1, channels, H, W]. */
  readonly shape: Shape;
}

export interface ColumnNetwork {
  readonly column: Column;
  /** The column by itself, reading node `bank`; what the engine runs. */
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  readonly output: NodeId;
  /** The column behind the bank behind the photo, for receptive fields. */
  readonly whole: Graph;
  readonly shapes: Shapes;
  /** Of the column alone. */
  readonly cost: Cost;
}

/** The bank over a photo of `channels` x `height` x `width`, behind a ReLU, at the photo's own size. */
export function stemNetwork(
  { stem, seed }: Pick<CompareState, 'stem' | 'seed'>,
  [, channels, height, width]: Shape,
  sources: WeightSources,
): StemNetwork {
  const { conv, values } = stemOf({ name: stem.bank, channels: stem.channels }, channels, seed, sources);
  return {
    graph: { nodes: stemNodes(channels, conv) },
    parameters: { [compareNodes.stem]: values },
    shape: [1, stem.channels, height, width],
  };
}

function stemNodes(channels: number, conv: Conv2d): readonly GraphNode[] {
  const { photo, stem, bank } = compareNodes;
  return [
    { id: photo, operator: { kind: 'input', channels }, inputs: [] },
    { id: stem, operator: conv, inputs: [photo] },
    { id: bank, operator: { kind: 'activation', function: 'relu' }, inputs: [stem] },
  ];
}

/** The network of one column over the bank. The rules of its operators must have been loaded. Throws where it has no output at this size. */
export function columnNetwork(
  column: Column,
  { outChannels, seed }: Pick<CompareState, 'outChannels' | 'seed'>,
  stem: StemNetwork,
): ColumnNetwork {
  const { photo, bank, layer: id } = compareNodes;
  const sequence = columnSequence(column, stem.shape[1], outChannels);
  const nodes = sequenceNodes(sequence, id, { id: bank, shape: stem.shape });
  const graph: Graph = {
    nodes: [{ id: bank, operator: { kind: 'input', channels: stem.shape[1] }, inputs: [] }, ...nodes],
  };
  const whole: Graph = { nodes: [...stem.graph.nodes, ...nodes] };
  const [, , height, width] = stem.shape;
  const channels = stem.graph.nodes[0]!.operator;
  const inferred = inferShapes(whole, {
    [photo]: [1, channels.kind === 'input' ? channels.channels : 0, height, width],
  });
  if (!inferred.ok) throw new Error(inferred.error.message);
  return {
    column,
    graph,
    parameters: randomParameters(nodes, seed),
    output: nodes.at(-1)!.id,
    whole,
    shapes: inferred.value,
    cost: costOf(graph, inferred.value).total,
  };
}
