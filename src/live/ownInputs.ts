/** Inputs of a run that lasts longer than what is on the screen: uploaded anew, since the shown ones are freed with the next picture. */
import type { Engine, Tensor } from '../engine/engine.ts';
import { activationNodeAfter, exploreNodes } from '../graph/explore.ts';
import type { NodeId } from '../graph/graph.ts';
import type { HostTensor } from '../operators/operator.ts';
import { readAll } from './readAll.ts';
import type { Output } from './results.ts';

/** The node whose maps are shown; `focus` is Explore's convolution. */
export function shownNode({ graph, kind }: Output, focus: NodeId): NodeId {
  return kind?.shown ?? activationNodeAfter(graph, focus)?.id ?? focus;
}

/** The values of the inputs of the output's graph. Those that a network computes are read back. */
export async function hostInputs(
  engine: Engine,
  { picture, inputs, kind }: Output,
): Promise<Readonly<Record<NodeId, HostTensor<Float32Array>>>> {
  if (kind?.from === 'network') {
    const read: Record<NodeId, HostTensor<Float32Array>> = {};
    for (const [id, tensor] of Object.entries(inputs))
      read[id] = { shape: tensor.shape, values: await readAll(engine, tensor) };
    return read;
  }
  const shape = [1, picture.channels, picture.height, picture.width] as const;
  return { ...kind?.constants, [exploreNodes.input]: { shape, values: picture.values } };
}

/** Gives `use` the inputs of the output's graph, and frees them after it. */
export async function withOwnInputs<T>(
  engine: Engine,
  output: Output,
  use: (inputs: Readonly<Record<NodeId, Tensor>>) => Promise<T>,
): Promise<T> {
  const inputs: Record<NodeId, Tensor> = {};
  try {
    for (const [id, { values, shape }] of Object.entries(await hostInputs(engine, output)))
      inputs[id] = await engine.upload(values, shape);
    return await use(inputs);
  } finally {
    for (const tensor of Object.values(inputs)) tensor.free();
  }
}
