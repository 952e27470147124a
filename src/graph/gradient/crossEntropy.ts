/** The gradient of cross-entropy at its logits: each sample's own, times what came back for its loss. Counts have none. */
import type { CrossEntropy } from '../../operators/crossEntropy/attributes.ts';
import type { NodeId } from '../graph.ts';
import { combine } from './arithmetic.ts';
import type { Context } from './context.ts';

export function throughCrossEntropy({ builder, node, gy, input }: Context<CrossEntropy>): NodeId {
  if (node.operator.gives !== 'loss' || input !== 0)
    throw new Error(`no gradient goes through the ${node.operator.gives} of a cross-entropy to its input ${input}`);
  const gradient = builder.add({ ...node.operator, gives: 'gradient' }, node.inputs);
  return combine(builder, 'multiply', gradient, gy);
}
