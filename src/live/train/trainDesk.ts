/**
 * Keeps the runs of a training state going while their screen is open: one step of each in turn on the engine that all screens share, with
 * the page's turn between two steps. At the start and at each epoch a run is tested, its correlations are measured, and it is kept with all
 * that was measured: a reload, or another engine in the place of a lost one, goes on from there.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Engine, EngineError } from '../../engine/engine.ts';
import { type KeyValue, type StorageProblem, storageProblem } from '../../store/keyValue.ts';
import type { TrainState } from '../../store/train.ts';
import type { StepResult } from '../../training/run/checkpoint.ts';
import { type Progress, TrainingRun } from '../../training/run/trainingRun.ts';
import type { ResultsStore } from '../results.ts';
import { forgetRun, type KeptRun, loadRun, saveRun } from './keptRuns.ts';
import { type Measured, measureRun } from './measureRun.ts';
import type { TrainingSets } from './trainingSets.ts';
import { type PlannedRun, planTraining } from './trainPlan.ts';

export interface RunState {
  readonly plan: PlannedRun;
  /** Steps begun. */
  readonly step: number;
  readonly steps: number;
  readonly progress: Progress;
  /** Of step i at i, as far as they are known. */
  readonly results: readonly StepResult[];
  /** Untrained first, then at each epoch. */
  readonly measured: readonly Measured[];
  /** Of a step, in milliseconds, as a mean over the newest ones; null before any. */
  readonly msPerStep: number | null;
  /** It goes on with other programs than it began with: another start would give other bits. */
  readonly programsChanged: boolean;
}

export interface TrainDeskState {
  /** `waiting`: for an engine. */
  readonly status: 'paused' | 'running' | 'waiting' | 'done';
  readonly runs: readonly RunState[];
  /** The device's own sentence about what failed, until something succeeds. */
  readonly problem: string | null;
  readonly storage: StorageProblem | null;
}

export interface TrainDesk {
  readonly state: StoreApi<TrainDeskState>;
  start(): void;
  /** After the steps that have begun. */
  pause(): void;
  /** One step of every run. */
  step(): void;
  /** All runs untrained again; what was kept of them is forgotten. */
  reset(): void;
  dispose(): void;
}

export interface TrainDeskOptions {
  readonly results: ResultsStore;
  readonly keyValue: KeyValue;
  readonly training: TrainState;
  readonly sets: TrainingSets;
}

/** How much of the time per step its newest value is. */
const newest = 0.1;

interface Work {
  readonly plan: PlannedRun;
  run: TrainingRun | null;
  engine: Engine | null;
  kept: KeptRun | null;
  measured: readonly Measured[];
  msPerStep: number | null;
}

export function startTrainDesk({ results, keyValue, training, sets }: TrainDeskOptions): TrainDesk {
  const plans = planTraining(training, sets.train);
  const keys = plans.map(({ key }) => key);
  const fresh = (): Work[] =>
    plans.map((plan) => ({ plan, run: null, engine: null, kept: null, measured: [], msPerStep: null }));
  let works = fresh();
  let wanted: 'none' | 'step' | 'all' = 'none';
  let isLooping = false;
  let isDisposed = false;
  /** Runs that are wanted no more and may have a step under way. */
  let discarded: readonly Work[] = [];
  let stop = new AbortController();
  const state = createStore<TrainDeskState>(() => ({
    status: 'paused',
    runs: works.map(told),
    problem: null,
    storage: null,
  }));

  const tell = (change: Partial<TrainDeskState> = {}) => {
    if (!isDisposed) state.setState({ runs: works.map(told), ...change });
  };

  /** The run on this engine: gone on with, taken up where it was kept, or begun. */
  async function runOn(engine: Engine, work: Work, signal: AbortSignal): Promise<TrainingRun> {
    if (work.run && work.engine === engine) return work.run;
    // What another engine owned went with it.
    work.run = null;
    work.kept ??= await loadRun(keyValue, work.plan.key);
    work.run = await TrainingRun.start(engine, work.plan.configuration, work.kept?.checkpoint);
    work.engine = engine;
    work.measured = work.kept?.measured ?? [];
    if (work.measured.length === 0) await measure(engine, work, work.run, signal);
    return work.run;
  }

  async function measure(engine: Engine, work: Work, run: TrainingRun, signal: AbortSignal): Promise<void> {
    work.measured = [...work.measured, await measureRun(engine, run, sets.test, signal)];
    const checkpoint = await run.checkpoint();
    work.kept = { checkpoint, step: run.step, results: [...run.results], measured: work.measured };
    try {
      if (!signal.aborted) await saveRun(keyValue, work.plan.key, work.kept, keys);
    } catch (reason) {
      // The run goes on without: only a reload begins anew.
      tell({ storage: storageProblem(reason, work.kept.checkpoint.length) });
    }
  }

  async function advance(engine: Engine, work: Work, signal: AbortSignal): Promise<boolean> {
    const run = await runOn(engine, work, signal);
    if (run.progress.state !== 'running') return false;
    const began = performance.now();
    const progress = await run.advance();
    const ms = performance.now() - began;
    work.msPerStep = work.msPerStep === null ? ms : work.msPerStep + newest * (ms - work.msPerStep);
    const { batch, data } = run.configuration;
    const epochOf = (step: number) => Math.floor((step * batch) / data.labels.length);
    const isEpoch = epochOf(run.step) > epochOf(run.step - 1) || progress.state === 'done';
    if (isEpoch && progress.state !== 'stopped') await measure(engine, work, run, signal);
    tell({ problem: null });
    return progress.state === 'running';
  }

  async function loop(): Promise<void> {
    isLooping = true;
    const { signal } = stop;
    while (isWanted() && !signal.aborted) {
      const engine = results.getState().running;
      if (!engine) {
        tell({ status: 'waiting' });
        break;
      }
      tell({ status: 'running' });
      try {
        await round(engine, signal);
      } catch (error) {
        if (signal.aborted) break;
        const isSame = results.getState().running === engine;
        if (isSame && error instanceof EngineError && error.code === 'device-lost') {
          // Its successor goes on from what was kept.
          tell({ status: 'waiting' });
          break;
        }
        if (!isSame) continue;
        wanted = 'none';
        tell({ status: 'paused', problem: error instanceof Error ? error.message : String(error) });
      }
    }
    isLooping = false;
    freeDiscarded();
    // Begun anew while the last one ended.
    if (signal.aborted && isWanted() && !isDisposed) void loop();
  }

  /** A step of each run. */
  async function round(engine: Engine, signal: AbortSignal): Promise<void> {
    const isOneStep = wanted === 'step';
    let isAnyLeft = false;
    for (const work of works) {
      const isLeft = await advance(engine, work, signal);
      isAnyLeft ||= isLeft;
      await turnOfThePage();
      if (signal.aborted) return;
      if (!isWanted()) return tell({ status: 'paused' });
    }
    if (isOneStep || !isAnyLeft) wanted = 'none';
    if (!isWanted()) tell({ status: isAnyLeft ? 'paused' : 'done' });
  }

  const isWanted = () => wanted !== 'none';
  const want = (what: typeof wanted) => {
    wanted = what;
    if (!isLooping && !isDisposed) void loop();
  };

  const unsubscribe = results.subscribe((now, before) => {
    if (now.running !== before.running && wanted !== 'none' && !isLooping) void loop();
  });

  /** Ends what goes on; runs are given back when no step of theirs is under way. */
  function release(): void {
    wanted = 'none';
    stop.abort();
    stop = new AbortController();
    discarded = [...discarded, ...works];
    if (!isLooping) freeDiscarded();
  }

  function freeDiscarded(): void {
    const { running } = results.getState();
    // Those of a lost engine went with it.
    for (const { run, engine } of discarded) if (engine === running) run?.free();
    discarded = [];
  }

  /** What was kept is seen before anything runs. */
  async function showKept(): Promise<void> {
    for (const work of works) {
      work.kept ??= await loadRun(keyValue, work.plan.key);
      tell();
    }
  }
  void showKept();

  return {
    state,
    start: () => want('all'),
    pause: () => {
      wanted = 'none';
    },
    step: () => want('step'),
    reset: () => {
      release();
      works = fresh();
      for (const key of keys) void forgetRun(keyValue, key).catch(() => undefined);
      tell({ status: 'paused', problem: null });
    },
    dispose: () => {
      isDisposed = true;
      unsubscribe();
      release();
    },
  };
}

function told({ plan, run, measured, msPerStep, kept }: Work): RunState {
  const { configuration } = plan;
  const steps =
    run?.steps ?? Math.ceil((configuration.epochs * configuration.data.labels.length) / configuration.batch);
  const known = { plan, steps, measured: measured.length > 0 ? measured : (kept?.measured ?? []), msPerStep };
  if (!run) {
    const { step, results } = kept ?? { step: 0, results: [] };
    const progress: Progress = { state: step < steps ? 'running' : 'done' };
    return { ...known, step, progress, results, programsChanged: false };
  }
  const { step, progress, programsChanged } = run;
  return { ...known, step, progress, results: [...run.results], programsChanged };
}

/** What has waited (input, frames, timers) goes first. */
function turnOfThePage(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
