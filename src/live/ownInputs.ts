/** Inputs of a run that lasts longer than what is on the screen: uploaded anew, since the shown ones are freed with the next picture. */
import type { Engine, Tensor } from '../engine/engine.ts';
import { activationNodeAfter, exploreNodes } from '../graph/explore.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Output } from './results.ts';

/** The node whose maps are shown; `focus` is Explore's convolution. */
export function shownNode({ graph, kind }: Output, focus: NodeId): NodeId {
  return kind?.shown ?? activationNodeAfter(graph, focus)?.id ?? focus;
}

/** Gives `use` the inputs of the output's graph, and frees them after it. */
export async function withOwnInputs<T>(
  engine: Engine,
  { picture, kind }: Output,
  use: (inputs: Readonly<Record<NodeId, Tensor>>) => Promise<T>,
): Promise<T> {
  const inputs: Record<NodeId, Tensor> = {};
  try {
    const shape = [1, picture.channels, picture.height, picture.width] as const;
    inputs[exploreNodes.input] = await engine.upload(picture.values, shape);
    for (const [id, constant] of Object.entries(kind?.constants ?? {}))
      inputs[id] = await engine.upload(constant.values, constant.shape);
    return await use(inputs);
  } finally {
    for (const tensor of Object.values(inputs)) tensor.free();
  }
}
