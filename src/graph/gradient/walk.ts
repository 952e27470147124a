/** The way back through a network, which all gradients have in common: from the last node to the first, adding up where paths meet. */
import type { ParameterValues } from '../../operators/operator.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import { combine } from './arithmetic.ts';
import { type GradientBuilder, valuesOfDerived } from './builder.ts';
import { gradientOfNode } from './gradientOfNode.ts';

interface Walk {
  /** The gradients that are known: at the nodes that the way back starts from, those of the whole way behind them. */
  readonly cotangents: ReadonlyMap<NodeId, NodeId>;
  /** Nodes that gradients are wanted at, and all that depend on them. */
  readonly isBehind: ReadonlySet<NodeId>;
  /** Not through this one. */
  readonly stopAt?: NodeId;
}

/** The gradient at every node behind which something is wanted, as a node of the builder's. */
export function walkBack(
  builder: GradientBuilder,
  graph: Graph,
  { cotangents, isBehind, stopAt }: Walk,
): ReadonlyMap<NodeId, NodeId> {
  const gradients = new Map<NodeId, NodeId>(cotangents);
  for (const node of graph.nodes.toReversed()) {
    const gy = gradients.get(node.id);
    if (gy === undefined || node.id === stopAt) continue;
    node.inputs.forEach((source, input) => {
      if (!isBehind.has(source)) return;
      const more = gradientOfNode({ builder, node, gy, input });
      const known = gradients.get(source);
      gradients.set(source, known === undefined ? more : combine(builder, 'add', known, more));
    });
  }
  return gradients;
}

/** These nodes and what they depend on. (A gradient may not depend on its cotangent: of a function that is flat everywhere.) */
export function neededFor({ nodes }: GradientBuilder, wanted: readonly NodeId[]): Graph['nodes'] {
  const needed = new Set(wanted);
  for (const { id, inputs } of nodes.toReversed()) if (needed.has(id)) for (const input of inputs) needed.add(input);
  return nodes.filter(({ id }) => needed.has(id));
}

export function parametersOf(
  builder: GradientBuilder,
  nodes: Graph['nodes'],
  forward: GraphParameters,
): GraphParameters {
  const entries = nodes.flatMap(({ id }): [NodeId, ParameterValues][] => {
    const derived = builder.derivedOf(id);
    const values = derived ? valuesOfDerived(derived, forward) : forward[id];
    return values ? [[id, values]] : [];
  });
  return Object.fromEntries(entries);
}
