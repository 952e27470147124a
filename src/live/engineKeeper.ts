/**
 * Keeps an engine running. It starts the chosen one, rebuilds it when its device is lost, and falls back to the CPU when the device
 * does not come back: the person keeps everything, because nothing that is theirs lives in an engine.
 */
import type { Engine, EngineChoice, EngineError } from '../engine/engine.ts';
import type { StartedEngine } from '../engine/index.ts';
import type { EngineStatus, ResultsStore } from './results.ts';
import { problemOf } from './runner.ts';

/** A device lost this often in a row is not tried again. */
const restartsBeforeCpu = 2;

export interface EngineKeeper {
  /** Replaces the running engine by the chosen one. Settles when it runs, or when the failure stands in `results.engine`. */
  choose(choice: EngineChoice): Promise<void>;
  /** A run has succeeded: a later loss counts from the start again. */
  noteSuccess(): void;
  /** Starts the present choice anew, as after a lost device. */
  restart(error: EngineError): Promise<void>;
  dispose(): void;
}

type StartEngine = (choice: EngineChoice) => Promise<StartedEngine>;

export function createEngineKeeper(
  results: ResultsStore,
  start: StartEngine,
  onChange: (engine: Engine | null) => void,
): EngineKeeper {
  let present: Engine | null = null;
  let choice: EngineChoice = 'auto';
  let losses = 0;
  // Counts starts, so that a slow start that has been overtaken gives its engine back instead of installing it.
  let generation = 0;

  function install(engine: Engine | null, status: EngineStatus): void {
    const former = present;
    present = engine;
    results.setState({ engine: status, running: engine, output: null, statistics: null, timing: null });
    onChange(engine);
    former?.destroy();
  }

  async function startWith(wanted: EngineChoice, reason: 'device-lost' | null): Promise<void> {
    const mine = ++generation;
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
    losses += 1;
    results.setState({ problem: problemOf(error) });
    const giveUp = losses > restartsBeforeCpu && choice !== 'cpu';
    await startWith(giveUp ? 'cpu' : choice, giveUp ? 'device-lost' : null);
  }

  return {
    async choose(next) {
      choice = next;
      losses = 0;
      await startWith(next, null);
    },
    noteSuccess() {
      losses = 0;
    },
    restart,
    dispose() {
      generation += 1;
      present?.destroy();
      present = null;
    },
  };
}
