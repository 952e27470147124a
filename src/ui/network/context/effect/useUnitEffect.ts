/** The effective field of the pinned unit: measured by itself where that is cheap, on demand where it is not; what is shown may be of before. */
import { useEffect, useRef, useState } from 'react';
import {
  type Effect,
  type EffectNetwork,
  type EffectQuestion,
  effectMacs,
  measureUnit,
} from '../../../../live/network/effect/unitEffect.ts';
import { paceOf } from '../../../../live/network/pace.ts';
import { useNetwork } from '../../network.tsx';
import { type Measurement, useMeasurement } from './useMeasurement.ts';

export interface UnitEffect extends Pick<Measurement, 'progress' | 'problem' | 'stop'> {
  readonly effect: Effect | null;
  /** Of another unit, network or choice than what is asked now. */
  readonly isStale: boolean;
  measure(): void;
}

/** MACs that are spent without being asked: a second or so. */
export const cheapMacs: Readonly<Record<ReturnType<typeof paceOf>, number>> = { webgpu: 1e11, software: 3e9 };
/** A hand that still moves the unit is waited for, in milliseconds. */
export const patience = 200;

/** `network`: null while its pictures are on their way; `question`: null where nothing is asked. */
export function useUnitEffect(network: EffectNetwork | null, question: EffectQuestion | null): UnitEffect {
  const engine = useNetwork((state) => state.engine);
  const isBusy = useNetwork((state) => state.progress !== null || state.measuring !== null);
  const [effect, setEffect] = useState<Effect | null>(null);
  const { progress, problem, run, stop } = useMeasurement();
  const key = JSON.stringify(question);
  const isStale = effect !== null && (effect.network !== network || JSON.stringify(effect.question) !== key);
  const isWanted = question !== null && (effect === null || isStale);
  const measure = () => {
    if (!engine || !network || !question) return;
    run(async (options) => setEffect(await measureUnit(engine, network, question, options)));
  };
  const latest = useRef(measure);
  latest.current = measure;
  const isCheap = Boolean(engine && network && question && effectMacs(network, question) <= cheapMacs[paceOf(engine)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, network or engine is measured anew
  useEffect(() => {
    stop();
    if (!isWanted || !isCheap || isBusy) return;
    const timer = setTimeout(() => latest.current(), patience);
    return () => clearTimeout(timer);
  }, [key, network, engine, isCheap, isBusy]);
  return { effect, isStale, progress, problem, measure, stop };
}
