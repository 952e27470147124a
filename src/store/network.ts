/**
 * What the Network screen shows: layers as a text (a built-in architecture's name, or a graph written down), those that are switched off,
 * how weights are drawn, and what the network reads. The graph is a function of this (`live/network/`); here it is a text, so that whoever
 * only keeps, undoes or links it needs no operator's rules.
 */
import type { NodeId } from '../graph/graph.ts';
import { type LayerFilters, layerFilters } from '../graph/weights/filterState.ts';
import { type Fields, fieldsOf, listOf, readInteger, readNumber, readOneOf, readPair } from './fields.ts';

export const drawnDistributions = ['he', 'xavier'] as const;
export type DrawnDistribution = (typeof drawnDistributions)[number];

/** How the weights of a layer are drawn. */
export interface Drawing {
  readonly distribution: DrawnDistribution;
  readonly seed: number;
}

/** What a layer has in place of the network's weights: a drawing of its own, or filters of Explore. */
export type OwnWeights = Drawing | { readonly filters: LayerFilters };

export interface NetworkState {
  /** The name of a built-in architecture or a graph as text. */
  readonly layers: string;
  readonly off: readonly NodeId[];
  readonly weights: Drawing & {
    /** Layers whose weights are others. */
    readonly own: Readonly<Record<NodeId, OwnWeights>>;
  };
  readonly input: {
    /** Longest side of the picture that the network reads, in pixels; null: the first choice for the device. */
    readonly size: number | null;
    /** The whole photo, or the largest square around its centre. */
    readonly crop: 'whole' | 'square';
  };
  /** What makes the network cheaper, as `graph/price/levers.ts` reads it: moved live, and taken into the layers when kept. */
  readonly levers: LeverState;
}

export interface LeverState {
  /** Pixels of the picture's longer side. */
  readonly size: number | null;
  readonly width: number;
  readonly groups: number | null;
  readonly subsampling: { readonly from: number; readonly to: number | null } | null;
}

/** Where one looks in the network; kept and linked, never undone. */
export interface NetworkView {
  /** The layer that is looked at; null: the last. */
  readonly layer: NodeId | null;
  /** The pinned unit: a place on the photo, 0..1 each, and a channel. */
  readonly unit: { readonly channel: number; readonly u: number; readonly v: number };
  /** Blocks that are shown layer by layer, by the beginning of their layers' names; null: as many as stay readable. */
  readonly open: readonly string[] | null;
  /** Which effective field is looked at, as `effectView.ts` writes it; null: the first choice. */
  readonly effect: string | null;
  /** How sizes are drawn in the diagram; null: linear where that can be seen. */
  readonly scale: DiagramScale | null;
}

export const diagramScales = ['linear', 'log'] as const;
export type DiagramScale = (typeof diagramScales)[number];

/** More than a network of a thousand layers has; a longer text is none of ours. */
const longestLayers = 262_144;
const mostNames = 4096;
const longestName = 128;
export const networkSizes = { min: 16, max: 1024 } as const;

export const defaultNetwork: NetworkState = {
  layers: 'stack',
  off: [],
  weights: { distribution: 'he', seed: 11, own: {} },
  input: { size: null, crop: 'whole' },
  levers: { size: null, width: 1, groups: null, subsampling: null },
};

/** The unit of a channel that is silent in no layer of the first network. */
export const defaultNetworkView: NetworkView = {
  layer: null,
  unit: { channel: 8, u: 0.36, v: 0.395 },
  open: null,
  effect: null,
  scale: null,
};

/** A network's state from anything; whether its layers are a network is known when they are read. */
export function parseNetwork(value: unknown): NetworkState {
  const fields = fieldsOf(value);
  if (!fields) return defaultNetwork;
  const { layers } = fields;
  const input = fieldsOf(fields.input) ?? {};
  const weights = fieldsOf(fields.weights) ?? {};
  const own = Object.entries(fieldsOf(weights.own) ?? {}).slice(0, mostNames);
  return {
    layers: typeof layers === 'string' && layers.length <= longestLayers ? layers : defaultNetwork.layers,
    off: namesOf(fields.off),
    weights: {
      ...parseDrawing(weights),
      own: Object.fromEntries(own.map(([name, each]) => [name, parseOwnWeights(fieldsOf(each) ?? {})])),
    },
    input: {
      size: typeof input.size === 'number' ? readInteger(input.size, networkSizes.min, networkSizes.max, 224) : null,
      crop: readOneOf(input.crop, ['whole', 'square'], 'whole'),
    },
    levers: parseLevers(fieldsOf(fields.levers) ?? {}),
  };
}

function parseLevers({ size, width, groups, subsampling }: Fields): LeverState {
  const step = fieldsOf(subsampling);
  // Once both sides stood here.
  const longer = Array.isArray(size) ? Math.max(...readPair(size, 1, networkSizes.max, [1, 1])) : size;
  const place = (value: unknown) => (typeof value === 'number' ? readInteger(value, 0, mostNames, 0) : null);
  return {
    size: typeof longer === 'number' ? readInteger(longer, 1, networkSizes.max, networkSizes.max) : null,
    width: readNumber(width, 1 / 64, 16, 1),
    groups: typeof groups === 'number' ? readInteger(groups, 1, mostNames, 1) : null,
    subsampling: step && { from: place(step.from) ?? 0, to: place(step.to) },
  };
}

export function parseNetworkView(value: unknown): NetworkView {
  const fields = fieldsOf(value) ?? {};
  const { unit } = defaultNetworkView;
  const written = fieldsOf(fields.unit) ?? {};
  const layer = parseNodeName(fields.layer);
  return {
    layer,
    unit: {
      channel: readInteger(written.channel, 0, 2 ** 20, unit.channel),
      u: readNumber(written.u, 0, 1, unit.u),
      v: readNumber(written.v, 0, 1, unit.v),
    },
    open: Array.isArray(fields.open) ? namesOf(fields.open) : null,
    effect: namesOf([fields.effect])[0] ?? null,
    scale: diagramScales.find((each) => each === fields.scale) ?? null,
  };
}

/** The name of a layer from anything; null where it is none. */
export function parseNodeName(value: unknown): NodeId | null {
  return namesOf([value])[0] ?? null;
}

function namesOf(value: unknown): readonly string[] {
  return (
    listOf(value)
      // No layer is called as what every object has.
      .filter((name) => typeof name === 'string' && name.length <= longestName && !(name in {}))
      .slice(0, mostNames) as readonly string[]
  );
}

function parseOwnWeights(fields: Fields): OwnWeights {
  const filters = layerFilters.find((each) => each === fields.filters);
  return filters ? { filters } : parseDrawing(fields);
}

function parseDrawing(fields: Fields): Drawing {
  return {
    distribution: readOneOf(fields.distribution, drawnDistributions, 'he'),
    seed: readInteger(fields.seed, 0, 2 ** 32 - 1, defaultNetwork.weights.seed),
  };
}
