/** One question to a worker of its own, which ends with the answer or when the answer is no longer wanted. */
import { type Remote, wrap } from 'comlink';

/** Rejects with the signal's reason, or why the worker failed. */
export async function askWorker<W, T>(
  worker: Worker,
  ask: (remote: Remote<W>) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      if (signal.aborted) return reject(signal.reason);
      worker.addEventListener('error', (event) => reject(new Error(event.message || 'the worker failed')));
      ask(wrap<W>(worker)).then(resolve, reject);
    });
  } finally {
    worker.terminate();
  }
}
