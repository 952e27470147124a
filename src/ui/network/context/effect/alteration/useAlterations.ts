/** The network's field beside those of altered networks: worked out while the comparison is open, measured one after the other. */
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  type Altered,
  alterationsOf,
  type Ingredient,
  ingredients,
  type Unaltered,
} from '../../../../../graph/effectiveField/alteration/index.ts';
import { activationMemory } from '../../../../../graph/price/memory.ts';
import {
  type Effect,
  type EffectNetwork,
  type EffectQuestion,
  effectMacs,
  measureUnit,
} from '../../../../../live/network/effect/unitEffect.ts';
import { pictureNode } from '../../../../../live/network/nodes.ts';
import { paceOf } from '../../../../../live/network/pace.ts';
import { NetworkRefusal } from '../../../../../live/network/refusal.ts';
import { useNetwork } from '../../../network.tsx';
import { type Measurement, useMeasurement } from '../useMeasurement.ts';
import { cheapMacs, patience } from '../useUnitEffect.ts';

/** What one row of the comparison is: the network itself, an altered one, or why there is none. */
export type Compared =
  | { readonly kind: 'itself'; readonly asked: Asked }
  | { readonly kind: 'altered'; readonly ingredient: Ingredient; readonly altered: Altered; readonly asked: Asked }
  | {
      readonly kind: 'unaltered';
      readonly ingredient: Ingredient;
      readonly reason: Unaltered['reason'] | 'too-large';
    };

export interface Asked {
  readonly network: EffectNetwork;
  readonly question: EffectQuestion;
}

export interface Alterations extends Pick<Measurement, 'progress' | 'problem' | 'stop'> {
  readonly rows: readonly Compared[];
  readonly effects: ReadonlyMap<Asked, Effect>;
  readonly isComplete: boolean;
  measure(): void;
}

/** Maps and weights of an altered network, in bytes: forward and back take about twice as much. */
const mostBytes: Readonly<Record<ReturnType<typeof paceOf>, number>> = { webgpu: 2 ** 30, software: 2 ** 28 };

/** `start`: null while its pictures are on their way. */
export function useAlterations(start: EffectNetwork | null, question: EffectQuestion): Alterations {
  const engine = useNetwork((state) => state.engine);
  const isBusy = useNetwork((state) => state.progress !== null || state.measuring !== null);
  const pace = engine ? paceOf(engine) : 'software';
  const key = JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question by its text
  const rows = useMemo(() => (start ? rowsOf(start, question, mostBytes[pace]) : []), [start, key, pace]);
  const asked = rows.flatMap((row) => (row.kind === 'unaltered' ? [] : [row.asked]));
  const [effects, setEffects] = useState<ReadonlyMap<Asked, Effect>>(new Map());
  const { progress, problem, run, stop } = useMeasurement();
  const missing = asked.filter((each) => !effects.has(each));
  const isCheap =
    engine !== null &&
    asked.reduce((sum, each) => sum + effectMacs(each.network, each.question), 0) <= asked.length * cheapMacs[pace];
  const measure = () =>
    run(async ({ onProgress, ...options }) => {
      if (!engine) return;
      let refused: NetworkRefusal | null = null;
      for (const [i, each] of missing.entries()) {
        try {
          const effect = await measureUnit(engine, each.network, each.question, {
            ...options,
            onProgress: (share) => onProgress((i + share) / missing.length),
          });
          setEffects((former) => new Map([...former, [each, effect]]));
        } catch (error) {
          // One that takes too much memory keeps no other from being measured.
          if (!(error instanceof NetworkRefusal)) throw error;
          refused ??= error;
        }
      }
      if (refused) throw refused;
    });
  const latest = useRef(measure);
  latest.current = measure;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows or another engine are measured anew
  useEffect(() => {
    setEffects((former) => new Map([...former].filter(([each]) => asked.includes(each))));
    stop();
    if (!isCheap || isBusy) return;
    const timer = setTimeout(() => latest.current(), 2 * patience);
    return () => clearTimeout(timer);
  }, [rows, engine, isCheap, isBusy]);
  return { rows, effects, progress, problem, stop, measure, isComplete: missing.length === 0 };
}

function rowsOf(start: EffectNetwork, question: EffectQuestion, limit: number): readonly Compared[] {
  const alterations = alterationsOf(start, question.layer);
  const others = ingredients.map((ingredient): Compared => {
    const altered = alterations[ingredient];
    if (altered.kind === 'unaltered') return { kind: 'unaltered', ingredient, reason: altered.reason };
    const { graph, shapes } = altered.network;
    if (activationMemory(graph, shapes).trainingBytes > limit)
      return { kind: 'unaltered', ingredient, reason: 'too-large' };
    const network = { ...start, graph, shapes, drops: altered.drops };
    return {
      kind: 'altered',
      ingredient,
      altered,
      asked: { network, question: movedTo(network, start, question, altered.layer) },
    };
  });
  return [{ kind: 'itself', asked: { network: start, question } }, ...others];
}

/** The unit at the same place of the photo, where the altered layer's maps have another size. */
function movedTo(to: EffectNetwork, from: EffectNetwork, question: EffectQuestion, layer: string): EffectQuestion {
  const [, , rows, columns] = from.shapes[question.layer]!;
  const [, channels, height, width] = to.shapes[layer]!;
  const place = (at: number, before: number, after: number) => Math.floor(((at + 0.5) / before) * after);
  return {
    ...question,
    layer,
    channel: Math.min(question.channel, channels - 1),
    y: place(question.y, rows, height),
    x: place(question.x, columns, width),
  };
}

/** The pictures' size. */
export const pictureSize = ({ shapes }: EffectNetwork) => shapes[pictureNode]!;
