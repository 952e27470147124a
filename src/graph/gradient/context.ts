/** What the gradient of one operator is made from. */
import type { Operator } from '../../operators/index.ts';
import type { NodeId } from '../graph.ts';
import type { GradientBuilder } from './builder.ts';

/** A node of the given network and `gy`, the gradient at its output. */
export interface Context<O extends Operator = Operator> {
  readonly builder: GradientBuilder;
  readonly node: { readonly id: NodeId; readonly operator: O; readonly inputs: readonly NodeId[] };
  readonly gy: NodeId;
  /** Which of the node's inputs the gradient is wanted of. */
  readonly input: number;
}

export function inputOf({ node, input }: Context): NodeId {
  return node.inputs[input]!;
}
