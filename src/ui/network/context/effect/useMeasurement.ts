/** A measurement on the engine: one at a time, with its progress, its end by hand, and why it failed. */
import { useEffect, useRef, useState } from 'react';
import { networkProblem } from '../../../../live/network/refusal.ts';
import type { Problem } from '../../../../live/results.ts';
import { mapLimitBytes } from '../../mapLimit.ts';

export interface MeasurementOptions {
  /** Bytes of maps that it may hold at once. */
  readonly limit: number;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

export interface Measurement {
  /** While it goes on: the share that is done. */
  readonly progress: number | null;
  readonly problem: Problem | null;
  /** A newer one ends the one before. */
  run(work: (options: MeasurementOptions) => Promise<void>): void;
  stop(): void;
}

/** What is still on its way when the component goes is ended. */
export function useMeasurement(): Measurement {
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const start = async (work: (options: MeasurementOptions) => Promise<void>): Promise<void> => {
    aborter.current?.abort();
    const own = new AbortController();
    aborter.current = own;
    setProblem(null);
    setProgress(0);
    try {
      await work({
        limit: mapLimitBytes(),
        onProgress: (share) => {
          if (aborter.current === own && !own.signal.aborted) setProgress(share);
        },
        signal: own.signal,
      });
    } catch (error) {
      if (!own.signal.aborted) setProblem(networkProblem(error));
    } finally {
      if (aborter.current === own) setProgress(null);
    }
  };
  return {
    ...{ progress, problem },
    run: (work) => void start(work),
    stop: () => {
      aborter.current?.abort();
      setProgress(null);
    },
  };
}
