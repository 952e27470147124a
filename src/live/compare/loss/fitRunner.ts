/**
 * Fits job by job, of which only the newest counts: between the steps of a fit it lets messages in, and gives up what is not wanted any
 * more. The Gram matrix of the last layer and input is kept, so that another number or criterion does not read the picture again.
 */
import { fitLayer, type PatchGram, patchGram, tapsFor } from '../../../fits/index.ts';
import type { FitJob, FitProgress, FromWorker, ToWorker } from './fitProtocol.ts';

/** Milliseconds of work between two looks for messages. */
const slice = 40;

class Outdated extends Error {
  override readonly name = 'Outdated';
}

export function createFitRunner(tell: (news: FromWorker) => void, pause: () => Promise<void>) {
  let newest = 0;
  let known: { readonly key: string; readonly gram: PatchGram } | null = null;

  /** The generator's result, told about on the way. */
  async function advance<T>(id: number, steps: Generator<number, T>, at: (share: number) => FitProgress): Promise<T> {
    let until = performance.now() + slice;
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (performance.now() < until) continue;
      tell({ type: 'progress', id, progress: at(step.value) });
      await pause();
      if (id !== newest) throw new Outdated();
      until = performance.now() + slice;
    }
  }

  async function gramOf({ id, key, layer, input, kinds }: FitJob): Promise<PatchGram> {
    const taps = tapsFor(layer.conv, kinds);
    if (known?.key === key && taps.length <= known.gram.taps.length) return known.gram;
    const steps = patchGram(layer.conv, taps, { shape: layer.inputShape, values: input });
    const gram = await advance(id, steps, (share) => ({ stage: 'patches', share }));
    known = { key, gram };
    return gram;
  }

  async function run(job: FitJob): Promise<void> {
    const { id, layer, by, kinds } = job;
    try {
      const gram = await gramOf(job);
      for (const [done, kind] of kinds.entries()) {
        const at = (share: number): FitProgress => ({ stage: 'fits', share, done, of: kinds.length });
        tell({ type: 'progress', id, progress: at(0) });
        await pause();
        if (id !== newest) return;
        const result = await advance(id, fitLayer(layer, kind, { by, gram }), at);
        tell({ type: 'fitted', id, index: done, result });
      }
      tell({ type: 'finished', id });
    } catch (error) {
      if (!(error instanceof Outdated))
        tell({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  return (message: ToWorker): void => {
    if (message.type === 'stop') {
      newest = Math.max(newest, message.id);
      return;
    }
    newest = message.job.id;
    void run(message.job);
  };
}
