/**
 * The gradients of a network at all that it learns, as one network: what training runs in every step. It has the forward pass, whose maps
 * the way back needs anyway, so losses and counts come from the same run.
 */
import '../../operators/late.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type Derived, GradientBuilder } from './builder.ts';
import { gradientOfParameter, type LearnedName, learnedNames } from './gradientsOfParameters.ts';
import { neededFor, parametersOf, walkBack } from './walk.ts';

export interface ParameterGradients {
  /** The nodes of the given graph that are needed, under their names, and those of the way back. */
  readonly graph: Graph;
  /** The input node that takes the gradient at the loss, of its shape: ones for the loss itself. */
  readonly cotangent: NodeId;
  /**
   * By node and tensor the node whose output is the gradient: the tensor's values in their order, as maps [Cout, Cin/g, kh, kw], or
   * [1, C, 1, 1] of what every channel has. What the loss does not depend on is not there: its gradient is 0.
   */
  readonly gradients: Readonly<Record<NodeId, Readonly<Partial<Record<LearnedName, NodeId>>>>>;
  /** Where the tensors of the nodes of the way back come from; those of the given graph have their own. */
  readonly derived: Readonly<Record<NodeId, Derived>>;
  /** What the graph has learned, from what the given one has. */
  parameters(forward: GraphParameters): GraphParameters;
}

/**
 * The gradients of node `loss` at every learned tensor before it. `shapes`: of every node. `kept`: nodes whose maps are wanted from the
 * same run, as counts of right answers.
 */
export function parameterGradients(
  graph: Graph,
  shapes: Shapes,
  loss: NodeId,
  kept: readonly NodeId[] = [],
): ParameterGradients {
  const isBehind = behindLearning(graph);
  const builder = new GradientBuilder(graph, shapes);
  const cotangent = builder.input('cotangent', builder.shape(loss));
  const atNodes = walkBack(builder, graph, { cotangents: new Map([[loss, cotangent]]), isBehind });
  const gradients: Record<NodeId, Partial<Record<LearnedName, NodeId>>> = {};
  for (const node of graph.nodes) {
    const gy = atNodes.get(node.id);
    if (gy === undefined) continue;
    const names = learnedNames(node.operator);
    if (names.length === 0) continue;
    gradients[node.id] = Object.fromEntries(
      names.map((name) => [name, gradientOfParameter({ builder, node, gy }, name)]),
    );
  }
  const wanted = Object.values(gradients).flatMap((of) => Object.values(of));
  const nodes = neededFor(builder, [...wanted, loss, cotangent, ...kept]);
  const derived = nodes.flatMap(({ id }): [NodeId, Derived][] => {
    const own = builder.derivedOf(id);
    return own ? [[id, own]] : [];
  });
  return {
    graph: { nodes },
    cotangent,
    gradients,
    derived: Object.fromEntries(derived),
    parameters: (forward) => parametersOf(builder, nodes, forward),
  };
}

/** Nodes that learn, and all that depend on them. */
function behindLearning({ nodes }: Graph): ReadonlySet<NodeId> {
  const reached = new Set<NodeId>();
  for (const { id, operator, inputs } of nodes)
    if (learnedNames(operator).length > 0 || inputs.some((input) => reached.has(input))) reached.add(id);
  return reached;
}
