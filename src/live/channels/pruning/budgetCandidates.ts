/** Which channels may go for a budget, and how soon: by a rule, made comparable between layers by each layer's own mean. */

import type { MeasuredChannels } from '../../../analysis/measureChannels.ts';
import { channelFlow } from '../../../analysis/pruning/channelFlow.ts';
import type { Candidate } from '../../../analysis/pruning/pruneToBudget.ts';
import type { DeadRuleName } from '../../../store/channels.ts';
import { factsOf, ruleOf } from '../liveliness.ts';
import type { PruneBase } from './pruneBase.ts';

/** Layers that the rule has no number for have no candidates, nor those that only pass their input's channels on (depthwise ones). */
export function budgetCandidates(
  { subject, graph, shapes, classes }: PruneBase,
  measured: MeasuredChannels | null,
  name: DeadRuleName,
): readonly Candidate[] {
  const rule = ruleOf(name);
  return subject.layers.flatMap((layer) => {
    const node = graph.nodes.find(({ id }) => id === layer.node);
    const values = rule.values(factsOf(subject, measured, layer));
    if (!node || !values) return [];
    const inputs = node.inputs.map((input) => shapes[input]!);
    if (channelFlow(node.operator, inputs).kind !== 'makes') return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // A share of zeros is comparable as it is; sizes are not.
    const weakness = (value: number) => (rule.weak === 'at-least' ? value : mean > 0 ? -value / mean : 0);
    return [...values.entries()]
      .filter(([channel]) => classes.classOf(layer.node, channel).whyNot === null)
      .map(([channel, value]): Candidate => ({ node: layer.node, channel, weakness: weakness(value) }));
  });
}
