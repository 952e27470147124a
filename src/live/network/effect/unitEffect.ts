/**
 * The effective field of a unit of the network on the screen: with the weights that it has, or as the mean over networks of other weights, all
 * channels of the place together. Batch norms take the statistics of each draw's own maps, as the network on the screen does.
 */
import type { Engine } from '../../engine/engine.ts';
import type { FieldMap, FieldMeasure } from '../../graph/effectiveField/fieldMap.ts';
import { centreOf, type FieldSummary, summarise } from '../../graph/effectiveField/summary.ts';
import { fieldOnPicture } from '../../graph/field/fieldOnPicture.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { materialiseAll } from '../../graph/weights/drawnParameters.ts';
import type { NetworkState } from '../../store/network.ts';
import { computeMaps, type MapCache } from './compute.ts';
import { drawParameters } from './drawParameters.ts';
import { measureEffectiveField } from './effectiveField.ts';
import type { NetworkPlan } from './networkPlan.ts';
import { pictureNode } from './nodes.ts';

export interface EffectQuestion {
  readonly layer: NodeId;
  readonly channel: number;
  readonly y: number;
  readonly x: number;
  /** The channel with the present weights, or the place over draws of all weights, by seeds that count up from the present ones. */
  readonly over: 'unit' | 'draws';
  /** How many, where it is over draws. */
  readonly draws: number;
  readonly measure: FieldMeasure;
}

export interface Effect {
  readonly plan: NetworkPlan;
  readonly question: EffectQuestion;
  readonly map: FieldMap;
  /** Null where no pixel moves the unit: behind dark maps. */
  readonly summary: FieldSummary | null;
}

interface EffectOptions {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What a layer reads, itself included, in the graph's order. */
export function partTo({ nodes }: Graph, layer: NodeId): Graph {
  const needed = new Set([layer]);
  for (const { id, inputs } of nodes.toReversed()) if (needed.has(id)) for (const input of inputs) needed.add(input);
  return { nodes: nodes.filter(({ id }) => needed.has(id)) };
}

/** MACs of a measurement: a way forward and a way back, each about as much as a run, and one more where norms need their statistics. */
export function effectMacs({ graph, cost }: NetworkPlan, { layer, over, draws }: EffectQuestion): number {
  const { nodes } = partTo(graph, layer);
  const macs = nodes.reduce((sum, { id }) => sum + cost.nodes[id]!.macs, 0);
  return macs * (hasNorms(nodes) ? 3 : 2) * (over === 'unit' ? 1 : draws);
}

/** Rejects with EngineError, or the signal's reason. */
export async function measureUnit(
  engine: Engine,
  plan: NetworkPlan,
  question: EffectQuestion,
  { onProgress, signal }: EffectOptions,
): Promise<Effect> {
  const { layer, channel, y, x, over, draws, measure } = question;
  const graph = partTo(plan.graph, layer);
  const picture = await engine.upload(plan.picture.values, plan.shapes[pictureNode]!);
  try {
    const map = await measureEffectiveField({
      ...{ engine, graph, picture: pictureNode, pictures: [picture], measure, signal },
      unit: { node: layer, channel: over === 'unit' ? channel : 'random signs', y, x },
      draws: over === 'unit' ? 1 : draws,
      parametersOf: (draw) => parametersOf(engine, plan, graph, seeded(plan.state.weights, draw), layer, signal),
      onProgress: (done, all) => onProgress(done / all),
    });
    const field = fieldOnPicture(graph, plan.shapes, layer, pictureNode);
    return { plan, question, map, summary: field && summarise(map, centreOf(field, y, x)) };
  } finally {
    picture.free();
  }
}

/** Draw 0 has the weights that are there. */
function seeded({ own, ...weights }: NetworkState['weights'], draw: number): NetworkState['weights'] {
  const moved = <T extends { readonly seed: number }>(drawing: T) => ({
    ...drawing,
    seed: (drawing.seed + draw) >>> 0,
  });
  return {
    ...moved(weights),
    own: Object.fromEntries(Object.entries(own).map(([id, drawing]) => [id, moved(drawing)])),
  };
}

async function parametersOf(
  engine: Engine,
  { shapes, picture }: NetworkPlan,
  graph: Graph,
  weights: NetworkState['weights'],
  layer: NodeId,
  signal: AbortSignal,
): Promise<GraphParameters> {
  const parameters = materialiseAll(graph, drawParameters(graph, weights));
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
