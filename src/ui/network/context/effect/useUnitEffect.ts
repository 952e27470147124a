/** The effective field of the pinned unit: measured by itself where that is cheap, on demand where it is not; what is shown may be of before. */
import { useEffect, useRef, useState } from 'react';
import { paceOf } from '../../../../live/network/networkDesk.ts';
import { networkProblem } from '../../../../live/network/refusal.ts';
import { type Effect, type EffectQuestion, effectMacs, measureUnit } from '../../../../live/network/unitEffect.ts';
import type { Problem } from '../../../../live/results.ts';
import { useNetwork, usePlan } from '../../network.tsx';

export interface UnitEffect {
  readonly effect: Effect | null;
  /** Of another unit, network or choice than what is asked now. */
  readonly isStale: boolean;
  /** While it is measured: the share that is done. */
  readonly progress: number | null;
  readonly problem: Problem | null;
  measure(): void;
  stop(): void;
}

/** MACs that are spent without being asked: a second or so. */
const cheap: Readonly<Record<ReturnType<typeof paceOf>, number>> = { webgpu: 1e11, software: 3e9 };
/** A hand that still moves the unit is waited for, in milliseconds. */
const patience = 200;

/** `question`: null where nothing is asked. */
export function useUnitEffect(question: EffectQuestion | null): UnitEffect {
  const plan = usePlan();
  const engine = useNetwork((state) => state.engine);
  const isBusy = useNetwork((state) => state.progress !== null || state.measuring !== null);
  const [effect, setEffect] = useState<Effect | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const aborter = useRef<AbortController | null>(null);
  const key = JSON.stringify(question);
  const isStale = effect !== null && (effect.plan !== plan || JSON.stringify(effect.question) !== key);
  const isWanted = question !== null && (effect === null || isStale);

  const measure = async (): Promise<void> => {
    if (!plan || !engine || !question) return;
    aborter.current?.abort();
    const own = new AbortController();
    aborter.current = own;
    setProblem(null);
    setProgress(0);
    try {
      const onProgress = (share: number) => aborter.current === own && setProgress(share);
      setEffect(await measureUnit(engine, plan, question, { onProgress, signal: own.signal }));
    } catch (error) {
      if (!own.signal.aborted) setProblem(networkProblem(error));
    } finally {
      if (aborter.current === own) setProgress(null);
    }
  };
  const latest = useRef(measure);
  latest.current = measure;
  const isCheap = Boolean(plan && engine && question && effectMacs(plan, question) <= cheap[paceOf(engine)]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, network or engine is measured anew
  useEffect(() => {
    aborter.current?.abort();
    setProgress(null);
    if (!isWanted || !isCheap || isBusy) return;
    const timer = setTimeout(() => void latest.current(), patience);
    return () => clearTimeout(timer);
  }, [key, plan, engine, isCheap, isBusy]);
  useEffect(() => () => aborter.current?.abort(), []);
  return { effect, isStale, progress, problem, measure: () => void measure(), stop: () => aborter.current?.abort() };
}
