/**
 * Edits of a network as functions from graph to graph: nothing is computed here, and channels stay as they are (`fitChannels.ts` makes
 * them follow). What is added is itself a network, with its `input` for the place where it is put and its last node for what comes out,
 * so that one layer and a whole block are added, doubled and moved alike.
 */
import type { Operator } from '../../operators/index.ts';
import type { OperatorError, Result } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { blockOf, freshName, joinNames, nameOf, takenNames } from './ids.ts';
import { inOrder, readersOf } from './order.ts';

/** An edited network, and the node to go on from: the last of what was added or moved. */
export interface Edited {
  readonly graph: Graph;
  readonly focus: NodeId;
}

/** A network of one layer, to be put somewhere. */
export function single(operator: Operator): Graph {
  return {
    nodes: [
      { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
      { id: nameOf(operator), operator, inputs: ['input'] },
    ],
  };
}

/**
 * `part` behind node `id`, whose readers read the part's last node instead; `reader`: only that one. A part of several nodes becomes a
 * block of that name (`residual` → `residual.conv1`), in the block of `id`.
 */
export function insertAfter(graph: Graph, id: NodeId, part: Graph, name = '', reader: NodeId | null = null): Edited {
  const inside = part.nodes.filter(({ operator }) => operator.kind !== 'input');
  const named = freshNames(graph, blockOf(id), inside, name);
  const place = part.nodes.find(({ operator }) => operator.kind === 'input')?.id;
  const added = inside.map(
    (node): GraphNode => ({
      ...node,
      id: named.get(node.id)!,
      inputs: node.inputs.map((input) => (input === place ? id : named.get(input)!)),
    }),
  );
  const last = added.at(-1);
  if (!last) return { graph, focus: id };
  const at = graph.nodes.findIndex((node) => node.id === id);
  const nodes = [
    ...graph.nodes.slice(0, at + 1),
    ...added,
    ...graph.nodes
      .slice(at + 1)
      .map((node) => (reader === null || node.id === reader ? reading(node, id, last.id) : node)),
  ];
  return { graph: { nodes }, focus: last.id };
}

function freshNames(
  graph: Graph,
  block: string,
  inside: readonly GraphNode[],
  name: string,
): ReadonlyMap<NodeId, NodeId> {
  const taken = new Set(takenNames(graph));
  if (inside.length > 1 && name !== '') {
    const own = freshName(taken, joinNames(block, name));
    return new Map(inside.map(({ id }) => [id, joinNames(own, id)]));
  }
  const names = new Map<NodeId, NodeId>();
  for (const { id } of inside) {
    const fresh = freshName(taken, joinNames(block, id));
    taken.add(fresh);
    names.set(id, fresh);
  }
  return names;
}

/** The node with `to` in the place of `from` among what it reads. */
function reading(node: GraphNode, from: NodeId, to: NodeId): GraphNode {
  if (!node.inputs.includes(from)) return node;
  return { ...node, inputs: node.inputs.map((input) => (input === from ? to : input)) };
}

/**
 * The network without some nodes: their readers read what those read (of a join, its first input). Inputs stay. This removes layers
 * and whole blocks, and it is what a network computes whose layers are switched off.
 */
export function without({ nodes }: Graph, ids: ReadonlySet<NodeId>): Graph {
  const source = new Map<NodeId, NodeId>();
  const through = (id: NodeId) => source.get(id) ?? id;
  const left: GraphNode[] = [];
  for (const node of nodes) {
    const inputs = node.inputs.map(through);
    const [first] = inputs;
    if (ids.has(node.id) && node.operator.kind !== 'input' && first !== undefined) source.set(node.id, first);
    else left.push(inputs.every((input, i) => input === node.inputs[i]) ? node : { ...node, inputs });
  }
  return { nodes: left };
}

/** The network as it runs while the layers `off` are switched off; its channels are to be fitted. */
export function effectiveGraph(graph: Graph, off: ReadonlySet<NodeId>): Graph {
  return off.size === 0 ? graph : without(graph, off);
}

/** A copy of a node or of a block right behind it, on the same path: what read the original reads the copy. */
export function duplicate(graph: Graph, ids: ReadonlySet<NodeId>): Edited | null {
  const chosen = chosenOf(graph, ids);
  const part = partOf(graph, chosen);
  if (!part) return null;
  const renamed = copyNames(graph, chosen);
  const copies = chosen.map((node) => ({
    ...node,
    id: renamed.get(node.id)!,
    inputs: node.inputs.map((input) => renamed.get(input) ?? (input === part.source ? part.output : input)),
  }));
  const focus = renamed.get(part.output)!;
  const last = graph.nodes.findLastIndex(({ id }) => ids.has(id));
  const nodes = [
    ...graph.nodes.slice(0, last + 1).map((node) => (ids.has(node.id) ? node : reading(node, part.output, focus))),
    ...copies,
    ...graph.nodes.slice(last + 1).map((node) => reading(node, part.output, focus)),
  ];
  const ordered = inOrder(nodes);
  return ordered.ok ? { graph: ordered.value, focus } : null;
}

/** A whole block is copied as a block with a name of its own; other nodes get names of their own where they stand. */
function copyNames(graph: Graph, chosen: readonly GraphNode[]): ReadonlyMap<NodeId, NodeId> {
  const block = commonBlock(chosen.map(({ id }) => id));
  const taken = new Set(takenNames(graph));
  const isWhole = block !== '' && membersOf(graph, block).size === chosen.length;
  if (isWhole) {
    const copy = freshName(taken, block);
    return new Map(chosen.map(({ id }) => [id, `${copy}${id.slice(block.length)}`]));
  }
  const names = new Map<NodeId, NodeId>();
  for (const { id } of chosen) {
    const fresh = freshName(taken, id);
    taken.add(fresh);
    names.set(id, fresh);
  }
  return names;
}

/** A node or a block taken out of its path and put behind node `behind`; `reader`: only that one then reads it. */
export function move(
  graph: Graph,
  ids: ReadonlySet<NodeId>,
  behind: NodeId,
  reader: NodeId | null = null,
): Result<Edited> {
  const chosen = chosenOf(graph, ids);
  const part = partOf(graph, chosen);
  if (!part || ids.has(behind) || !graph.nodes.some(({ id }) => id === behind))
    return { ok: false, error: unmovable(behind) };
  const { source, output } = part;
  const moved = chosen.map((node) => ({
    ...node,
    inputs: node.inputs.map((input) => (!ids.has(input) && input === source ? behind : input)),
  }));
  // `without` would read through the chosen ones; here their readers go on with what the part itself reads.
  const rest = graph.nodes
    .filter(({ id }) => !ids.has(id))
    .map((node) => reading(node, output, source))
    .map((node) => (reader === null || node.id === reader ? reading(node, behind, output) : node));
  const at = rest.findIndex(({ id }) => id === behind);
  const ordered = inOrder([...rest.slice(0, at + 1), ...moved, ...rest.slice(at + 1)]);
  return ordered.ok ? { ok: true, value: { graph: ordered.value, focus: output } } : ordered;
}

function unmovable(behind: NodeId): OperatorError {
  return {
    code: 'not-movable',
    values: { node: behind },
    message: `these layers cannot be moved behind '${behind}'`,
  };
}

/** One step towards the end (`1`) or the beginning (`-1`) of its path: past its first reader, or past what it reads first; null at the ends. */
export function moveStep(graph: Graph, ids: ReadonlySet<NodeId>, step: 1 | -1): Result<Edited> | null {
  const part = partOf(graph, chosenOf(graph, ids));
  if (!part) return null;
  if (step === 1) {
    const next = readersOf(graph, part.output).find(({ id }) => !ids.has(id));
    return next ? move(graph, ids, next.id) : null;
  }
  const before = graph.nodes.find(({ id }) => id === part.source);
  const [behind] = before?.inputs ?? [];
  return before && behind !== undefined ? move(graph, ids, behind, before.id) : null;
}

/** The node with another operator, which reads as many tensors. */
export function changeOperator({ nodes }: Graph, id: NodeId, operator: Operator): Graph {
  return { nodes: nodes.map((node) => (node.id === id ? { ...node, operator } : node)) };
}

/** Everything in a block, by the dots of the ids; a node alone by its own id. */
export function membersOf({ nodes }: Graph, block: string): ReadonlySet<NodeId> {
  return new Set(nodes.map(({ id }) => id).filter((id) => id === block || id.startsWith(`${block}.`)));
}

function chosenOf({ nodes }: Graph, ids: ReadonlySet<NodeId>): readonly GraphNode[] {
  return nodes.filter(({ id, operator }) => ids.has(id) && operator.kind !== 'input');
}

interface Part {
  /** What the part reads from outside on its main path. */
  readonly source: NodeId;
  /** The last of its nodes that is read from outside; the last of all where none is. */
  readonly output: NodeId;
}

/** How chosen nodes stand in the network; null where there are none. */
function partOf(graph: Graph, chosen: readonly GraphNode[]): Part | null {
  const inside = new Set(chosen.map(({ id }) => id));
  const source = chosen.flatMap(({ inputs }) => inputs).find((id) => !inside.has(id));
  const isRead = ({ id }: GraphNode) => readersOf(graph, id).some((reader) => !inside.has(reader.id));
  const output = chosen.findLast(isRead) ?? chosen.at(-1);
  return source === undefined || !output ? null : { source, output: output.id };
}

/** The names that all ids begin with; without any, the last one's own. */
function commonBlock(ids: readonly NodeId[]): string {
  const [first = ''] = ids;
  let block = blockOf(first);
  while (block !== '' && !ids.every((id) => id.startsWith(`${block}.`))) block = blockOf(block);
  return block;
}
