/** How the field grows with depth: what theory says of every layer on the way to the pinned one, and what is measured of each, on demand. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FieldMeasure } from '../../../../graph/effectiveField/fieldMap.ts';
import { type GrowthRow, growthRows } from '../../../../graph/effectiveField/growth.ts';
import { growthTo } from '../../../../graph/effectiveField/theory.ts';
import { unitsAlong } from '../../../../graph/field/mainPath.ts';
import type { NodeId } from '../../../../graph/graph.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { networkProblem } from '../../../../live/network/refusal.ts';
import { measureUnit } from '../../../../live/network/unitEffect.ts';
import type { Problem } from '../../../../live/results.ts';
import { type LayerUnit, useNetwork } from '../../network.tsx';

export interface Growth {
  /** Along rows; empty where no layer has a window. */
  readonly rows: readonly GrowthRow[];
  readonly progress: number | null;
  readonly problem: Problem | null;
  measure(): void;
  stop(): void;
}

interface Measured {
  readonly plan: NetworkPlan;
  readonly measure: FieldMeasure;
  readonly std: Readonly<Record<NodeId, number>>;
}

export function useGrowth(plan: NetworkPlan, unit: LayerUnit, measure: FieldMeasure, draws: number): Growth {
  const engine = useNetwork((state) => state.engine);
  const [found, setFound] = useState<Measured | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const aborter = useRef<AbortController | null>(null);
  const std = found?.plan === plan && found.measure === measure ? found.std : null;
  const steps = useMemo(() => growthTo(plan.graph, unit.layer, 'h'), [plan, unit.layer]);
  const rows = useMemo(() => growthRows(steps, std ?? {}, measure), [steps, std, measure]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network ends the measurement
  useEffect(() => () => aborter.current?.abort(), [plan]);

  const run = async (): Promise<void> => {
    if (!engine) return;
    aborter.current?.abort();
    aborter.current = new AbortController();
    const { signal } = aborter.current;
    setProblem(null);
    const places = new Map(unitsAlong(plan.graph, plan.shapes, unit.layer, unit).map(({ id, unit: at }) => [id, at]));
    let known: Record<NodeId, number> = {};
    try {
      for (const [i, { node }] of rows.entries()) {
        const at = places.get(node);
        if (!at) continue;
        const onProgress = (share: number) => setProgress((i + share) / rows.length);
        const question = { layer: node, channel: 0, y: at.y, x: at.x, over: 'draws', draws, measure } as const;
        const { summary } = await measureUnit(engine, plan, question, { onProgress, signal });
        if (summary) known = { ...known, [node]: summary.std.h };
        setFound({ plan, measure, std: known });
      }
    } catch (error) {
      if (!signal.aborted) setProblem(networkProblem(error));
    } finally {
      setProgress(null);
    }
  };
  return { rows, progress, problem, measure: () => void run(), stop: () => aborter.current?.abort() };
}
