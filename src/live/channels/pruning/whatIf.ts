/** What the worker of pruning answers: a pruned network, and the removal that keeps a budget. Pure; constants in float64 take seconds. */

import type { Removal } from '../../../analysis/pruning/channelClasses.ts';
import { type Pruned, type PruneOptions, prune } from '../../../analysis/pruning/prune.ts';
import type { PruneError } from '../../../analysis/pruning/pruneError.ts';
import { type Budget, type Budgeted, type Candidate, pruneToBudget } from '../../../analysis/pruning/pruneToBudget.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { loadRules } from '../../../operators/loadRules.ts';
import type { Result } from '../../../operators/operator.ts';

export interface WhatIfQuestion extends PruneOptions {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  readonly shapes: Shapes;
  readonly removal: Removal;
}

/** A pruned network without what it shares with the one before. */
export interface WhatIfAnswer {
  readonly pruned: Pruned;
  /** Nodes whose weights are those from before: they are left out of `pruned.parameters`. */
  readonly same: readonly NodeId[];
}

export async function whatIf({
  graph,
  parameters,
  shapes,
  removal,
  ...options
}: WhatIfQuestion): Promise<Result<WhatIfAnswer, PruneError>> {
  await loadRules(graph.nodes);
  const pruned = prune(graph, parameters, shapes, removal, options);
  if (!pruned.ok) return pruned;
  const isSame = ([id, values]: readonly [NodeId, unknown]) => values === parameters[id];
  const all = Object.entries(pruned.value.parameters);
  const changed = Object.fromEntries(all.filter((each) => !isSame(each)));
  return {
    ok: true,
    value: { pruned: { ...pruned.value, parameters: changed }, same: all.filter(isSame).map(([id]) => id) },
  };
}

/** The answer with the weights that it shares with the network before. */
export function wholePruned({ pruned, same }: WhatIfAnswer, parameters: GraphParameters): Pruned {
  const shared = Object.fromEntries(
    same.flatMap((id) => {
      const values = parameters[id];
      return values ? [[id, values]] : [];
    }),
  );
  return { ...pruned, parameters: { ...shared, ...pruned.parameters } };
}

export interface BudgetQuestion {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly candidates: readonly Candidate[];
  readonly budget: Budget;
}

/** `onProgress` hears the share of the candidates that were tried, a hundred times at most. */
export async function removalWithin(
  { graph, shapes, candidates, budget }: BudgetQuestion,
  onProgress: (share: number) => void,
): Promise<Budgeted> {
  await loadRules(graph.nodes);
  let told = 0;
  return pruneToBudget(graph, shapes, candidates, budget, (share) => {
    if (share < told + 0.01) return;
    told = share;
    onProgress(share);
  });
}
