/**
 * Pruning to a budget: channels go, the weakest first, until what is left costs no more. Channels of a layer with groups go by one of each
 * group, what is coupled goes along, and what cannot go is passed over. The cost of each step is exact, without touching a weight.
 */
import { costOf } from '../../graph/cost.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import type { Cost, Result } from '../../operators/operator.ts';
import { channelClasses, type Removal } from './channelClasses.ts';
import { keptChannels, keptNode } from './keptChannels.ts';
import type { PruneError } from './pruneError.ts';

/** A channel that may go; `weakness`: how soon, larger first. Comparable between layers. */
export interface Candidate {
  readonly node: NodeId;
  readonly channel: number;
  readonly weakness: number;
}

export interface Budget {
  readonly of: 'macs' | 'parameters';
  /** What the network may cost at most. */
  readonly most: number;
}

export interface Budgeted {
  readonly removal: Removal;
  readonly cost: Cost;
  /** Whether the budget is kept: false when all candidates that can go are gone and it still costs more. */
  readonly isKept: boolean;
}

/** What a network costs without `removal`, which must be closed. */
export function costWithout(graph: Graph, shapes: Shapes, removal: Removal): Result<Cost, PruneError> {
  const kept = keptChannels(graph, shapes, removal);
  if (!kept.ok) return kept;
  const nodes = [];
  for (const node of graph.nodes) {
    const part = keptNode(node, null, kept.value, shapes);
    if (!part.ok) return part;
    nodes.push({ ...node, operator: part.value.operator });
  }
  const after = inferShapes({ nodes }, shapes);
  if (!after.ok) throw new Error(`${after.error.node}: ${after.error.message}`);
  return { ok: true, value: costOf({ nodes }, after.value).total };
}

/** The smallest removal, in the order of the candidates, that keeps the budget. `onProgress` hears the share of the candidates that were tried. */
export function pruneToBudget(
  graph: Graph,
  shapes: Shapes,
  candidates: readonly Candidate[],
  { of, most }: Budget,
  onProgress: (share: number) => void = () => undefined,
): Budgeted {
  const classes = channelClasses(graph, shapes);
  const weakest = [...candidates].sort((a, b) => b.weakness - a.weakness);
  const isDone = new Set<Candidate>();
  const first = costWithout(graph, shapes, {});
  if (!first.ok) throw new Error(`${first.error.code} at ${first.error.node}`);
  let gone: Removal = {};
  let cost = first.value;
  /** Goes along with all that is gone; the reason why it cannot. */
  const tried = (channels: readonly Candidate[]): PruneError | null => {
    const closed = classes.closure(withChannels(gone, channels));
    if (!closed.ok) return closed.whyNot;
    const without = costWithout(graph, shapes, closed.removal);
    if (!without.ok) return without.error;
    gone = closed.removal;
    cost = without.value;
    return null;
  };
  for (const [at, candidate] of weakest.entries()) {
    if (cost[of] <= most) break;
    onProgress(at / weakest.length);
    if (isDone.has(candidate) || gone[candidate.node]?.includes(candidate.channel)) continue;
    isDone.add(candidate);
    const error = tried([candidate]);
    if (error?.code !== 'uneven-groups') continue;
    const together = oneOfEachGroup(candidate, error.groups, shapes[candidate.node]![1], weakest, isDone);
    if (together && tried(together) === null) for (const each of together) isDone.add(each);
  }
  return { removal: gone, cost, isKept: cost[of] <= most };
}

/** The candidate with the weakest of every other group of its layer that has not been tried; null where a group has none. */
function oneOfEachGroup(
  candidate: Candidate,
  groups: number,
  channels: number,
  weakest: readonly Candidate[],
  isDone: ReadonlySet<Candidate>,
): readonly Candidate[] | null {
  const groupOf = ({ channel }: Candidate) => Math.floor((channel * groups) / channels);
  const together = new Map([[groupOf(candidate), candidate]]);
  for (const other of weakest)
    if (other.node === candidate.node && !isDone.has(other) && !together.has(groupOf(other)))
      together.set(groupOf(other), other);
  return together.size === groups ? [...together.values()] : null;
}

function withChannels(removal: Removal, channels: readonly Candidate[]): Removal {
  const all: Record<NodeId, readonly number[]> = { ...removal };
  for (const { node, channel } of channels) all[node] = [...(all[node] ?? []), channel];
  return all;
}
