import type { GraphNode, NodeId } from '../../graph/graph.ts';

/** What the nodes read that is neither of them nor the source: a deformable layer's offsets in a network. */
export function inputsBeside({
  nodes,
  source,
}: {
  readonly nodes: readonly GraphNode[];
  readonly source: NodeId;
}): readonly NodeId[] {
  const known = new Set([source, ...nodes.map(({ id }) => id)]);
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((id) => !known.has(id));
}
