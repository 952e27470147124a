/** Holds an engine's backpropagation to the float64 run of the same graph, and to what the engine's own maps say as the input is moved. For tests. */
import { expect } from 'vitest';
import { gradientGraph } from '../../graph/gradient/index.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { runReference } from '../../graph/referenceRun.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import type { Engine } from '../engine.ts';

/** A graph with the one input `input`, of shape [1, C, H, W]. */
export interface DifferentiatedNetwork {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  readonly input: HostTensor<Float32Array>;
  /** The node whose gradient is asked for, and the gradient at its output. */
  readonly of: NodeId;
  readonly cotangent: (shape: Shape) => Float32Array;
}

type Inputs = Readonly<Record<NodeId, HostTensor<Float32Array>>>;

/** The maps of one node. */
async function mapsOf(engine: Engine, graph: Graph, inputs: Inputs, parameters: GraphParameters, id: NodeId) {
  const entries = await Promise.all(
    Object.entries(inputs).map(
      async ([name, { values, shape }]) => [name, await engine.upload(values, shape)] as const,
    ),
  );
  const tensors = Object.fromEntries(entries);
  const run = await engine.run({ graph, inputs: tensors, parameters, outputs: [id] });
  const maps = run.tensors[id]!;
  const [, channels, height, width] = maps.shape;
  const values = await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
  for (const tensor of [maps, ...Object.values(tensors)]) tensor.free();
  return values;
}

/** The gradient on the engine; every value within 1e-5 (1 + scale) of the float64 run. Null where the network does not read its input. */
export async function expectExactGradient(
  engine: Engine,
  { graph, parameters, input, of, cotangent }: DifferentiatedNetwork,
): Promise<Float32Array | null> {
  const shapes = inferShapes(graph, { input: input.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const back = gradientGraph(graph, shapes.value, of, 'input');
  if (!back) return null;
  const shape = shapes.value[of]!;
  const wanted: Inputs = { input, [back.cotangent]: { shape, values: cotangent(shape) } };
  const ids = new Set(back.graph.nodes.map(({ id }) => id));
  const inputs = Object.fromEntries(Object.entries(wanted).filter(([id]) => ids.has(id)));
  const learned = back.parameters(parameters);
  const before = engine.counters.liveTensors;
  const values = await mapsOf(engine, back.graph, inputs, learned, back.gradient);
  expect(engine.counters.liveTensors).toBe(before);
  const { output, magnitude } = runReference(back.graph, inputs, learned)[back.gradient]!;
  values.forEach((value, i) => {
    const error = Math.abs(value - output.values[i]!) / (1 + magnitude[i]!);
    if (error <= 1e-5) return;
    const operators = graph.nodes.map(({ operator }) => operator);
    expect.fail(`gradient[${i}] is ${value} instead of ${output.values[i]}: ${JSON.stringify({ operators })}`);
  });
  return values;
}

/**
 * The change of <cotangent, maps> as the input moves by `step` along `direction`, per step, on the engine itself; and what its gradient
 * makes of the direction. Both in units of the sum of the gradient's |terms|.
 */
export async function differencesOn(
  engine: Engine,
  network: DifferentiatedNetwork,
  direction: Float32Array,
  step: number,
): Promise<{ readonly difference: number; readonly derivative: number }> {
  const { graph, parameters, input, of, cotangent } = network;
  const moved = async (by: number) => {
    const values = input.values.map((value, i) => value + by * direction[i]!);
    const maps = await mapsOf(engine, graph, { input: { ...input, values } }, parameters, of);
    const shapes = inferShapes(graph, { input: input.shape });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const weights = cotangent(shapes.value[of]!);
    return maps.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  };
  const difference = ((await moved(step)) - (await moved(-step))) / (2 * step);
  const gradient = (await expectExactGradient(engine, network)) ?? new Float32Array(direction.length);
  const size = gradient.reduce((sum, value, i) => sum + Math.abs(value * direction[i]!), 0);
  const derivative = gradient.reduce((sum, value, i) => sum + value * direction[i]!, 0);
  return { difference: difference / size, derivative: derivative / size };
}
