/** The photo desk in a worker, seen from the page: the same interface, with a time-out for a worker that does not answer. */
import { transfer, wrap } from 'comlink';
import type { Result } from '../../operators/operator.ts';
import type { PhotoError } from './photo.ts';
import type { OpenPhoto, PhotoDesk } from './photoDesk.ts';

/** Longer than the decoder's own time-out, which answers first unless the worker itself is stuck. */
const answerSeconds = 30;

export interface PhotoDeskClient extends PhotoDesk {
  /** Ends the worker; open photos are gone. */
  dispose(): void;
}

export function startPhotoDesk(): PhotoDeskClient {
  const worker = new Worker(new URL('./imageWorker.ts', import.meta.url), { type: 'module', name: 'photos' });
  const desk = wrap<PhotoDesk>(worker);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message || 'the photo worker failed')));
  });
  // Whoever waits hears of it; with nobody waiting it is no unhandled rejection.
  failed.catch(() => undefined);

  return {
    open(file, known) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<Result<OpenPhoto, PhotoError>>((settle) => {
        const error: PhotoError = { code: 'timeout', values: { seconds: answerSeconds } };
        timer = setTimeout(() => settle({ ok: false, error }), answerSeconds * 1000);
      });
      return Promise.race([desk.open(file, known), late, failed]).finally(() => clearTimeout(timer));
    },
    picture: (id, request) => Promise.race([desk.picture(id, request), failed]),
    frame: (bitmap, request) => Promise.race([desk.frame(transfer(bitmap, [bitmap]), request), failed]),
    close: (id) => desk.close(id),
    dispose: () => worker.terminate(),
  };
}
