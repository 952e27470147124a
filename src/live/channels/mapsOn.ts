/** Maps of some nodes on one picture. */
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { Picture } from '../results.ts';
import { partOf } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

/** The caller frees them. Rejects with EngineError; then nothing is left. */
export async function mapsOn(
  engine: Engine,
  subject: ChannelsSubject,
  picture: Picture,
  nodes: readonly NodeId[],
): Promise<Readonly<Record<NodeId, Tensor>>> {
  const { height, width } = picture;
  const values = subject.read(picture);
  const input = await engine.upload(values, [1, values.length / (height * width), height, width]);
  try {
    const { tensors, completed } = await engine.run({
      graph: partOf(subject.graphAt(height, width, 1), nodes),
      parameters: subject.parameters,
      inputs: { [subject.input]: input },
      outputs: nodes,
    });
    try {
      await completed;
    } catch (error) {
      for (const maps of Object.values(tensors)) maps.free();
      throw error;
    }
    return tensors;
  } finally {
    input.free();
  }
}
