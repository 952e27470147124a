/** Shapes through a network: each node's output from its inputs' outputs, or the first reason why there is none. */
import { rulesOf } from '../operators/index.ts';
import type { OperatorError, Result, Shape } from '../operators/operator.ts';
import type { Graph, NodeId } from './graph.ts';
import { validateGraph } from './validate.ts';

export type Shapes = Readonly<Record<NodeId, Shape>>;

/** The error of one node. */
export type GraphError = OperatorError & { readonly node?: NodeId };

/** The output shape of every node, given the shape of every `input` node. */
export function inferShapes(graph: Graph, inputs: Shapes): Result<Shapes, GraphError> {
  const valid = validateGraph(graph);
  if (!valid.ok) return valid;
  const shapes: Record<NodeId, Shape> = {};
  for (const { id, operator, inputs: read } of graph.nodes) {
    const given: readonly (Shape | undefined)[] =
      operator.kind === 'input' ? [inputs[id]] : read.map((input) => shapes[input]);
    const known = given.filter((shape) => shape !== undefined);
    if (known.length !== given.length) {
      const message = `no shape is given for input '${id}'`;
      return { ok: false, error: { code: 'input-missing', values: { id }, message, node: id } };
    }
    const output = rulesOf(operator).outputShape(operator, known);
    if (!output.ok) return { ok: false, error: { ...output.error, node: id } };
    shapes[id] = output.value;
  }
  return { ok: true, value: shapes };
}
