/** How far the maps of later layers are from what they were: measured on the engine, on one picture. */
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { Engine, MapStatistics, Tensor } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { elementsOf } from '../../../operators/tensors.ts';
import type { Picture } from '../../results.ts';
import type { SubjectLayer } from '../layers.ts';
import { type JoinedMaps, joinedNetworks, type NetworkBefore } from './joined.ts';
import type { PruneBase } from './pruneBase.ts';

/** Of one layer's responses, over the channels that it still has. */
export interface LayerError {
  readonly node: NodeId;
  readonly label: string;
  /** ‖after − before‖ / ‖before‖ (L2); 0 where nothing changes, null where there was nothing but zeros and now is something. */
  readonly relative: number | null;
  /** Largest |after − before|. */
  readonly largest: number;
}

/** The maps of one layer before, after, and their difference, [1, Ckept, h, w], with what is known of each channel. */
export interface ComparedMaps {
  readonly layer: SubjectLayer;
  /** Old channels, in the order of the maps. */
  readonly kept: readonly number[];
  readonly tensors: Readonly<Record<keyof JoinedMaps, Tensor>>;
  readonly statistics: Readonly<Record<keyof JoinedMaps, readonly MapStatistics[]>>;
  /** The old channel whose values change most, by the mean of squares. */
  readonly mostChanged: number;
}

/** Layers whose responses can change: those that lose channels, and all behind them. */
export function touchedLayers({ subject, graph }: PruneBase, { removal }: Pruned): readonly SubjectLayer[] {
  const touched = new Set<NodeId>(Object.keys(removal));
  for (const { id, inputs } of graph.nodes) if (inputs.some((input) => touched.has(input))) touched.add(id);
  return subject.layers.filter(({ response }) => touched.has(response));
}

const networkOf = ({ subject, graph, shapes }: PruneBase): NetworkBefore => ({
  ...{ graph, shapes },
  parameters: subject.parameters,
  input: subject.input,
});

/** Maps that are held at once. */
const mostBytes = 2 ** 27;

/** Rejects with EngineError, or the signal's reason; tensors are freed whatever happens. */
export async function layerErrors(
  engine: Engine,
  base: PruneBase,
  pruned: Pruned,
  picture: Picture,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<readonly LayerError[]> {
  const layers = touchedLayers(base, pruned);
  const errors: LayerError[] = [];
  for (const part of partsOf(layers, base)) {
    signal.throwIfAborted();
    const { tensors, maps, free } = await runJoined(engine, base, pruned, picture, part, ['before', 'difference']);
    try {
      for (const layer of part) {
        signal.throwIfAborted();
        const { before, difference } = maps[layer.response]!;
        const was = await engine.statistics(tensors[before]!);
        const change = await engine.statistics(tensors[difference]!);
        errors.push(errorOf(layer, was, change));
        onProgress(errors.length / layers.length);
      }
    } finally {
      free();
    }
  }
  return errors;
}

/** The caller frees `tensors`. Rejects with EngineError; then nothing is left. */
export async function comparedMaps(
  engine: Engine,
  base: PruneBase,
  pruned: Pruned,
  picture: Picture,
  layer: SubjectLayer,
): Promise<ComparedMaps> {
  const all = ['before', 'after', 'difference'] as const;
  const { tensors, maps, free } = await runJoined(engine, base, pruned, picture, [layer], all);
  const names = maps[layer.response]!;
  try {
    const each = {
      before: tensors[names.before]!,
      after: tensors[names.after]!,
      difference: tensors[names.difference]!,
    };
    const statistics = {
      before: await engine.statistics(each.before),
      after: await engine.statistics(each.after),
      difference: await engine.statistics(each.difference),
    };
    const kept = pruned.kept[layer.response]!;
    const energies = statistics.difference.map(({ energy }) => energy);
    const mostChanged = kept[energies.indexOf(Math.max(...energies))] ?? kept[0]!;
    return { layer, kept, tensors: each, statistics, mostChanged };
  } catch (error) {
    free();
    throw error;
  }
}

export function freeCompared(compared: ComparedMaps | null): void {
  for (const tensor of Object.values(compared?.tensors ?? {})) tensor.free();
}

async function runJoined(
  engine: Engine,
  base: PruneBase,
  pruned: Pruned,
  picture: Picture,
  layers: readonly SubjectLayer[],
  wanted: readonly (keyof JoinedMaps)[],
) {
  const nodes = [...new Set(layers.map(({ response }) => response))];
  const joined = joinedNetworks(networkOf(base), pruned, nodes);
  const { subject } = base;
  const read: Record<NodeId, Tensor> = {};
  try {
    read[subject.input] = await engine.upload(subject.read(picture), base.shapes[subject.input]!);
    for (const [id, { shape, values }] of Object.entries(joined.inputs)) read[id] = await engine.upload(values, shape);
    const outputs = nodes.flatMap((node) => wanted.map((each) => joined.maps[node]![each]));
    const { graph, parameters } = joined;
    const { tensors, completed } = await engine.run({ graph, parameters, inputs: read, outputs });
    const free = () => {
      for (const tensor of Object.values(tensors)) tensor.free();
    };
    try {
      await completed;
    } catch (error) {
      free();
      throw error;
    }
    return { tensors, maps: joined.maps, free };
  } finally {
    for (const tensor of Object.values(read)) tensor.free();
  }
}

/** Runs of layers whose maps fit together. */
function partsOf(layers: readonly SubjectLayer[], { shapes }: PruneBase): readonly (readonly SubjectLayer[])[] {
  const parts: SubjectLayer[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const layer of layers) {
    const own = 2 * 4 * elementsOf(shapes[layer.response]!);
    if (bytes + own > mostBytes) {
      parts.push([]);
      bytes = 0;
    }
    bytes += own;
    parts.at(-1)?.push(layer);
  }
  return parts;
}

function errorOf(
  { node, label }: SubjectLayer,
  was: readonly MapStatistics[],
  change: readonly MapStatistics[],
): LayerError {
  const sum = (all: readonly MapStatistics[]) => all.reduce((total, { energy }) => total + energy, 0);
  const [before, difference] = [sum(was), sum(change)];
  return {
    ...{ node, label },
    relative: difference === 0 ? 0 : before === 0 ? null : Math.sqrt(difference / before),
    largest: change.reduce((most, { min, max }) => Math.max(most, -min, max), 0),
  };
}
