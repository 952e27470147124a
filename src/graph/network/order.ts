/** The order of a network's nodes: every node behind those that it reads, and otherwise as the list has it. */
import type { OperatorError, Result } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';

/**
 * The nodes in topological order, those that are in order already left where they are (a node that has to wait goes right behind the
 * last one it waits for). A cycle is an error that names its nodes. Inputs that are not in the list are taken as given.
 */
export function inOrder(nodes: readonly GraphNode[]): Result<Graph> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const ordered: GraphNode[] = [];
  const state = new Map<NodeId, 'open' | 'done'>();
  const waiting = new Map<NodeId, GraphNode[]>();
  const place = (node: GraphNode): void => {
    const missing = node.inputs.find((input) => known.has(input) && state.get(input) !== 'done');
    if (missing !== undefined) {
      waiting.set(missing, [...(waiting.get(missing) ?? []), node]);
      state.set(node.id, 'open');
      return;
    }
    ordered.push(node);
    state.set(node.id, 'done');
    const released = waiting.get(node.id) ?? [];
    waiting.delete(node.id);
    released.forEach(place);
  };
  nodes.forEach(place);
  if (ordered.length === nodes.length) return { ok: true, value: { nodes: ordered } };
  return { ok: false, error: cycleError(cycleAmong(nodes.filter(({ id }) => state.get(id) !== 'done'))) };
}

/** Of nodes that wait for each other, one round: from a node along what it reads until one comes again. */
function cycleAmong(nodes: readonly GraphNode[]): readonly NodeId[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: NodeId[] = [];
  for (let at = nodes[0]; at; at = byId.get(at.inputs.find((input) => byId.has(input)) ?? '')) {
    const first = path.indexOf(at.id);
    if (first >= 0) return path.slice(first).reverse();
    path.push(at.id);
  }
  return path;
}

export function cycleError(nodes: readonly NodeId[]): OperatorError {
  const round = [...nodes, nodes[0]].map((id) => `'${id}'`).join(' -> ');
  return { code: 'cycle', values: { nodes: nodes.join(', ') }, message: `the network has a cycle: ${round}` };
}

/** All nodes that read `id`, directly or through others. */
export function descendantsOf({ nodes }: Graph, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  for (const node of nodes) if (node.inputs.some((input) => input === id || found.has(input))) found.add(node.id);
  return found;
}

/** The nodes that read `id` directly, in order. */
export function readersOf({ nodes }: Graph, id: NodeId): readonly GraphNode[] {
  return nodes.filter(({ inputs }) => inputs.includes(id));
}
