/** Where each channel of a layer is largest: in every picture, the largest response and its place. */
import type { Batch } from '../../analysis/measureChannels.ts';
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import type { Pair, Shape } from '../../operators/operator.ts';
import type { Picture } from '../results.ts';
import { batchesOf } from './batches.ts';
import type { ChannelsSubject } from './subject.ts';

export interface Excitement {
  readonly picture: number;
  readonly value: number;
  /** On the channel's map. */
  readonly y: number;
  readonly x: number;
}

/** Of each channel, the pictures in descending order of its largest response. */
export type Excitements = readonly (readonly Excitement[])[];

/** A node of no network. */
const joined = 'responses of all images';

/**
 * Batch by batch, as many pictures at once as their maps leave room for; `onShare` hears how much is done. Rejects with EngineError, or the
 * signal's reason between two batches.
 */
export async function excitementsOf(
  engine: Engine,
  subject: ChannelsSubject,
  pictures: readonly Picture[],
  node: NodeId,
  { signal, onShare }: { readonly signal: AbortSignal; readonly onShare: (share: number) => void },
): Promise<Excitements> {
  const channels: Excitement[][] = [];
  let done = 0;
  for (const batch of batchesOf(subject, pictures, [node])) {
    signal.throwIfAborted();
    const { values, shape } = await responsesOn(engine, batch, node);
    const [images, count, height, width] = shape;
    for (let i = 0; i < images; i++)
      for (let c = 0; c < count; c++) {
        const found = largestIn(values, (i * count + c) * height * width, [height, width]);
        channels[c] = [...(channels[c] ?? []), { picture: done + i, ...found }];
      }
    done += images;
    onShare(done / pictures.length);
  }
  return channels.map((found) => found.toSorted((a, b) => b.value - a.value));
}

/** The first of the largest values of the plane [height, width] from `start`. */
function largestIn(values: Float32Array, start: number, [height, width]: Pair): Omit<Excitement, 'picture'> {
  let at = start;
  for (let i = start + 1; i < start + height * width; i++) if (values[i]! > values[at]!) at = i;
  const place = at - start;
  return { value: values[at]!, y: Math.floor(place / width), x: place % width };
}

async function responsesOn(engine: Engine, { graph, parameters, input, values, shape }: Batch, node: NodeId) {
  const shapes = inferShapes(graph, { [input]: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const own = shapes.value[node]!;
  const [images, channels, height, width] = own;
  // An engine reads the first image of a batch: under these sizes that is all of them.
  const together: Shape = [1, images * channels, height, width];
  const all: GraphNode = { id: joined, operator: { kind: 'reshape', shape: together }, inputs: [node] };
  const picture = await engine.upload(values, shape);
  const held: Tensor[] = [picture];
  try {
    const { tensors, completed } = await engine.run({
      graph: { nodes: [...graph.nodes, all] },
      parameters,
      inputs: { [input]: picture },
      outputs: [joined],
    });
    held.push(...Object.values(tensors));
    await completed;
    const region = { channel: 0, channels: images * channels, y: 0, x: 0, height, width };
    return { values: await engine.read(tensors[joined]!, region), shape: own };
  } finally {
    for (const tensor of held) tensor.free();
  }
}
