/** Whose channels are looked at: a network that ships, or the one of the Network screen with the weights that are drawn for it. */
import type { Engine } from '../../engine/engine.ts';
import { loadTrainedSample, type TrainedSampleName, trainedSampleNames } from '../../formats/trained/samples.ts';
import type { Graph, NodeId, RunParameters } from '../../graph/graph.ts';
import type { ChannelChoice, ValueRange } from '../../graph/input.ts';
import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';
import { preprocess, type TrainedNetwork } from '../../graph/trained/trainedNetwork.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import { computeMaps, type MapCache } from '../network/compute.ts';
import type { NetworkPlan } from '../network/networkPlan.ts';
import { pictureNode } from '../network/nodes.ts';
import type { Picture, Problem } from '../results.ts';
import { type SubjectLayer, subjectLayers } from './layers.ts';

export interface ChannelsSubject {
  readonly title: string;
  readonly input: NodeId;
  readonly parameters: RunParameters;
  /** All convolutions, in graph order. */
  readonly layers: readonly SubjectLayer[];
  /** Of one picture; the structure at any size. */
  readonly graph: Graph;
  /** Longest side of the pictures that it was trained on; null: unknown, or it was not trained. */
  readonly nativeSide: number | null;
  /** Height and width of what it reads; null: any. */
  readonly fixedSize: readonly [height: number, width: number] | null;
  /** How a photo becomes what `read` takes. */
  readonly photo: { readonly channels: ChannelChoice; readonly range: ValueRange };
  /** The graph for so many pictures of a size. Throws ChannelsRefusal where it cannot be applied. */
  graphAt(height: number, width: number, images: number): Graph;
  /** [C, H, W] of one picture, in the network's own range. */
  read(picture: Picture): Float32Array;
}

/** Why something cannot be looked at, for the person. */
export class ChannelsRefusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

export function isTrainedName(model: string): model is TrainedSampleName {
  return (trainedSampleNames as readonly string[]).includes(model);
}

/** Side of the picture for which the structure is told where the network says none. */
const structureSide = 129;
/** Side to begin with: what the network was trained at, or what a processor computes while one waits. */
const firstSides = { webgpu: 257, software: 97 } as const;

/** A network that ships. Throws ChannelsRefusal where its file cannot be had. */
export async function trainedSubject(name: TrainedSampleName): Promise<ChannelsSubject> {
  const loaded = await loadTrainedSample(name);
  if (!loaded.ok)
    throw new ChannelsRefusal({ kind: 'file', ...loaded.error, values: { name, ...loaded.error.values } });
  return subjectOf(loaded.value);
}

export function subjectOf(network: TrainedNetwork): ChannelsSubject {
  const { input, parameters, preprocessing, nativeSize, source, name } = network;
  const graphAt = (height: number, width: number, images: number): Graph => {
    const made = network.graphAt(height, width, images);
    if (!made.ok)
      throw new ChannelsRefusal({ kind: 'network', code: 'failed', values: { message: made.error.message } });
    return made.value.graph;
  };
  const nativeSide = nativeSize && Math.max(nativeSize.height, nativeSize.width);
  const graph = graphAt(nativeSide ?? structureSide, nativeSide ?? structureSide, 1);
  return {
    ...{ input, parameters, graph, graphAt },
    title: source.licence === 'ConvScope' ? name : source.title,
    layers: subjectLayers(graph, network.layers),
    ...{ nativeSide, fixedSize: null },
    photo: { channels: 'rgb', range: 'unit' },
    read: ({ values, channels, height, width }) =>
      preprocess(preprocessing, { shape: [1, channels, height, width], values }).values,
  };
}

/** First side in pixels of a network's pictures. */
export function firstSideOf(nativeSide: number | null, pace: keyof typeof firstSides): number {
  return Math.min(nativeSide ?? firstSides[pace], firstSides[pace]);
}

/**
 * The network of the Network screen. Its batch norms take their statistics from the photo, as they do there. Rejects with EngineError, or
 * the signal's reason.
 */
export async function networkSubject(
  engine: Engine,
  plan: NetworkPlan,
  photo: ChannelsSubject['photo'],
  signal: AbortSignal,
): Promise<ChannelsSubject> {
  const { graph, picture } = plan;
  const norms = await normsOf(engine, plan, signal);
  return {
    title: plan.state.layers.slice(0, 24),
    input: pictureNode,
    parameters: { ...plan.parameters, ...norms },
    graph,
    layers: subjectLayers(graph, convolutionLayers(graph)),
    fixedSize: [picture.height, picture.width],
    nativeSide: null,
    photo,
    graphAt: () => graph,
    read: ({ values }) => values,
  };
}

async function normsOf(
  engine: Engine,
  { graph, shapes, signatures, parameters, picture }: NetworkPlan,
  signal: AbortSignal,
): Promise<Readonly<Record<NodeId, ParameterValues>>> {
  const norms = graph.nodes.filter(({ operator }) => operator.kind === 'batch_norm2d');
  if (norms.length === 0) return {};
  const cache: MapCache = { maps: new Map(), norms: new Map() };
  const run = { nodes: graph.nodes, shapes, signatures, parameters, picture: picture.values };
  const macs = Object.fromEntries(graph.nodes.map(({ id }) => [id, 0]));
  try {
    const wanted = new Set(norms.map(({ id }) => id));
    await computeMaps(engine, { ...run, macs }, wanted, cache, { pieceMacs: 0, signal, onPiece: () => undefined });
  } finally {
    for (const maps of cache.maps.values()) maps.free();
  }
  return Object.fromEntries(
    norms.flatMap(({ id }) => {
      const norm = cache.norms.get(signatures[id]!);
      return norm ? [[id, norm]] : [];
    }),
  );
}
