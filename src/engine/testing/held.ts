/** Networks whose weights are tensors of an engine, beside the same networks with values. */
import type { Graph, GraphParameters, HeldParameters, NodeId } from '../../graph/graph.ts';
import { hash32 } from '../../math/random.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Engine, Tensor } from '../engine.ts';

const inputShape: Shape = [2, 6, 9, 8];

/** One layer each: dense, grouped, depthwise, pointwise (windows and tiles of the GPU), transposed, per channel. */
export const heldLayers: Readonly<Record<string, Operator>> = {
  dense: createConv2d({
    inChannels: 6,
    outChannels: 10,
    kernelSize: [3, 3],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
  }),
  grouped: createConv2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 2], stride: [2, 1], groups: 3 }),
  depthwise: createConv2d({ inChannels: 6, outChannels: 6, kernelSize: [3, 3], groups: 6, bias: false }),
  pointwise: createConv2d({ inChannels: 6, outChannels: 40, kernelSize: [1, 1] }),
  transposed: createConvTranspose2d({ inChannels: 6, outChannels: 5, kernelSize: [3, 3], stride: [2, 2] }),
  slopes: { kind: 'prelu', numParameters: 6 },
  factors: { kind: 'batch_norm2d', numFeatures: 6, eps: 0 },
};

export function valuesAt(seed: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => hash32(seed, 0, i) / 2 ** 31 - 1);
}

/** The greatest difference between the maps with values and those with tensors; 0: the same bits. */
export async function differenceWithHeld(engine: Engine, operator: Operator): Promise<number> {
  const graph: Graph = {
    nodes: [
      { id: 'x', operator: { kind: 'input', channels: inputShape[1] }, inputs: [] },
      { id: 'layer', operator, inputs: ['x'] },
    ],
  };
  const specs = rulesOf(operator).parameters(operator);
  const values = specs.map(({ shape }, i) =>
    valuesAt(
      i + 2,
      shape.reduce((product, size) => product * size, 1),
    ),
  );
  const [weight, bias = null] = values;
  // Those of a norm that only multiplies and adds.
  const statistics =
    operator.kind === 'batch_norm2d'
      ? { runningMean: new Float32Array(6), runningVar: new Float32Array(6).fill(1) }
      : {};
  const parameters: GraphParameters = { layer: { weight: weight!, bias, ...statistics } };
  const held: HeldParameters = { kind: 'held', weight: 'weight', bias: bias ? 'bias' : null, ...statistics };
  const inputs: Record<NodeId, Tensor> = { x: await engine.upload(valuesAt(1, 864), inputShape) };
  const plain = await outputOf(engine, graph, parameters, inputs);
  // A state of the optimiser stands behind the weights.
  const behind = (own: Float32Array) => Float32Array.of(...own, ...own.map((value) => value + 5));
  inputs.weight = await engine.upload(behind(weight!), [1, 1, 2, weight!.length]);
  if (bias) inputs.bias = await engine.upload(behind(bias), [1, 1, 2, bias.length]);
  const tensors = Object.keys(inputs).filter((id) => id !== 'x');
  const nodes = tensors.map((id) => ({ id, operator: { kind: 'input', channels: 1 } as const, inputs: [] }));
  const other = await outputOf(engine, { nodes: [...nodes, ...graph.nodes] }, { layer: held }, inputs);
  for (const tensor of Object.values(inputs)) tensor.free();
  return plain.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
}

async function outputOf(
  engine: Engine,
  graph: Graph,
  parameters: Parameters<Engine['run']>[0]['parameters'],
  inputs: Readonly<Record<NodeId, Tensor>>,
): Promise<Float32Array> {
  const { tensors } = await engine.run({ graph, inputs, parameters, outputs: ['layer'] });
  const tensor = tensors.layer!;
  const [, channels, height, width] = tensor.shape;
  try {
    return await engine.read(tensor, { channel: 0, channels, y: 0, x: 0, height, width });
  } finally {
    tensor.free();
  }
}
