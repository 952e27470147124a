/** Pictures in batches as large as their maps leave room for. */
import type { Batch } from '../../analysis/measureChannels.ts';
import type { NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { elementsOf } from '../../operators/tensors.ts';
import type { Picture } from '../results.ts';
import { partOf } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

/** Of the maps of one batch, all nodes that are asked for together. */
const mostBytes = 2 ** 26;
const mostImages = 64;

/** `nodes`: whose maps are kept until the batch is done. All pictures are of one size. */
export function* batchesOf(
  subject: ChannelsSubject,
  pictures: readonly Picture[],
  nodes: readonly NodeId[],
): Generator<Batch> {
  const first = pictures[0];
  if (!first) return;
  const { height, width } = first;
  const channels = subject.read(first).length / (height * width);
  const graph = partOf(subject.graphAt(height, width, 1), nodes);
  const shapes = inferShapes(graph, { [subject.input]: [1, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const bytes = [...new Set(nodes)].reduce((sum, node) => sum + 4 * elementsOf(shapes.value[node]!), 0);
  const size = Math.max(1, Math.min(mostImages, Math.floor(mostBytes / bytes)));
  for (let from = 0; from < pictures.length; from += size) {
    const batch = pictures.slice(from, from + size);
    const values = new Float32Array(batch.length * channels * height * width);
    for (const [i, picture] of batch.entries()) values.set(subject.read(picture), i * channels * height * width);
    yield {
      graph: partOf(subject.graphAt(height, width, batch.length), nodes),
      parameters: subject.parameters,
      input: subject.input,
      values,
      shape: [batch.length, channels, height, width],
    };
  }
}
