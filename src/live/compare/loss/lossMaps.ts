/** The maps of a layer, of its substitute and their difference, run by the engine from the graph that the fit gave, with each map's error. */
import type { Engine, MapStatistics, Tensor } from '../../../engine/engine.ts';
import { fitInput } from '../../../fits/chain.ts';
import type { Fit } from '../../../fits/index.ts';
import type { Graph } from '../../../graph/graph.ts';
import { loadRules } from '../../../operators/loadRules.ts';
import type { LossLayer } from './lossLayer.ts';

export interface LossMap {
  readonly channel: number;
  /** ‖y - ŷ‖ / ‖y‖ of this map, y without the bias; null for a map that is silent, where there is nothing to lose. */
  readonly error: number | null;
  /** Of the layer's own map. */
  readonly statistics: MapStatistics;
}

export interface LossMaps {
  readonly fit: Fit;
  readonly original: Tensor;
  readonly substitute: Tensor;
  readonly difference: Tensor;
  /** By channel. */
  readonly maps: readonly LossMap[];
  /** ‖Y - Ŷ‖ / ‖Y‖ over all maps, as the engine's numbers have it. */
  readonly error: number;
}

const ids = { original: 'loss-original', unbiased: 'loss-unbiased', difference: 'loss-difference' } as const;

/** A map whose energy is below this share of the mean is silent: its relative error would be rounding by rounding. */
const silent = 1e-9;

export async function runLossMaps(engine: Engine, layer: LossLayer, fit: Fit): Promise<LossMaps> {
  const { conv, parameters } = layer.fitted;
  const graph: Graph = {
    nodes: [
      ...fit.graph.nodes,
      { id: ids.original, operator: conv, inputs: [fitInput] },
      { id: ids.unbiased, operator: { ...conv, bias: false }, inputs: [fitInput] },
      {
        id: ids.difference,
        operator: { kind: 'arithmetic', function: 'subtract' },
        inputs: [fit.output, ids.original],
      },
    ],
  };
  await loadRules(graph.nodes);
  const { tensors, completed } = await engine.run({
    graph,
    parameters: { ...fit.parameters, [ids.original]: parameters, [ids.unbiased]: { ...parameters, bias: null } },
    inputs: { [fitInput]: layer.input },
    outputs: [fit.output, ids.original, ids.unbiased, ids.difference],
  });
  const unbiased = tensors[ids.unbiased]!;
  const [original, substitute, difference] = [tensors[ids.original]!, tensors[fit.output]!, tensors[ids.difference]!];
  try {
    await completed;
    const [own, scale, lost] = await Promise.all(
      [original, unbiased, difference].map((maps) => engine.statistics(maps)),
    );
    const energies = scale!.map(({ energy }) => energy);
    const all = energies.reduce((sum, energy) => sum + energy, 0);
    const allLost = lost!.reduce((sum, { energy }) => sum + energy, 0);
    return {
      fit,
      original,
      substitute,
      difference,
      maps: energies.map((energy, channel) => ({
        channel,
        error: energy * energies.length <= silent * all ? null : Math.sqrt(lost![channel]!.energy / energy),
        statistics: own![channel]!,
      })),
      error: allLost === 0 ? 0 : Math.sqrt(allLost / all),
    };
  } catch (error) {
    for (const maps of [original, substitute, difference]) maps.free();
    throw error;
  } finally {
    unbiased.free();
  }
}

export function freeLossMaps({ original, substitute, difference }: LossMaps): void {
  for (const maps of [original, substitute, difference]) maps.free();
}

/** By error from the largest, silent maps last, or by channel. */
export function sortedMaps(maps: readonly LossMap[], by: 'error' | 'index'): readonly LossMap[] {
  if (by === 'index') return maps;
  return [...maps].sort((a, b) => (b.error ?? -1) - (a.error ?? -1) || a.channel - b.channel);
}
