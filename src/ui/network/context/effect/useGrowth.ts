/** How the field grows with depth: what theory says of every layer on the way to the pinned one, and what is measured of each, on demand. */
import { useEffect, useMemo, useState } from 'react';
import { type GrowthRow, growthRows } from '../../../../graph/effectiveField/growth.ts';
import { growthTo } from '../../../../graph/effectiveField/theory.ts';
import { unitsAlong } from '../../../../graph/field/mainPath.ts';
import type { NodeId } from '../../../../graph/graph.ts';
import { type EffectNetwork, type EffectQuestion, measureUnit } from '../../../../live/network/effect/unitEffect.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { useNetwork } from '../../network.tsx';
import { type Measurement, type MeasurementOptions, useMeasurement } from './useMeasurement.ts';

export interface Growth extends Pick<Measurement, 'progress' | 'problem' | 'stop'> {
  /** Along rows; empty where no layer has a window. */
  readonly rows: readonly GrowthRow[];
  measure(): void;
}

interface Measured {
  readonly network: EffectNetwork;
  readonly how: string;
  readonly std: Readonly<Record<NodeId, number>>;
}

/** Of the unit that `asked` names, in the mean over its draws and the network's pictures. */
export function useGrowth(plan: NetworkPlan, network: EffectNetwork | null, asked: EffectQuestion): Growth {
  const engine = useNetwork((state) => state.engine);
  const [found, setFound] = useState<Measured | null>(null);
  const { progress, problem, run, stop } = useMeasurement();
  const { layer, measure, draws, seed } = asked;
  const how = JSON.stringify([measure, draws, seed]);
  const std = found?.network === network && found?.how === how ? found.std : null;
  const steps = useMemo(() => growthTo(plan.graph, layer, 'h'), [plan, layer]);
  const rows = useMemo(() => growthRows(steps, std ?? {}, measure), [steps, std, measure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network ends the measurement
  useEffect(() => stop, [network, how]);

  const measureAll = async ({ onProgress, ...options }: MeasurementOptions): Promise<void> => {
    if (!engine || !network) return;
    const places = new Map(unitsAlong(plan.graph, plan.shapes, layer, asked).map(({ id, unit: at }) => [id, at]));
    let known: Record<NodeId, number> = {};
    for (const [i, { node }] of rows.entries()) {
      const at = places.get(node);
      if (!at) continue;
      const question: EffectQuestion = { ...asked, layer: node, channel: 0, y: at.y, x: at.x, over: 'draws' };
      const { summary } = await measureUnit(engine, network, question, {
        ...options,
        onProgress: (share) => onProgress((i + share) / rows.length),
      });
      if (summary) known = { ...known, [node]: summary.std.h };
      setFound({ network, how, std: known });
    }
  };
  return { rows, progress, problem, stop, measure: () => run(measureAll) };
}
