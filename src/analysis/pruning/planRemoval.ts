/**
 * What a removal means before anything of it is computed: all that must go along, what stays at every node, and which copies are merged
 * where; or the first reason why it cannot be. It looks at no weight, so it answers at once.
 */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Result } from '../../operators/operator.ts';
import { type ChannelClasses, channelClasses, type Removal } from './channelClasses.ts';
import { channelFlow } from './channelFlow.ts';
import { type KeptChannels, keptChannels, keptNode } from './keptChannels.ts';
import { type Copies, type Merge, mergedCopies } from './mergedCopies.ts';
import type { PruneError } from './pruneError.ts';

export interface PlannedRemoval {
  /** All that goes, with what has to go along. */
  readonly removal: Removal;
  readonly kept: KeptChannels;
  readonly copies: Copies;
}

/** `wanted`: output channels of any nodes; copies that are merged go with them. `classes`: of the same graph, where they are known. */
export function planRemoval(
  graph: Graph,
  shapes: Shapes,
  wanted: Removal,
  merges: readonly Merge[],
  classes: ChannelClasses = channelClasses(graph, shapes),
): Result<PlannedRemoval, PruneError> {
  const closed = classes.closure(withCopies(wanted, merges));
  if (!closed.ok) return { ok: false, error: closed.whyNot };
  const kept = keptChannels(graph, shapes, closed.removal);
  if (!kept.ok) return kept;
  for (const node of graph.nodes) {
    const part = keptNode(node, null, kept.value, shapes);
    if (!part.ok) return part;
  }
  const copies = mergedCopies(graph, shapes, merges);
  if (!copies.ok) return copies;
  const wrong = wrongMerge(graph, shapes, { merges, copies: copies.value, kept: kept.value, classes });
  if (wrong) return { ok: false, error: wrong };
  return { ok: true, value: { removal: closed.removal, kept: kept.value, copies: copies.value } };
}

export const flowOf = ({ operator, inputs }: Pick<GraphNode, 'operator' | 'inputs'>, shapes: Shapes) =>
  channelFlow(
    operator,
    inputs.map((input) => shapes[input]!),
  ).kind;

function withCopies(removal: Removal, merges: readonly Merge[]): Removal {
  const all: Record<NodeId, readonly number[]> = { ...removal };
  for (const { node, copy } of merges) all[node] = [...(all[node] ?? []), copy];
  return all;
}

interface Merging {
  readonly merges: readonly Merge[];
  readonly copies: Copies;
  readonly kept: KeptChannels;
  readonly classes: ChannelClasses;
}

/** Every layer that reads a copy must read it as one, and what it is a copy of must stay. */
function wrongMerge(graph: Graph, shapes: Shapes, { merges, copies, kept, classes }: Merging): PruneError | null {
  for (const { node, kept: stays } of merges)
    if (!kept[node]?.includes(stays)) return { code: 'copy-of-removed', node };
  const merged = new Set(merges.map(({ node, copy }) => classes.classOf(node, copy).members));
  if (merged.size === 0) return null;
  for (const node of graph.nodes) {
    if (flowOf(node, shapes) !== 'makes') continue;
    const [input] = node.inputs;
    const known = new Set((copies.get(input!) ?? []).map(({ copy }) => copy));
    for (let c = 0; c < shapes[input!]![1]; c++)
      if (merged.has(classes.classOf(input!, c).members) && !known.has(c))
        return { code: 'read-before', node: node.id };
  }
  return null;
}
