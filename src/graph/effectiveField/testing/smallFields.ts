/** Small networks of one channel, run in float64, and the gradient of their middle unit. For tests. */
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { Operator } from '../../../operators/index.ts';
import type { HostTensor, Shape } from '../../../operators/operator.ts';
import { gradientGraph } from '../../gradient/index.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph.ts';
import { inferShapes } from '../../infer.ts';
import { runReference } from '../../referenceRun.ts';
import { FieldMean, type FieldMeasure } from '../fieldMap.ts';

export const layer = (rest: Partial<Parameters<typeof createConv2d>[0]> = {}) =>
  createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], bias: false, ...rest });

/** The operators one behind another: `x`, then `0`, `1`, ... */
export function chain(operators: readonly Operator[]): Graph {
  const nodes: GraphNode[] = [{ id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] }];
  for (const [i, operator] of operators.entries())
    nodes.push({ id: `${i}`, operator, inputs: [i === 0 ? 'x' : `${i - 1}`] });
  return { nodes };
}

/** Weights of every convolution: 1 / 9 each, or normal ones. */
export function weightsOf({ nodes }: Graph, weight: (node: number, index: number) => number): GraphParameters {
  const entries = nodes.flatMap(({ id, operator }, node) => {
    if (operator.kind !== 'conv2d') return [];
    const count =
      (operator.outChannels * operator.inChannels * operator.kernelSize[0] * operator.kernelSize[1]) / operator.groups;
    return [[id, { weight: Float32Array.from({ length: count }, (_, i) => weight(node, i)), bias: null }] as const];
  });
  return Object.fromEntries(entries);
}

export const uniform = () => 1 / 9;

/** The gradient of the middle unit of the last node at x, [H, W], in float64. */
export function gradientOf(
  graph: Graph,
  parameters: GraphParameters,
  x: HostTensor,
  more: Readonly<Record<NodeId, HostTensor>> = {},
) {
  const given = { x, ...more };
  const shapes = inferShapes(graph, Object.fromEntries(Object.entries(given).map(([id, { shape }]) => [id, shape])));
  if (!shapes.ok) throw new Error(shapes.error.message);
  const last = graph.nodes.at(-1)!.id;
  const back = gradientGraph(graph, shapes.value, last, 'x')!;
  const shape = shapes.value[last]!;
  const values = new Float64Array(shape[1] * shape[2] * shape[3]);
  values[Math.floor(shape[2] / 2) * shape[3] + Math.floor(shape[3] / 2)] = 1;
  const inputs = { ...given, [back.cotangent]: { shape, values } };
  return runReference(back.graph, inputs, back.parameters(parameters))[back.gradient]!.output.values;
}

export const side = 33;
export const shape: Shape = [1, 1, side, side];
export const ones = { shape, values: new Float64Array(side * side).fill(1) };
export const middle = { y: (side - 1) / 2, x: (side - 1) / 2 };

export function fieldOf(
  graph: Graph,
  parameters: GraphParameters,
  x: HostTensor = ones,
  measure: FieldMeasure = 'absolute',
) {
  const mean = new FieldMean(measure, shape);
  mean.add(gradientOf(graph, parameters, x));
  return mean.map;
}
