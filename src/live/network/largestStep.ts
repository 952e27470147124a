/** The layer of a network that needs the most memory at once: what it reads and what it writes lie side by side while it is computed. */
import type { Graph, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';

export interface Step {
  readonly node: NodeId;
  /** Of float32 maps. */
  readonly bytes: number;
}

/** `shapes`: of every node. The first of those that need as much. */
export function largestStep({ nodes }: Graph, shapes: Shapes): Step {
  const bytesOf = (id: NodeId) => 4 * (shapes[id]?.reduce((a, b) => a * b) ?? 0);
  return nodes
    .map(({ id, inputs }): Step => ({ node: id, bytes: [id, ...inputs].reduce((sum, each) => sum + bytesOf(each), 0) }))
    .reduce((largest, step) => (step.bytes > largest.bytes ? step : largest), { node: '', bytes: 0 });
}
