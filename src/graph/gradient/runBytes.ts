/** The bytes of float32 maps that a run holds beside what it is given: each from its node to its last reader, what is wanted to the end. */

import type { Shape } from '../../operators/operator.ts';
import type { GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

export const mapBytes = (shape: Shape): number => 4 * shape.reduce((a, b) => a * b, 1);

/** The most at once, while the nodes run in their order. */
export function runBytes(nodes: readonly GraphNode[], shapes: Shapes, wanted: readonly NodeId[]): number {
  const lastReader = new Map<NodeId, number>();
  for (const [at, { inputs }] of nodes.entries()) for (const input of inputs) lastReader.set(input, at);
  for (const id of wanted) lastReader.set(id, nodes.length);
  const there = new Set<NodeId>();
  let bytes = 0;
  let most = 0;
  for (const [at, { id, operator, inputs }] of nodes.entries()) {
    if (operator.kind === 'input') continue;
    there.add(id);
    bytes += mapBytes(shapes[id]!);
    most = Math.max(most, bytes);
    for (const each of new Set([...inputs, id])) {
      if ((lastReader.get(each) ?? at) > at || !there.delete(each)) continue;
      bytes -= mapBytes(shapes[each]!);
    }
  }
  return most;
}
