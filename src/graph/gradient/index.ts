/**
 * Backpropagation as a network: the gradient of a node at another is a graph of its own, which reads what the given graph reads and one
 * tensor more, the gradient at the node (the cotangent). Whatever runs graphs runs it: the GPU, the CPU, the float64 reference. With y the
 * node's output as a function of x at the other node and v the cotangent it computes vᵀ (dy / dx) (reverse accumulation; Linnainmaa
 * 1970). Values that the way back needs, as the signs in front of a rectifier, are nodes of the same graph.
 *
 * Layers with weights keep their very numbers (`convolutions.ts`); an operator has an adjoint among the operators or is put together of
 * some, and what is left are four kinds that no layer is (`GradientOperator`).
 */

// The way back of a convolution alone has kinds whose rules a page has not loaded.
import '../../operators/late.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { GradientBuilder } from './builder.ts';
import { neededFor, parametersOf, walkBack } from './walk.ts';

export interface GradientGraph {
  /** The nodes of the given graph that are still needed, under their names, and those of the way back. */
  readonly graph: Graph;
  /** The input node that takes the gradient at `of`, of its shape. */
  readonly cotangent: NodeId;
  /** The node whose output is the gradient at `at`, of its shape. */
  readonly gradient: NodeId;
  /** What the graph has learned, from what the given one has. Most arrays are the same; the objects are new with each call. */
  parameters(forward: GraphParameters): GraphParameters;
}

/**
 * The gradient of node `of` at node `at` (an `input`, or any node before). `shapes`: of every node. Null where `of` does not depend on
 * `at`: the gradient is 0.
 */
export function gradientGraph(graph: Graph, shapes: Shapes, of: NodeId, at: NodeId): GradientGraph | null {
  const isBehind = dependents(graph, at);
  if (!isBehind.has(of)) return null;
  const builder = new GradientBuilder(graph, shapes);
  const cotangent = builder.input('cotangent', builder.shape(of));
  const gradients = walkBack(builder, graph, { cotangents: new Map([[of, cotangent]]), isBehind, stopAt: at });
  const gradient = gradients.get(at);
  if (gradient === undefined) return null;
  const nodes = neededFor(builder, [gradient, cotangent]);
  return { graph: { nodes }, cotangent, gradient, parameters: (forward) => parametersOf(builder, nodes, forward) };
}

/** The node itself and all that depend on it. */
export function dependents({ nodes }: Graph, id: NodeId): ReadonlySet<NodeId> {
  const reached = new Set([id]);
  for (const node of nodes) if (node.inputs.some((input) => reached.has(input))) reached.add(node.id);
  return reached;
}
