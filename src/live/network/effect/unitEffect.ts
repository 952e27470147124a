/**
 * The effective field of a unit of a network: with the weights that it has, or as the mean over networks of other weights, all channels of
 * the place together; on one picture or in the mean over several. Batch norms take the statistics of each draw's own maps of each picture,
 * as the network on the screen does.
 */
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { partTo } from '../../../graph/chain.ts';
import { costOf } from '../../../graph/cost.ts';
import { droppedNetwork } from '../../../graph/effectiveField/dropped.ts';
import type { FieldMap, FieldMeasure } from '../../../graph/effectiveField/fieldMap.ts';
import { centreOf, type FieldSummary, summarise } from '../../../graph/effectiveField/summary.ts';
import { fieldOnPicture } from '../../../graph/field/fieldOnPicture.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { materialiseAll } from '../../../graph/weights/drawnParameters.ts';
import type { Drawing, NetworkState } from '../../../store/network.ts';
import type { Picture } from '../../results.ts';
import { computeMaps, type MapCache } from '../compute.ts';
import { drawParameters } from '../drawParameters.ts';
import type { LayerFilterBook } from '../layerFilterBook.ts';
import type { NetworkPlan } from '../networkPlan.ts';
import { pictureNode } from '../nodes.ts';
import { measureEffectiveField } from './effectiveField.ts';

export interface EffectQuestion {
  readonly layer: NodeId;
  readonly channel: number;
  readonly y: number;
  readonly x: number;
  /** The channel with the present weights, or the place over draws of all weights, by seeds that count up. */
  readonly over: 'unit' | 'draws';
  /** How many, where it is over draws. */
  readonly draws: number;
  /** The first of them; null: the network's own. */
  readonly seed: number | null;
  readonly measure: FieldMeasure;
}

/** What a field is measured of. */
export interface EffectNetwork {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly weights: NetworkState['weights'];
  readonly filters: LayerFilterBook;
  /** At least one; all as large as the network reads them. */
  readonly pictures: readonly Picture[];
  /** Whether dropout layers drop as in training, with other masks in each draw. */
  readonly drops: boolean;
}

export interface Effect {
  readonly network: EffectNetwork;
  readonly question: EffectQuestion;
  readonly map: FieldMap;
  /** Null where no pixel moves the unit: behind dark maps. */
  readonly summary: FieldSummary | null;
}

/** The network on the screen, on its own picture and `others`. */
export function effectNetwork(
  { graph, shapes, state, filters, picture }: NetworkPlan,
  others: readonly Picture[] = [],
): EffectNetwork {
  return { graph, shapes, weights: state.weights, filters, pictures: [picture, ...others], drops: false };
}

interface EffectOptions {
  /** Bytes of maps and gradients that may be there at once. */
  readonly limit: number;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * MACs of a measurement: a way forward and a way back, each about as much as a run, and one more where norms need their statistics. Where it
 * takes segments, one more forward, which is not counted: how many follows from a limit of memory, and this is asked at every glance.
 */
export function effectMacs({ graph, shapes, pictures }: EffectNetwork, { layer, over, draws }: EffectQuestion): number {
  const part = partTo(graph, layer);
  const { macs } = costOf(part, shapes).total;
  return macs * (hasNorms(part.nodes) ? 3 : 2) * pictures.length * (over === 'unit' ? 1 : draws);
}

/** The seed of the first draw. */
export const firstSeed = ({ weights }: EffectNetwork, { over, seed }: EffectQuestion): number =>
  over === 'unit' ? weights.seed : (seed ?? weights.seed);

/** Rejects with NetworkRefusal where the limit is too small, with EngineError, or the signal's reason. */
export async function measureUnit(
  engine: Engine,
  network: EffectNetwork,
  question: EffectQuestion,
  { limit, onProgress, signal }: EffectOptions,
): Promise<Effect> {
  const { layer, channel, y, x, over, measure } = question;
  const draws = over === 'unit' ? 1 : question.draws;
  const graph = partTo(network.graph, layer);
  const dropped = network.drops ? droppedNetwork(graph, network.shapes) : null;
  const first = firstSeed(network, question);
  const weightsOf = remembered((draw: number) => {
    const weights = seeded(network.weights, first - network.weights.seed + draw);
    return materialiseAll(graph, drawParameters(graph, weights, network.filters));
  });
  const pictures: Tensor[] = [];
  try {
    for (const { values } of network.pictures) pictures.push(await engine.upload(values, network.shapes[pictureNode]!));
    const map = await measureEffectiveField({
      ...{ engine, picture: pictureNode, pictures, measure, draws, firstSeed: first, limit, signal },
      graph: dropped?.graph ?? graph,
      unit: { node: layer, channel: over === 'unit' ? channel : 'random signs', y, x },
      parametersOf: (draw, i) =>
        withNorms(engine, network.shapes, graph, weightsOf(draw), network.pictures[i]!, layer, signal),
      ...(dropped ? { othersOf: (draw: number) => dropped.masks((first + draw) >>> 0) } : {}),
      onProgress: (done, all) => onProgress(done / all),
    });
    const field = fieldOnPicture(graph, network.shapes, layer, pictureNode);
    return { network, question, map, summary: field && summarise(map, centreOf(field, y, x)) };
  } finally {
    for (const picture of pictures) picture.free();
  }
}

/** The last answer is kept: every picture of a draw sees the same weights. */
function remembered<T>(make: (draw: number) => T): (draw: number) => T {
  let last: { readonly draw: number; readonly value: T } | null = null;
  return (draw) => {
    if (last?.draw !== draw) last = { draw, value: make(draw) };
    return last.value;
  };
}

/** All that is drawn drawn otherwise, by seeds that are `by` further. */
function seeded({ own, ...weights }: NetworkState['weights'], by: number): NetworkState['weights'] {
  const moved = <T extends Drawing>(drawing: T) => ({ ...drawing, seed: (drawing.seed + by) >>> 0 });
  return {
    ...moved(weights),
    own: Object.fromEntries(
      Object.entries(own).map(([id, drawing]) => [id, 'filters' in drawing ? drawing : moved(drawing)]),
    ),
  };
}

/** The parameters with the statistics that batch norms take from the maps of one picture. */
async function withNorms(
  engine: Engine,
  shapes: Shapes,
  graph: Graph,
  parameters: GraphParameters,
  picture: Picture,
  layer: NodeId,
  signal: AbortSignal,
): Promise<GraphParameters> {
  if (!hasNorms(graph.nodes)) return parameters;
  const cache: MapCache = { maps: new Map(), norms: new Map() };
  const signatures = Object.fromEntries(graph.nodes.map(({ id }, i) => [id, i]));
  try {
    await computeMaps(
      engine,
      { nodes: graph.nodes, shapes, signatures, macs: zero(graph), parameters, picture: picture.values },
      new Set([layer]),
      cache,
      { pieceMacs: Number.POSITIVE_INFINITY, signal, onPiece: () => undefined },
    );
  } finally {
    for (const tensor of cache.maps.values()) tensor.free();
  }
  const norms = graph.nodes.flatMap(({ id }) => {
    const norm = cache.norms.get(signatures[id]!);
    return norm ? [[id, norm] as const] : [];
  });
  return { ...parameters, ...Object.fromEntries(norms) };
}

/** Its pieces end at norms alone. */
const zero = ({ nodes }: Graph) => Object.fromEntries(nodes.map(({ id }) => [id, 0]));

const hasNorms = (nodes: Graph['nodes']) => nodes.some(({ operator }) => operator.kind === 'batch_norm2d');
