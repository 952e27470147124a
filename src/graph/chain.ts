/** What leads to a node: the main path (of a deformable convolution the picture, not its offsets), and everything that it reads. */
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

/** What a node reads, itself included, in the graph's order. */
export function partTo({ nodes }: Graph, id: NodeId): Graph {
  const needed = new Set([id]);
  for (const node of nodes.toReversed()) if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  return { nodes: nodes.filter((node) => needed.has(node.id)) };
}
