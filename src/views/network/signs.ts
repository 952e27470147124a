/** Whether a layer's maps can be negative: what moves or pools values keeps the sign that an activation before it left. */
import type { Graph, NodeId } from '../../graph/graph.ts';
import { canBeNegative } from '../../operators/activation/index.ts';

export function isSignedAt({ nodes }: Graph, id: NodeId): boolean {
  const signed = new Map<NodeId, boolean>();
  for (const { id: node, operator, inputs } of nodes) {
    const reads = () => inputs.some((input) => signed.get(input) ?? true);
    switch (operator.kind) {
      case 'activation':
        signed.set(node, canBeNegative(operator.function));
        break;
      case 'softmax':
        signed.set(node, false);
        break;
      case 'pool2d':
      case 'adaptive_pool2d':
      case 'resize':
      case 'concat':
      case 'channel_shuffle':
      case 'dropout':
      case 'reshape':
      case 'permute':
      case 'slice':
      case 'depth_to_space':
      case 'space_to_depth':
        signed.set(node, reads());
        break;
      case 'arithmetic':
        signed.set(node, operator.function === 'subtract' || reads());
        break;
      default:
        signed.set(node, true);
    }
    if (node === id) break;
  }
  return signed.get(id) ?? true;
}
