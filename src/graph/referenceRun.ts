/**
 * A whole network in float64: the answer that engines are held against, with the scale on which each value's rounding error is
 * judged. The scale of a convolution is its sum of |terms|; what its inputs were already uncertain about passes through the |weights|,
 * and through an activation by its steepest slope (at most 1.129).
 */
import { arithmeticOf } from '../operators/arithmeticOf.ts';
import type { HostTensor, ParameterValues, ReferenceResult } from '../operators/operator.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from './graph.ts';

/** Output and magnitude of every node. `inputs` holds the tensor of every `input` node; shapes must be valid. */
export function runReference(
  graph: Graph,
  inputs: Readonly<Record<NodeId, HostTensor>>,
  parameters: GraphParameters,
): Readonly<Record<NodeId, ReferenceResult>> {
  const results: Record<NodeId, ReferenceResult> = {};
  for (const node of graph.nodes) {
    if (node.operator.kind === 'input') {
      const given = inputs[node.id];
      if (!given) throw new Error(`no tensor is given for input '${node.id}'`);
      const output = { shape: given.shape, values: Float64Array.from(given.values) };
      // The input is exact.
      results[node.id] = { output, magnitude: new Float64Array(output.values.length) };
      continue;
    }
    const read = node.inputs.map((id) => {
      const result = results[id];
      if (!result) throw new Error(`node '${id}' does not stand before '${node.id}'`);
      return result;
    });
    results[node.id] = runNode(node, read, parameters[node.id] ?? null);
  }
  return results;
}

function runNode(node: GraphNode, read: readonly ReferenceResult[], values: ParameterValues | null): ReferenceResult {
  const { operator } = node;
  const outputs = read.map((result) => result.output);
  const own = arithmeticOf(operator).reference(operator, outputs, values);
  const isExact = read.every(({ magnitude }) => magnitude.every((value) => value === 0));
  if (isExact) return own;
  const scales = read.map(({ output, magnitude }) => ({ shape: output.shape, values: magnitude }));
  const uncertain = { inputs: outputs, scales, own: own.magnitude };
  return { output: own.output, magnitude: arithmeticOf(operator).scaleFrom(operator, uncertain, values) };
}
