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

/** The smallest removal, in the order of the candidates, that keeps the budget. */
export function pruneToBudget(
  graph: Graph,
  shapes: Shapes,
  candidates: readonly Candidate[],
  { of, most }: Budget,
): Budgeted {
  const steps = stepsOf(graph, shapes, candidates);
  const at = (count: number): Budgeted => {
    const removal = steps[count - 1] ?? {};
    const cost = costWithout(graph, shapes, removal);
    if (!cost.ok) throw new Error(`${cost.error.code} at ${cost.error.node}`);
    return { removal, cost: cost.value, isKept: cost.value[of] <= most };
  };
  // Every step costs less than the one before: the first that keeps the budget is found by halving.
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle).isKept) high = middle;
    else low = middle + 1;
  }
  return at(low);
}

/** Everything that is gone after each step. */
function stepsOf(graph: Graph, shapes: Shapes, candidates: readonly Candidate[]): readonly Removal[] {
  const classes = channelClasses(graph, shapes);
  const steps: Removal[] = [];
  const weakest = [...candidates].sort((a, b) => b.weakness - a.weakness);
  const isDone = new Set<Candidate>();
  let gone: Removal = {};
  /** Goes along with all that is gone; the reason why it cannot. */
  const tried = (channels: readonly Candidate[]): PruneError | null => {
    const closed = classes.closure(withChannels(gone, channels));
    if (!closed.ok) return closed.whyNot;
    const cost = costWithout(graph, shapes, closed.removal);
    if (!cost.ok) return cost.error;
    gone = closed.removal;
    steps.push(gone);
    return null;
  };
  for (const candidate of weakest) {
    if (isDone.has(candidate) || gone[candidate.node]?.includes(candidate.channel)) continue;
    isDone.add(candidate);
    const error = tried([candidate]);
    if (error?.code !== 'uneven-groups') continue;
    const channels = shapes[candidate.node]![1];
    const groupOf = ({ channel }: Candidate) => Math.floor((channel * error.groups) / channels);
    const together = new Map([[groupOf(candidate), candidate]]);
    for (const other of weakest)
      if (other.node === candidate.node && !isDone.has(other) && !together.has(groupOf(other)))
        together.set(groupOf(other), other);
    if (together.size === error.groups && tried([...together.values()]) === null)
      for (const each of together.values()) isDone.add(each);
  }
  return steps;
}

function withChannels(removal: Removal, channels: readonly Candidate[]): Removal {
  const all: Record<NodeId, readonly number[]> = { ...removal };
  for (const { node, channel } of channels) all[node] = [...(all[node] ?? []), channel];
  return all;
}
