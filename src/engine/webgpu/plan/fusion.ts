/**
 * Which operators of a graph are computed together. What follows a convolution joins the program that stores its values, as long as
 * nobody else reads what is between and nobody wants to see it:
 *
 *   y = activation(norm(convolution(x)) + residual)
 *
 * Batch norm goes into weights and bias, the residual is any maps of the same shape that are there already. Of maps that are wanted
 * only those right before the activation can be had beside its own (a convolution's program may store both).
 */
import type { GraphNode, NodeId } from '../../../graph/graph.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { epilogueOf } from '../../../operators/activation/plan.ts';
import type { BatchNorm2d } from '../../../operators/batchNorm2d/attributes.ts';
import type { Epilogue } from '../../../operators/programs/epilogue.ts';

/** An operator and what is computed as it stores. */
export interface Fusion {
  readonly head: GraphNode;
  /** The nodes that have joined it, in order. */
  readonly joined: readonly NodeId[];
  readonly norm: { readonly node: NodeId; readonly operator: BatchNorm2d } | null;
  /** The node whose maps are added. */
  readonly residual: NodeId | null;
  readonly activation: ActivationName;
  /** The node before the activation, when its maps are wanted as well. */
  readonly before: NodeId | null;
}

/** A node by itself. */
export function alone(head: GraphNode): Fusion {
  return { head, joined: [], norm: null, residual: null, activation: 'none', before: null };
}

/** The node whose maps a fusion leaves. */
export function lastOf({ head, joined }: Fusion): NodeId {
  return joined.at(-1) ?? head.id;
}

/** What its program does as it stores. */
export function epilogueOfFusion({ activation, residual }: Fusion): Epilogue {
  return { ...epilogueOf(activation), hasResidual: residual !== null };
}
