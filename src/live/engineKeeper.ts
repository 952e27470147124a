/**
 * Keeps an engine running. It starts the chosen one, rebuilds it when its device is lost, and falls back to the CPU when the device
 * does not come back: the person keeps everything, because nothing that is theirs lives in an engine. It never restarts for ever:
 * an engine that fails again soon after its start is replaced by the CPU, and the CPU's own failures end in the problem being said.
 */
import type { Engine, EngineChoice, EngineError } from '../engine/engine.ts';
import type { CpuReason, StartedEngine } from '../engine/index.ts';
import type { EngineStatus, ResultsStore } from './results.ts';
import { problemOf } from './runner.ts';

/** An engine that has failed more often than this in a row is not tried again. */
const mostRestarts = 2;
/** So long must an engine have run, in milliseconds, for a success to end the row: some fail only after their first picture. */
const steadyAfter = 20_000;

export interface EngineKeeper {
  /** Replaces the running engine by the chosen one. Settles when it runs, or when the failure stands in `results.engine`. */
  choose(choice: EngineChoice): Promise<void>;
  /** A run has succeeded: once the engine has run for a while, a later loss counts from the start again. */
  noteSuccess(): void;
  /** Starts the present choice anew, as after a lost device. */
  restart(error: EngineError): Promise<void>;
  /** Gives the engine back until one is chosen again. */
  rest(): void;
  dispose(): void;
}

function cpuReasonOf({ code }: EngineError): CpuReason {
  return code === 'device-lost' || code === 'out-of-memory' ? code : 'gpu-failed';
}

type StartEngine = (choice: EngineChoice) => Promise<StartedEngine>;

export function createEngineKeeper(
  results: ResultsStore,
  start: StartEngine,
  onChange: (engine: Engine | null) => void,
  now: () => number = () => performance.now(),
): EngineKeeper {
  let present: Engine | null = null;
  let choice: EngineChoice = 'auto';
  let losses = 0;
  let startedAt = 0;
  let isStarting = false;
  /** How the chosen engine failed too often, so that the CPU computes instead. */
  let onCpuFor: CpuReason | null = null;
  // Counts starts, so that a slow start that has been overtaken gives its engine back instead of installing it.
  let generation = 0;

  function install(engine: Engine | null, status: EngineStatus): void {
    const former = present;
    present = engine;
    startedAt = now();
    isStarting = false;
    results.setState({ engine: status, running: engine, output: null, finished: null, statistics: null, timing: null });
    // First gone, then run: both at once may be more memory than there is.
    former?.destroy();
    onChange(engine);
  }

  async function startWith(wanted: EngineChoice, reason: CpuReason | null): Promise<void> {
    const mine = ++generation;
    isStarting = true;
    results.setState({ engine: { status: 'starting' } });
    let started: StartedEngine;
    try {
      started = await start(wanted);
    } catch (error) {
      if (mine === generation)
        install(null, { status: 'failed', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (mine !== generation) {
      started.engine.destroy();
      return;
    }
    const { engine } = started;
    const { kind, device, isFallback } = engine.description;
    install(engine, { status: 'ready', kind, device, isFallback, reason: reason ?? started.reason });
    void engine.lost.then((error) => {
      if (present === engine) void restart(error);
    });
  }

  async function restart(error: EngineError): Promise<void> {
    // One failure often has several messengers: the run, the device, the canvas.
    if (isStarting) return;
    losses += 1;
    results.setState({ problem: problemOf(error) });
    if (losses <= mostRestarts) {
      await startWith(onCpuFor ? 'cpu' : choice, onCpuFor);
    } else if (present?.description.kind !== 'cpu') {
      onCpuFor = cpuReasonOf(error);
      losses = 0;
      await startWith('cpu', onCpuFor);
    } else if (error.code === 'device-lost') {
      install(null, { status: 'failed', message: error.message });
    }
    // Else the CPU's engine stays: what failed may be this layer alone, and the problem says so.
  }

  return {
    async choose(next) {
      choice = next;
      losses = 0;
      onCpuFor = null;
      await startWith(next, null);
    },
    noteSuccess() {
      if (now() - startedAt >= steadyAfter) losses = 0;
    },
    restart,
    rest() {
      // A start that is under way gives its engine back when it comes.
      generation += 1;
      install(null, { status: 'starting' });
    },
    dispose() {
      generation += 1;
      present?.destroy();
      present = null;
    },
  };
}
