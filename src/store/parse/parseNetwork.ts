/** A network's state and view from anything: see `parseWorkspace.ts`. */
import type { NodeId } from '../../graph/graph.ts';
import { layerFilters } from '../../graph/weights/filterState.ts';
import { type Fields, fieldsOf, listOf, readInteger, readNumber, readOneOf, readPair } from '../fields.ts';
import {
  type Drawing,
  defaultNetwork,
  defaultNetworkView,
  diagramScales,
  drawnDistributions,
  type LeverState,
  type NetworkState,
  type NetworkView,
  networkSizes,
  type OwnWeights,
} from '../network.ts';

/** More than a network of a thousand layers has; a longer text is none of ours. */
const longestLayers = 262_144;
const mostNames = 4096;
const longestName = 128;

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
