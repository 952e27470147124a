/**
 * A network as a person counts its layers: what only joins the layer before it (norm, activation, dropout) is one stage with it, as
 * `Conv2d, BatchNorm2d, ReLU`. A closed block is a stage of its own.
 */
import type { Operator } from '../../operators/index.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shown, ShownNode } from './blocks.ts';

export interface Stage {
  /** That of its first node, or of the closed block. */
  readonly id: string;
  /** The closed block that this is; null for a layer. */
  readonly block: string | null;
  /** The layer that gives the stage its name; null for a block. */
  readonly operator: Operator | null;
  /** In order: the layer and what joins it, or all nodes of the block. */
  readonly members: readonly NodeId[];
  /** The member whose maps are the stage's. */
  readonly end: NodeId;
  /** The stages that it reads: each once, in the order of first reading. */
  readonly inputs: readonly string[];
}

/** In topological order; the picture is a stage too. `graph` is the one that is `shown`. */
export function stagesOf(graph: Graph, shown: Shown): readonly Stage[] {
  const readers = readerCounts(graph);
  const stages = new Map<string, { -readonly [K in keyof Stage]: Stage[K] }>();
  const stageOf = new Map<string, string>();
  for (const node of shown.nodes) {
    const before = node.inputs.length === 1 ? stages.get(stageOf.get(node.inputs[0]!)!) : undefined;
    if (before?.operator && before.operator.kind !== 'input' && joins(node, before.end, readers)) {
      before.members = [...before.members, node.id];
      before.end = node.id;
      stageOf.set(node.id, before.id);
      continue;
    }
    const { id, block, operator, members } = node;
    const inputs = [...new Set(node.inputs.map((input) => stageOf.get(input)!))];
    stages.set(id, { id, block, operator, members, end: members.at(-1)!, inputs });
    stageOf.set(id, id);
  }
  return [...stages.values()];
}

function joins({ operator, inputs }: ShownNode, end: NodeId, readers: ReadonlyMap<NodeId, number>): boolean {
  return operator !== null && isJoined(operator) && inputs[0] === end && readers.get(end) === 1;
}

function readerCounts({ nodes }: Graph): ReadonlyMap<NodeId, number> {
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  return readers;
}

const isJoined = ({ kind }: Operator) => kind === 'batch_norm2d' || kind === 'activation' || kind === 'dropout';
