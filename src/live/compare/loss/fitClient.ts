/**
 * The page's end of the worker that fits: started with the first job; a job takes the place of the one before. For another layer or
 * photo a new worker starts: some decompositions do not pause, and nothing of what the old one knows is of use.
 */
import type { FitJob, FromWorker, ToWorker } from './fitProtocol.ts';

export interface FitClient {
  /** Starts a job; its news come until the next one starts or `stop`. */
  fit(job: Omit<FitJob, 'id'>, hear: (news: FromWorker) => void): void;
  stop(): void;
  dispose(): void;
}

export function createFitClient(): FitClient {
  let worker: Worker | null = null;
  let newest = 0;
  /** The layer and input of the last job; null where the worker is done with it. */
  let busyWith: string | null = null;
  let hearer: (news: FromWorker) => void = () => undefined;
  const send = (message: ToWorker) => worker?.postMessage(message);

  function start(): void {
    if (worker) return;
    const started = new Worker(new URL('./fitWorker.ts', import.meta.url), { type: 'module', name: 'fits' });
    started.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.id !== newest) return;
      if (data.type === 'finished' || data.type === 'failed') busyWith = null;
      hearer(data);
    });
    started.addEventListener('error', (event) => {
      started.terminate();
      if (worker === started) worker = null;
      hearer({ type: 'failed', id: newest, message: event.message || 'the worker has stopped' });
    });
    worker = started;
  }

  function end(): void {
    worker?.terminate();
    worker = null;
    busyWith = null;
  }

  return {
    fit(job, hear) {
      if (busyWith !== null && busyWith !== job.key) end();
      start();
      busyWith = job.key;
      newest += 1;
      hearer = hear;
      send({ type: 'fit', job: { ...job, id: newest } });
    },
    stop() {
      newest += 1;
      send({ type: 'stop', id: newest });
    },
    dispose() {
      newest += 1;
      end();
    },
  };
}
