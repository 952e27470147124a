/** The worker of correlations, seen from the page: one for each pair, ended when its answer is no longer wanted. */
import { wrap } from 'comlink';
import type { PairMoments } from '../../analysis/secondMoments.ts';
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
  try {
    return await new Promise<Correlations>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.addEventListener('error', (event) => reject(new Error(event.message || 'the correlation worker failed')));
      const { correlate } = wrap<typeof import('./correlate.ts')>(worker);
      correlate(moments).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
