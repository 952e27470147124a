/**
 * Blocks of a network, by the dots of its nodes' ids (`layer1.0.conv1` stands in `layer1.0`, and that in `layer1`), and the network with
 * some of them closed: a closed block is one node with the inputs and the readers of all that it holds.
 */
import type { Operator } from '../../operators/index.ts';
import type { Cost } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { blockOf } from './ids.ts';

/** What is shown: a node of the network, or a closed block. */
export interface ShownNode {
  /** A node's own; a block's name, with `#2` behind it where the block's nodes do not hang together. */
  readonly id: string;
  /** The closed block that this is; null for a node. */
  readonly block: string | null;
  /** Of a node; null for a block. */
  readonly operator: Operator | null;
  /** The nodes in it, in order; a node's own id alone. */
  readonly members: readonly NodeId[];
  /** What it reads, of what is shown: each once, in the order of first reading. */
  readonly inputs: readonly string[];
}

export interface Shown {
  /** In topological order. */
  readonly nodes: readonly ShownNode[];
  /** Where every node of the network is shown. */
  readonly place: ReadonlyMap<NodeId, string>;
}

/** Every block with at least two nodes, outer ones before those that they hold. */
export function blocksOf({ nodes }: Graph): ReadonlyMap<string, readonly NodeId[]> {
  const blocks = new Map<string, NodeId[]>();
  for (const { id } of nodes) {
    for (const block of enclosing(id)) {
      const members = blocks.get(block);
      if (members) members.push(id);
      else blocks.set(block, [id]);
    }
  }
  return new Map([...blocks].filter(([, members]) => members.length > 1));
}

/** The blocks that an id stands in, outermost first. */
function enclosing(id: NodeId): readonly string[] {
  const blocks: string[] = [];
  for (let block = blockOf(id); block !== ''; block = blockOf(block)) blocks.unshift(block);
  return blocks;
}

/**
 * The network with these blocks closed. A block whose nodes cannot be one node without a cycle (a layer between two of them stands
 * outside) is shown in as many parts as it takes.
 */
export function collapse(graph: Graph, closed: ReadonlySet<string>): Shown {
  const blocks = blocksOf(graph);
  const groups: Group[] = [];
  const groupOf = new Map<NodeId, Group>();
  const parts = new Map<string, Group[]>();
  for (const node of graph.nodes) {
    const block = enclosing(node.id).find((name) => closed.has(name) && blocks.has(name)) ?? null;
    const read = [...new Set(node.inputs.flatMap((input) => groupOf.get(input) ?? []))];
    const known = block === null ? [] : (parts.get(block) ?? []);
    const last = known.at(-1);
    let group: Group;
    if (last && !read.some((other) => other !== last && reaches(other, last))) group = last;
    else {
      const id = block === null ? node.id : known.length === 0 ? block : `${block}#${known.length + 1}`;
      group = { id, block, members: [], inputs: new Set() };
      groups.push(group);
      if (block !== null) parts.set(block, [...known, group]);
    }
    group.members.push(node);
    for (const other of read) if (other !== group) group.inputs.add(other);
    groupOf.set(node.id, group);
  }
  return {
    nodes: sorted(groups).map(shown),
    place: new Map([...groupOf].map(([id, group]) => [id, group.id])),
  };
}

interface Group {
  readonly id: string;
  readonly block: string | null;
  readonly members: GraphNode[];
  readonly inputs: Set<Group>;
}

/** Whether `from` reads `to`, directly or through others. */
function reaches(from: Group, to: Group, seen: Set<Group> = new Set()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return [...from.inputs].some((input) => reaches(input, to, seen));
}

/** Groups that grew after others had read them may read later ones: each goes behind what it reads. */
function sorted(groups: readonly Group[]): readonly Group[] {
  const placed = new Set<Group>();
  const place = (group: Group): void => {
    if (placed.has(group)) return;
    for (const input of group.inputs) place(input);
    placed.add(group);
  };
  groups.forEach(place);
  return [...placed];
}

function shown({ id, block, members, inputs }: Group): ShownNode {
  const [first] = members;
  return {
    id,
    block,
    operator: block === null && first ? first.operator : null,
    members: members.map((node) => node.id),
    inputs: [...inputs].map((input) => input.id),
  };
}

/** What the nodes of a shown one cost together; `costs` has those that can run (`costOf`). */
export function costOfShown({ members }: ShownNode, costs: Readonly<Record<NodeId, Cost>>): Cost {
  const sum = (value: (cost: Cost) => number) =>
    members.reduce((total, id) => total + (costs[id] ? value(costs[id]) : 0), 0);
  return {
    parameters: sum((cost) => cost.parameters),
    macs: sum((cost) => cost.macs),
    usefulMacs: sum((cost) => cost.usefulMacs),
    activationBytes: sum((cost) => cost.activationBytes),
  };
}

/**
 * The blocks to close at first, so that at most `most` nodes are shown where that is possible: all are closed, then those are opened
 * that hold the fewest, level by level from the outermost, as long as there is room.
 */
export function defaultCollapsed(graph: Graph, most = 30): ReadonlySet<string> {
  const blocks = blocksOf(graph);
  const inside = entriesOf(graph, blocks);
  const closed = new Set(blocks.keys());
  let count = inside.get('')?.size ?? 0;
  for (let level = ['']; level.length > 0; ) {
    const next = level
      .flatMap((block) => [...(inside.get(block) ?? [])])
      .filter((entry) => blocks.has(entry))
      .sort((a, b) => inside.get(a)!.size - inside.get(b)!.size);
    level = next.filter((block) => {
      const more = inside.get(block)!.size - 1;
      if (count + more > most) return false;
      count += more;
      closed.delete(block);
      return true;
    });
  }
  return closed;
}

/** What each block shows when it is opened, nodes and blocks; of the network itself under the empty name. */
function entriesOf({ nodes }: Graph, blocks: ReadonlyMap<string, unknown>): ReadonlyMap<string, ReadonlySet<string>> {
  const entries = new Map<string, Set<string>>();
  for (const { id } of nodes) {
    const path = ['', ...enclosing(id).filter((block) => blocks.has(block)), id];
    for (const [i, entry] of path.slice(1).entries()) {
      const within = path[i]!;
      const known = entries.get(within);
      if (known) known.add(entry);
      else entries.set(within, new Set([entry]));
    }
  }
  return entries;
}
