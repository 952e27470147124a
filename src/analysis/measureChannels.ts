/**
 * Statistics of channels over many pictures, batch by batch on an engine: of every layer asked for what is known of each channel, and
 * of one pair of layers their second moments. Each batch's products are centred on its own means.
 */
import { type ChannelProducts, commonSize } from '../engine/channelProducts.ts';
import type { ChannelStatistics, Engine, RunRequest, Tensor } from '../engine/engine.ts';
import type { NodeId } from '../graph/graph.ts';
import type { Pair, Shape } from '../operators/operator.ts';
import { type ChannelSummary, joinSummaries } from './channelSummary.ts';
import { type CrossMoments, joinPairs, momentsOf, type PairMoments } from './secondMoments.ts';

/** Some pictures, and the network for as many of this size. */
export interface Batch extends Pick<RunRequest, 'graph' | 'parameters'> {
  readonly input: NodeId;
  /** In the model's own range. */
  readonly values: Float32Array;
  readonly shape: Shape;
}

export interface Wanted {
  /** Nodes whose channels are looked at: responses after the activation, or before it. */
  readonly nodes: readonly NodeId[];
  /** The pair whose second moments are wanted: one node twice for those within a layer. */
  readonly pair: readonly [NodeId, NodeId] | null;
}

export interface MeasuredChannels {
  readonly images: number;
  readonly nodes: Readonly<Record<NodeId, readonly ChannelSummary[]>>;
  readonly pair: PairMoments | null;
}

/**
 * Yields what is known after each batch; the last one is the result. Rejects with EngineError, or with the signal's reason. Tensors are
 * freed whatever happens.
 */
export async function* measureChannels(
  engine: Engine,
  batches: Iterable<Batch> | AsyncIterable<Batch>,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<MeasuredChannels> {
  let known: MeasuredChannels | null = null;
  for await (const batch of batches) {
    signal.throwIfAborted();
    const measured = await measureBatch(engine, batch, wanted, signal);
    known = known ? join(known, measured) : measured;
    yield known;
  }
}

async function measureBatch(
  engine: Engine,
  { graph, parameters, input, values, shape }: Batch,
  { nodes, pair }: Wanted,
  signal: AbortSignal,
): Promise<MeasuredChannels> {
  const outputs = [...new Set([...nodes, ...(pair ?? [])])];
  const held: Tensor[] = [];
  try {
    const picture = await engine.upload(values, shape);
    held.push(picture);
    const { tensors, completed } = await engine.run({ graph, parameters, inputs: { [input]: picture }, outputs });
    held.push(...Object.values(tensors));
    await completed;
    const statistics = new Map<NodeId, readonly ChannelStatistics[]>();
    for (const node of outputs) {
      signal.throwIfAborted();
      statistics.set(node, await engine.channelStatistics(tensors[node]!));
    }
    const side = (node: NodeId): Side => ({
      tensor: tensors[node]!,
      centre: Float32Array.from(statistics.get(node)!, ({ mean }) => mean),
    });
    return {
      images: shape[0],
      nodes: Object.fromEntries(nodes.map((node) => [node, summaries(statistics.get(node)!, tensors[node]!.shape)])),
      pair: pair && (await measurePair(engine, side(pair[0]), pair[0] === pair[1] ? null : side(pair[1]))),
    };
  } finally {
    for (const tensor of held) tensor.free();
  }
}

function summaries(statistics: readonly ChannelStatistics[], [images, , height, width]: Shape) {
  return statistics.map((channel): ChannelSummary => ({ ...channel, count: images * height * width }));
}

interface Side {
  readonly tensor: Tensor;
  readonly centre: Float32Array;
}

async function measurePair(engine: Engine, a: Side, b: Side | null): Promise<PairMoments> {
  if (b === null) {
    const within = await momentsWithin(engine, a, [a.tensor.shape[2], a.tensor.shape[3]]);
    return { first: within, second: within, between: within };
  }
  const size = commonSize(a.tensor.shape, b.tensor.shape);
  return {
    first: await momentsWithin(engine, a, size),
    second: await momentsWithin(engine, b, size),
    between: await productsBetween(engine, a, b, size).then((products) => momentsOf(products, [a.centre, b.centre])),
  };
}

/** Within one layer, enlarged to `size`: where every pixel counts equally often, those of its own size are taken as often instead. */
async function momentsWithin(engine: Engine, side: Side, size: Pair): Promise<CrossMoments> {
  const [, , height, width] = side.tensor.shape;
  const isWhole = size[0] % height === 0 && size[1] % width === 0;
  const own: Pair = isWhole ? [height, width] : size;
  const products = await productsBetween(engine, side, side, own);
  return momentsOf(products, [side.centre, side.centre], (size[0] / own[0]) * (size[1] / own[1]));
}

function productsBetween(engine: Engine, a: Side, b: Side, size: Pair): Promise<ChannelProducts> {
  return engine.channelProducts(a.tensor, b.tensor, { centreA: a.centre, centreB: b.centre, size });
}

function join(a: MeasuredChannels, b: MeasuredChannels): MeasuredChannels {
  const nodes = Object.entries(a.nodes).map(([node, channels]) => [
    node,
    channels.map((channel, c) => joinSummaries(channel, b.nodes[node]![c]!)),
  ]);
  return {
    images: a.images + b.images,
    nodes: Object.fromEntries(nodes),
    pair: a.pair && b.pair ? joinPairs(a.pair, b.pair) : null,
  };
}
