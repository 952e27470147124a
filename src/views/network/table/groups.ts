/**
 * The layers of a network as a table has them: a norm, an activation or a dropout that alone reads the layer before it stands in that
 * layer's row (conv, bn, relu are one row), as long as both are in the same block.
 */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import { blockOf } from '../../../graph/network/ids.ts';

/** At least one node, in order; each behind the first reads the one before it and nothing else. */
export type LayerGroup = readonly [GraphNode, ...GraphNode[]];

export function layerGroups({ nodes }: Graph): readonly LayerGroup[] {
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const groups: [GraphNode, ...GraphNode[]][] = [];
  const ends = new Map<NodeId, [GraphNode, ...GraphNode[]]>();
  for (const node of nodes) {
    const [source] = node.inputs;
    const group = source === undefined ? undefined : ends.get(source);
    const joins = group && source !== undefined && follows(node) && readers.get(source) === 1;
    if (joins && blockOf(source) === blockOf(node.id)) {
      group.push(node);
      ends.delete(source);
      ends.set(node.id, group);
    } else {
      const made: [GraphNode, ...GraphNode[]] = [node];
      groups.push(made);
      if (node.operator.kind !== 'input') ends.set(node.id, made);
    }
  }
  return groups;
}

function follows({ operator, inputs }: GraphNode): boolean {
  if (inputs.length !== 1) return false;
  switch (operator.kind) {
    case 'activation':
    case 'elementwise':
    case 'prelu':
    case 'batch_norm2d':
    case 'group_norm':
    case 'layer_norm2d':
    case 'local_response_norm':
    case 'dropout':
      return true;
    default:
      return false;
  }
}
