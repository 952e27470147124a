/**
 * Where counters of operations differ from one another, and so from this page, for the operators of a column: each is said beside its
 * count. What is counted are the operators' own costs.
 */
import type { Graph } from '../../graph/graph.ts';

export const costConventions = ['transposed', 'grouped', 'deformable', 'pooling'] as const;
export type CostConvention = (typeof costConventions)[number];

export function conventionsOf({ nodes }: Graph): readonly CostConvention[] {
  const found = new Set<CostConvention>();
  for (const { operator } of nodes) {
    if (operator.kind === 'conv_transpose2d') found.add('transposed');
    if (operator.kind === 'deform_conv2d') found.add('deformable');
    if (operator.kind === 'pool2d') found.add('pooling');
    if ((operator.kind === 'conv2d' || operator.kind === 'conv_transpose2d') && operator.groups > 1)
      found.add('grouped');
  }
  return costConventions.filter((convention) => found.has(convention));
}
