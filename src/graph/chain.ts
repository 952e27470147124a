/** The main path through a network: of a deformable convolution the picture, not its offsets. */
import type { Graph, GraphNode, NodeId } from './graph.ts';

/** The nodes from behind an `input` node to node `id`, each reading the one before as its first input. */
export function chainTo({ nodes }: Graph, id: NodeId): readonly GraphNode[] {
  const find = (wanted: NodeId): GraphNode => {
    const node = nodes.find((candidate) => candidate.id === wanted);
    if (!node) throw new Error(`no node '${wanted}'`);
    return node;
  };
  const chain: GraphNode[] = [];
  for (let node = find(id); node.operator.kind !== 'input'; node = find(node.inputs[0] ?? '')) chain.unshift(node);
  return chain;
}
