/** Measures what is on the screen as the panel opens, when another network comes, and when asked; given up when the panel closes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Profile } from '../../engine/profile.ts';
import { type Measurable, measurableOf, profileOutput } from '../../live/enginePanel/profileOutput.ts';
import { useResults, useSession } from '../session.tsx';

export type Measurement =
  | { readonly status: 'nothing' }
  | { readonly status: 'measuring'; readonly share: number }
  | { readonly status: 'done'; readonly measured: Measurable; readonly profile: Profile }
  | { readonly status: 'failed'; readonly reason: string };

export function useMeasurement(): { readonly measurement: Measurement; measure(): void } {
  const session = useSession();
  const [measurement, setMeasurement] = useState<Measurement>({ status: 'measuring', share: 0 });
  const running = useRef<AbortController | null>(null);

  const measure = useCallback(() => {
    running.current?.abort();
    const measured = measurableOf(session.results.getState(), session.workspace.getState().workspace.focus);
    if (!measured) {
      setMeasurement({ status: 'nothing' });
      return;
    }
    const abort = new AbortController();
    running.current = abort;
    const show = (next: Measurement) => !abort.signal.aborted && setMeasurement(next);
    show({ status: 'measuring', share: 0 });
    profileOutput(measured, (share) => show({ status: 'measuring', share }), abort.signal).then(
      (profile) => show({ status: 'done', measured, profile }),
      (error: unknown) => show({ status: 'failed', reason: reasonOf(error) }),
    );
  }, [session]);

  // The network that was asked for may still be on its way; the frames of a camera are the same network over and over.
  const graph = useResults((state) => state.output?.graph);
  const precision = useResults((state) => state.output?.precision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network is measured anew, and the same in another precision
  useEffect(() => {
    measure();
    return () => running.current?.abort();
  }, [measure, graph, precision]);
  return { measurement, measure };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
