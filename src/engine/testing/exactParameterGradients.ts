/** Holds an engine's gradients of all that a network learns, batch norm and dropout training, to the float64 run. For tests. */
import { expect } from 'vitest';
import { parameterGradients } from '../../graph/gradient/parameterGradients.ts';
import type { Graph, GraphNode } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { trainingGraph } from '../../graph/training/trainingGraph.ts';
import { createLinear } from '../../operators/linear/index.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import { elementsOf } from '../../operators/tensors.ts';
import type { Engine } from '../engine.ts';
import { randomValues } from '../webgpu/testing/exactness.ts';
import { NetworkBuilder } from '../webgpu/testing/networks.ts';

const batch = 6;
const classes = 5;

/** Grouped, depthwise, strided and bordered layers under norms and dropout, and a linear layer of their means. */
function classifier() {
  const network = new NetworkBuilder([batch, 3, 12, 11]);
  const first = network.activation(network.norm(network.conv('input', 8, 5, { stride: [2, 2] })), 'silu');
  const grouped = network.activation(network.norm(network.conv(first, 12, 3, { groups: 4, bias: true })), 'tanh');
  const dropped = network.add({ kind: 'dropout', p: 0.3 }, grouped);
  const depthwise = network.conv(dropped, 12, 3, { groups: 12, paddingMode: 'reflect' });
  const mean = network.add({ kind: 'reduce', function: 'mean', axes: [2, 3] }, network.activation(depthwise, 'gelu'));
  const logits = network.add(createLinear({ inFeatures: 12, outFeatures: classes }), mean);
  return { graph: { nodes: network.nodes }, parameters: network.parameters, shape: network.shape, logits };
}

/** Every value within 1e-5 (1 + scale). Returns how many tensors the network learns. */
export async function expectExactParameterGradients(engine: Engine): Promise<number> {
  const { graph, parameters, shape, logits } = classifier();
  const training = trainingGraph(graph, 5);
  const labels: GraphNode = { id: 'labels', operator: { kind: 'input', channels: 1 }, inputs: [] };
  const loss = { kind: 'cross_entropy', gives: 'loss', target: 'indices' } as const;
  const forward: Graph = {
    nodes: [labels, ...training.graph.nodes, { id: 'losses', operator: loss, inputs: [logits, 'labels'] }],
  };
  const column: Shape = [batch, 1, 1, 1];
  const numbers = (of: Shape, values: Float32Array): HostTensor<Float32Array> => ({ shape: of, values });
  const given: Record<string, HostTensor<Float32Array>> = {
    input: numbers(shape, randomValues(elementsOf(shape), 3)),
    labels: numbers(column, Float32Array.of(0, 4, 2, 2, -1, 1)),
    [training.step ?? 'step']: numbers([1, 1, 1, 1], Float32Array.of(11)),
  };
  const shapes = inferShapes(forward, Object.fromEntries(Object.entries(given).map(([id, one]) => [id, one.shape])));
  if (!shapes.ok) throw new Error(shapes.error.message);
  const back = parameterGradients(forward, shapes.value, 'losses');
  const inputs = { ...given, [back.cotangent]: numbers(column, new Float32Array(batch).fill(1 / batch)) };
  const learned = back.parameters(parameters);
  const wanted = Object.values(back.gradients).flatMap((names) => Object.values(names));
  const results = runReference(back.graph, inputs, learned);
  // An engine reads the first image alone.
  const flat = wanted.map((id): GraphNode => {
    const count = elementsOf(results[id]!.output.shape);
    return { id: `flat ${id}`, operator: { kind: 'reshape', shape: [1, count, 1, 1] }, inputs: [id] };
  });
  const entries = await Promise.all(
    Object.entries(inputs).map(async ([id, one]) => [id, await engine.upload(one.values, one.shape)] as const),
  );
  const run = await engine.run({
    graph: { nodes: [...back.graph.nodes, ...flat] },
    inputs: Object.fromEntries(entries),
    parameters: learned,
    outputs: flat.map(({ id }) => id),
  });
  for (const id of wanted) {
    const { output, magnitude } = results[id]!;
    const tensor = run.tensors[`flat ${id}`]!;
    const box = { channel: 0, channels: output.values.length, y: 0, x: 0, height: 1, width: 1 };
    (await engine.read(tensor, box)).forEach((value, i) => {
      const error = Math.abs(value - output.values[i]!) / (1 + magnitude[i]!);
      if (!(error <= 1e-5)) expect.fail(`${id}[${i}] is ${value} instead of ${output.values[i]}`);
    });
    tensor.free();
  }
  for (const [, tensor] of entries) tensor.free();
  return wanted.length;
}
