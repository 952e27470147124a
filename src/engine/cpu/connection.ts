/**
 * Reaches the service: through workers in a page or a worker, directly where there are none (Node). A call that can no longer be
 * answered, because the worker has crashed or the engine was destroyed, is rejected instead of waiting for ever.
 */
import * as Comlink from 'comlink';
import { EngineError } from '../engine.ts';
import type { CpuService, Outcome } from './protocol.ts';
import { unwrap } from './protocol.ts';
import type { FirstMessage } from './worker.ts';

export interface Connection {
  readonly threads: number;
  /** Settles once when a thread has crashed; never on close. */
  readonly lost: Promise<EngineError>;
  /** Makes a call and waits for its outcome; rejects with EngineError. */
  call<T>(make: (service: CpuService) => PromiseLike<Outcome<T>>): Promise<T>;
  /** Makes a call that nobody waits for. */
  tell(make: (service: CpuService) => PromiseLike<void>): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly threads: number;
  readonly budget: number;
}

export function connect(options: ConnectionOptions): Connection | Promise<Connection> {
  return typeof Worker === 'undefined' ? connectHere(options) : connectWorkers(options);
}

async function connectHere({ budget }: ConnectionOptions): Promise<Connection> {
  // Loaded only here: a page reaches the service in its workers and need not carry it twice.
  const { startArithmetic } = await import('./arithmetic.ts');
  const { createCpuService } = await import('./service.ts');
  const { createPause, createThreads } = await import('./threads.ts');
  const pause = createPause();
  const service = createCpuService({ threads: createThreads([], pause, startArithmetic()), pause, budget });
  return connectionTo(service, 1, new Promise(() => undefined), () => undefined);
}

function connectWorkers({ threads, budget }: ConnectionOptions): Connection {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  );
  const lost = new Promise<EngineError>((resolve) => {
    for (const worker of workers) {
      const report = (event: Event) => {
        event.preventDefault();
        const message = event instanceof ErrorEvent && event.message ? event.message : 'A worker has stopped.';
        resolve(new EngineError('device-lost', message));
      };
      worker.addEventListener('error', report);
      worker.addEventListener('messageerror', report);
    }
  });
  const [first, ...others] = workers;
  const helpers = others.map((worker) => {
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ role: 'helper', port: port2 } satisfies FirstMessage, [port2]);
    return port1;
  });
  const { port1, port2 } = new MessageChannel();
  first?.postMessage({ role: 'service', port: port2, helpers, budget } satisfies FirstMessage, [port2, ...helpers]);
  const service = Comlink.wrap<CpuService>(port1);
  return connectionTo(service, threads, lost, () => {
    for (const worker of workers) worker.terminate();
    port1.close();
  });
}

function connectionTo(
  service: CpuService | Comlink.Remote<CpuService>,
  threads: number,
  lost: Promise<EngineError>,
  close: () => void,
): Connection {
  const waiting = new Set<(error: EngineError) => void>();
  let gone: EngineError | null = null;

  function end(error: EngineError): void {
    if (gone) return;
    gone = error;
    for (const reject of waiting) reject(error);
    waiting.clear();
    close();
  }
  void lost.then(end);

  return {
    threads,
    lost,
    call(make) {
      return new Promise((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        waiting.add(reject);
        make(service as CpuService).then(
          (outcome) => {
            waiting.delete(reject);
            try {
              resolve(unwrap(outcome));
            } catch (error) {
              reject(error);
            }
          },
          (error: unknown) => {
            waiting.delete(reject);
            reject(new EngineError('internal', error instanceof Error ? error.message : String(error)));
          },
        );
      });
    },
    tell(make) {
      if (!gone) void make(service as CpuService).then(undefined, () => undefined);
    },
    close: () => end(new EngineError('device-lost', 'The engine has been destroyed.')),
  };
}
