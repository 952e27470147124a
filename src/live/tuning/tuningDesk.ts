/**
 * Lets an engine tune itself while nobody waits for it: once the maps stand still and their time is known, the ways of computing what is
 * shown are measured on this device, and the fastest right one computes it from then on. Anything that the person does ends the
 * measurement; it begins again when all is still.
 */
import type { Engine, RunRequest } from '../../engine/engine.ts';
import type { Output, ResultsStore } from '../results.ts';
import { browserStorage, deviceKey, recall, remember, type TuningStorage } from './tuningMemory.ts';

interface TuningDeskOptions {
  readonly results: ResultsStore;
  readonly engine: Engine;
  /** The browser's, unless said otherwise. */
  readonly storage?: TuningStorage | null;
  readonly userAgent?: string;
  /** The programs of what is shown have changed. */
  readonly onTuned: () => void;
}

export interface TuningDesk {
  dispose(): void;
}

/** How long all must have been still, in milliseconds. */
const stillness = 2000;

export function createTuningDesk(options: TuningDeskOptions): TuningDesk {
  const { results, engine, storage = browserStorage(), userAgent = navigator.userAgent, onTuned } = options;
  const key = deviceKey(engine.description.device, userAgent);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let going: AbortController | null = null;
  let isDisposed = false;
  /** Not looked at again. */
  let tuned: Output['graph'] | null = null;

  // Without a network it may not come: the planner's own choices stand.
  const restored = engine.tuner().then(
    (tuner) => {
      tuner?.restore(recall(storage, key));
      return tuner;
    },
    () => null,
  );

  /** What stands still and is worth a measurement, or null. */
  function still(): Output | null {
    const { running, output, finished, busy, pictureBusy, timing } = results.getState();
    const isStill = running === engine && !busy && !pictureBusy && timing !== null && output === finished;
    return isStill && output && output.graph !== tuned ? output : null;
  }

  async function tune(output: Output): Promise<void> {
    const controller = new AbortController();
    going = controller;
    const { graph, parameters, inputs } = output;
    // What is looked at is shown with its statistics, whichever node it is.
    const statistics = graph.nodes.map(({ id }) => id);
    const request: RunRequest = { graph, parameters, inputs, outputs: [], statistics };
    const tuner = await restored;
    try {
      if (!tuner || controller.signal.aborted) return;
      const changed = await tuner.tune(request, controller.signal);
      tuned = graph;
      if (changed.length > 0) onTuned();
    } catch {
      // Ended by what the person did: the next stillness tries again. What cannot be measured (no room, a device that is gone) is left as it is.
      if (!controller.signal.aborted) tuned = graph;
    } finally {
      // What was found before the end is found.
      if (tuner) remember(storage, key, tuner.table);
      going = null;
      watch();
    }
  }

  function watch(): void {
    if (isDisposed) return;
    const output = still();
    if (!output) {
      going?.abort();
      if (timer !== null) clearTimeout(timer);
      timer = null;
    } else if (timer === null && going === null) {
      timer = setTimeout(() => {
        timer = null;
        const present = still();
        if (present) void tune(present);
      }, stillness);
    }
  }

  const stop = results.subscribe(watch);
  watch();
  return {
    dispose() {
      isDisposed = true;
      stop();
      going?.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
