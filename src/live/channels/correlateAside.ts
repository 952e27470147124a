/** The worker of correlations, seen from the page. */
import type { PairMoments } from '../../analysis/secondMoments.ts';
import { askWorker } from './askWorker.ts';
import type { Correlations } from './correlate.ts';

/** Below this the main thread answers at once. */
const mostHere = 48;

/** Rejects with the signal's reason, or why the worker failed. */
export async function correlateAside(moments: PairMoments, signal: AbortSignal): Promise<Correlations> {
  const { rows, columns } = moments.between.products;
  if (Math.max(rows, columns) <= mostHere) return (await import('./correlate.ts')).correlate(moments);
  const worker = new Worker(new URL('./correlationWorker.ts', import.meta.url), {
    type: 'module',
    name: 'correlation',
  });
  return askWorker<typeof import('./correlate.ts'), Correlations>(
    worker,
    ({ correlate }) => correlate(moments),
    signal,
  );
}
