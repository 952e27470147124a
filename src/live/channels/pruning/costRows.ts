/** What pruning saves, layer by layer, exactly: a layer is its convolution with the norm and the activation that belong to it. */
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { NodeId } from '../../../graph/graph.ts';
import type { Cost } from '../../../operators/operator.ts';
import type { PruneBase } from './pruneBase.ts';

export interface CostChange {
  readonly before: Cost;
  readonly after: Cost;
}

export interface CostRow extends CostChange {
  readonly node: NodeId;
  readonly label: string;
  /** Output channels. */
  readonly channels: readonly [before: number, after: number];
}

export interface CostChanges {
  /** Layers that cost something else than before, in graph order. */
  readonly rows: readonly CostRow[];
  /** How many layers cost the same. */
  readonly unchanged: number;
  /** All that belongs to no convolution: pooling, additions, linear layers; null where it costs the same. */
  readonly others: CostChange | null;
  readonly total: CostChange;
}

export function costChanges({ subject }: PruneBase, { cost, kept, nodeOf }: Pruned): CostChanges {
  let [restBefore, restAfter] = [cost.before.total, cost.after.total];
  const all = subject.layers.map((layer): CostRow => {
    const nodes = [...new Set([layer.node, layer.norm ?? layer.node, layer.before, layer.response])];
    const now = [...new Set(nodes.flatMap((id) => [id, nodeOf[id] ?? id]))];
    const before = sum(nodes.map((id) => cost.before.nodes[id]));
    const after = sum(now.map((id) => cost.after.nodes[id]));
    restBefore = less(restBefore, before);
    restAfter = less(restAfter, after);
    const channels = [layer.outChannels, kept[layer.node]?.length ?? layer.outChannels] as const;
    return { node: layer.node, label: layer.label, channels, before, after };
  });
  const rows = all.filter(isChanged);
  const others = { before: restBefore, after: restAfter };
  return {
    rows,
    unchanged: all.length - rows.length,
    others: isChanged(others) ? others : null,
    total: { before: cost.before.total, after: cost.after.total },
  };
}

const free: Cost = { parameters: 0, macs: 0, usefulMacs: 0, activationBytes: 0 };
const names = ['parameters', 'macs', 'usefulMacs', 'activationBytes'] as const;

const isChanged = ({ before, after }: CostChange) => names.some((name) => before[name] !== after[name]);

function combined(a: Cost, b: Cost, sign: 1 | -1): Cost {
  return {
    parameters: a.parameters + sign * b.parameters,
    macs: a.macs + sign * b.macs,
    usefulMacs: a.usefulMacs + sign * b.usefulMacs,
    activationBytes: a.activationBytes + sign * b.activationBytes,
  };
}

const less = (a: Cost, b: Cost) => combined(a, b, -1);
const sum = (costs: readonly (Cost | undefined)[]) =>
  costs.reduce((total: Cost, cost) => (cost ? combined(total, cost, 1) : total), free);
