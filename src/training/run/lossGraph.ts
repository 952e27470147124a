/** A classifier with its loss: what training differentiates and evaluation runs. */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import type { CrossEntropy } from '../../operators/crossEntropy/attributes.ts';

/** A network for one image (`forImages` makes it one for a batch), and the node whose maps [N, classes, 1, 1] are its logits. */
export interface Trainee {
  readonly graph: Graph;
  readonly input: NodeId;
  readonly logits: NodeId;
}

/** Nodes beside the network's own. */
export const labelsInput: NodeId = 'training labels';
export const lossNode: NodeId = 'training loss';
/** [1, 2, 1, 1]: the sums of the losses and of the right answers of a batch. */
export const sumsNode: NodeId = 'training sums';

const sum = { kind: 'reduce', function: 'sum', axes: [0] } as const;

/** The network, its loss and the sums over the batch. */
export function lossGraph({ graph, logits }: Trainee): Graph {
  const ofLogits = (gives: CrossEntropy['gives']): CrossEntropy => ({
    kind: 'cross_entropy',
    gives,
    target: 'indices',
  });
  const nodes: GraphNode[] = [
    { id: labelsInput, operator: { kind: 'input', channels: 1 }, inputs: [] },
    ...graph.nodes,
    { id: lossNode, operator: ofLogits('loss'), inputs: [logits, labelsInput] },
    { id: 'training right', operator: ofLogits('correct'), inputs: [logits, labelsInput] },
    { id: 'training loss sum', operator: sum, inputs: [lossNode] },
    { id: 'training right sum', operator: sum, inputs: ['training right'] },
    { id: sumsNode, operator: { kind: 'concat', axis: 1 }, inputs: ['training loss sum', 'training right sum'] },
  ];
  return { nodes };
}

/** Throws where the network does not take these inputs: whoever offers it has looked before. */
export function shapesOf(graph: Graph, inputs: Shapes): Shapes {
  const shapes = inferShapes(graph, inputs);
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}
