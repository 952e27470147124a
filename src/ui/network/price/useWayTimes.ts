/** Measured times of the ways, one after the other; another layer or field forgets them, and those still on their way. */
import { useEffect, useRef, useState } from 'react';
import type { SizedNetwork } from '../../../graph/growth/sizes.ts';
import { type ContextLayer, type ContextWay, contextNetwork, contextWays } from '../../../graph/price/context.ts';

type Times = Readonly<Partial<Record<ContextWay, number>>>;

export function useWayTimes(
  layer: ContextLayer,
  wanted: number,
  measure: ((network: SizedNetwork) => Promise<number>) | undefined,
) {
  const [times, setTimes] = useState<Times>({});
  const [isMeasuring, setMeasuring] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the times are of.
  useEffect(() => {
    setTimes({});
    setMeasuring(false);
    setFailure(null);
    return () => {
      run.current += 1;
    };
  }, [layer, wanted]);

  const start = async () => {
    if (!measure) return;
    const own = ++run.current;
    setMeasuring(true);
    setFailure(null);
    try {
      for (const way of contextWays) {
        const ms = await measure(contextNetwork(way, wanted, layer));
        if (run.current !== own) return;
        setTimes((known) => ({ ...known, [way]: ms }));
      }
    } catch (error) {
      if (run.current === own) setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      if (run.current === own) setMeasuring(false);
    }
  };
  return { times, isMeasuring, failure, start };
}
