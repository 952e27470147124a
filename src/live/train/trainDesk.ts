/**
 * Keeps the runs of the Train screen: one for each variant that the workspace asks for, taking turns on the engine that all screens share.
 * It lives as long as the page, so training goes on while one looks elsewhere. All work is one queue; a newer state ends what is in flight
 * between two steps. What has been trained is kept at every turn's end of an epoch and when a person pauses. A lost device has a
 * successor soon (`engineKeeper`): what was playing plays on there, from what was kept.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Engine, EngineError } from '../../engine/engine.ts';
import { type FormatError, formatError } from '../../formats/formatError.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { browserKeyValue } from '../../store/keyValue.ts';
import { parseTrain, parseTrainView, type TrainState } from '../../store/train.ts';
import type { TrainingSets } from '../../training/data/trainingSets.ts';
import { TrainingError } from '../../training/run/trainingError.ts';
import { memoryBudgetOf, thisMachine } from '../memoryBudget.ts';
import { paceOf } from '../network/pace.ts';
import type { Problem } from '../results.ts';
import type { Session } from '../session.ts';
import { balanced } from './balanced.ts';
import { createRunBook, type KeptRun, type RunBook } from './keptRuns.ts';
import { type ModelRefusal, refusalOf, trainedPart } from './networkModel.ts';
import { pageSources } from './pageSources.ts';
import { startTensors } from './startTensors.ts';
import { rememberSets, type SetSources } from './trainingSets.ts';
import { type RunMaterial, type ShownRun, VariantRun } from './variantRun.ts';
import { type Asked, type PlannedRun, plannedRuns, type Scale, scales } from './variants.ts';

export const speeds = ['full', 'slow', 'slower'] as const;
export type Speed = (typeof speeds)[number];

export interface TrainResults {
  /** Null until the data are there. */
  readonly data: TrainingSets | null;
  readonly scale: Scale | null;
  readonly runs: readonly ShownRun[];
  /** The run whose turn it is. */
  readonly active: string | null;
  readonly isPlaying: boolean;
  readonly speed: Speed;
  readonly problem: Problem | null;
  /** Why the file of weights that runs would begin with cannot be had. */
  readonly startProblem: Problem | null;
  /** Why the network of the Network screen is not trained; null where it is, or is not asked for. */
  readonly refusal: ModelRefusal | null;
}

export interface TrainDesk {
  readonly results: StoreApi<TrainResults>;
  play(): void;
  pause(): void;
  /** One step of every run. */
  step(): void;
  /** Forgets what has been trained of the runs that are asked for. */
  reset(): void;
  setSpeed(speed: Speed): void;
  /** The runs of the state with a change, as they have been kept. */
  keptRuns(change: Partial<TrainState>): Promise<readonly ShownRun[]>;
  /** Of a run as it is; null where it has none yet. */
  weightsOf(name: string): Promise<GraphParameters | null>;
}

/** A turn: long beside the change of runs, short beside a person's patience. */
const turnMs = 250;
/** Between steps. */
const pauseMs: Readonly<Record<Speed, number>> = { full: 0, slow: 100, slower: 1000 };
/** A run is kept at least so often while it trains. */
const keepEveryMs = 5000;

/** The page's other work comes between two steps; timers would wait 4 ms. */
function turn(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 0) {
      setTimeout(resolve, milliseconds);
      return;
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

/** What an engine can do. */
export interface Means {
  readonly scaleOf: (engine: Engine) => Scale;
  /** Bytes that it may take. */
  readonly budgetOf: (engine: Engine) => Promise<number>;
}

const machine: Means = {
  scaleOf: (engine) => scales[paceOf(engine)],
  // The CPU's maps share the memory with the page itself (`engine/index.ts`).
  budgetOf: async (engine) => (await engine.instruments())?.memory().budget ?? memoryBudgetOf(thisMachine()) / 2,
};

export function startTrainDesk(
  { workspace, results: shared }: Pick<Session, 'workspace' | 'results'>,
  sources: SetSources,
  book: RunBook,
  { scaleOf, budgetOf }: Means = machine,
): TrainDesk {
  const results = createStore<TrainResults>(() => ({
    ...{
      data: null,
      scale: null,
      runs: [],
      active: null,
      isPlaying: false,
      speed: 'full',
      problem: null,
      startProblem: null,
      refusal: null,
    },
  }));
  let runs: readonly VariantRun[] = [];
  let aborter = new AbortController();
  let work: Promise<void> = Promise.resolve();
  let asked = '';
  let builds = 0;
  let given: RunMaterial | null = null;
  const kept = new WeakMap<VariantRun, number>();
  const loadSets = rememberSets(sources);

  const askedNow = (change: Partial<TrainState> = {}): Asked => {
    const { train, network } = workspace.getState().workspace;
    return { state: { ...parseTrain(train), ...change }, network };
  };
  const pairNow = () => parseTrainView(workspace.getState().workspace.view.train).pair;
  const show = (change: Partial<TrainResults> = {}) =>
    results.setState({ runs: runs.map((run) => run.shown()), ...change });

  /** Jobs one after another; a job that fails says so and ends the playing. */
  function enqueue(job: (signal: AbortSignal) => Promise<void>): void {
    work = work.then(async () => {
      const { signal } = aborter;
      try {
        await job(signal);
      } catch (error) {
        if (signal.aborted) return;
        // The loss is said by who replaces the device; here the run waits for the next one.
        if (isLoss(error) && results.getState().isPlaying) return show({ active: null });
        show({ isPlaying: false, active: null, problem: problemOf(error) });
      }
    });
  }

  function interrupt(): void {
    aborter.abort();
    aborter = new AbortController();
  }

  /** The runs that the newest state asks for, as they were kept. */
  async function build(): Promise<void> {
    const { running: engine } = shared.getState();
    if (!engine) return;
    const asking = askedNow();
    const { state } = asking;
    const scale = scaleOf(engine);
    for (const run of runs) run.release();
    runs = [];
    const loaded = await loadSets(state).catch(() => formatError('file-not-loaded', { name: state.data }));
    if (!loaded.ok) {
      given = null;
      return show({ data: null, problem: fileProblem(loaded.error), startProblem: null });
    }
    const { train, test } = loaded.value;
    const data = { train: balanced(train, scale.trainImages), test: balanced(test, scale.testImages) };
    const start = await startTensors(state, sources);
    given = { ...data, start: start.ok ? start.value : null };
    const planned = plannedRuns(asking, scale, data);
    const refusal = planned.ok ? await refused(engine, state, planned.value, data) : planned.error;
    if (planned.ok && start.ok && !refusal) runs = await runsOf(planned.value, scale, given);
    const startProblem = start.ok ? null : fileProblem(start.error);
    show({ data, scale, active: null, problem: null, startProblem, refusal });
  }

  /** The networks that this page has made are known to be trained and to be small. */
  async function refused(
    engine: Engine,
    { network }: TrainState,
    planned: readonly PlannedRun[],
    { train }: TrainingSets,
  ): Promise<ModelRefusal | null> {
    if (network === 'nin') return null;
    const configurations = planned.map(({ configuration }) => configuration);
    return refusalOf(configurations, train, await budgetOf(engine));
  }

  function runsOf(planned: readonly PlannedRun[], scale: Scale, material: RunMaterial): Promise<readonly VariantRun[]> {
    return Promise.all(
      planned.map(async (run) => {
        const former = await book.get(run.name).catch(() => null);
        return makeRun((from) => new VariantRun(run, scale, material, from), former);
      }),
    );
  }

  async function keep(run: VariantRun): Promise<void> {
    kept.set(run, performance.now());
    const saved = await run.save();
    // Without a database runs live as long as the page.
    if (saved) await book.put(run.name, saved).catch(() => undefined);
  }

  /** Whoever has done least of its steps is next. */
  function nextRun(): VariantRun | undefined {
    return runs.filter((run) => !run.isOver).sort((a, b) => a.share - b.share)[0];
  }

  async function advance(run: VariantRun, engine: Engine, signal: AbortSignal, milliseconds: number): Promise<void> {
    results.setState({ active: run.name });
    run.lookAtPair(pairNow());
    await run.open(engine, signal);
    if (run.hasOtherPair) await run.observeOtherPair(signal);
    show();
    const seen = run.shown().observations.length;
    await run.advance(signal, milliseconds);
    signal.throwIfAborted();
    const isDue = performance.now() - (kept.get(run) ?? 0) > keepEveryMs;
    if (isDue || run.isOver || run.shown().observations.length > seen) await keep(run);
    show();
  }

  /** The pair that is looked at now, of all that has been observed; runs that play come to it by themselves. */
  async function observePair(signal: AbortSignal): Promise<void> {
    const { running: engine } = shared.getState();
    for (const run of runs) {
      run.lookAtPair(pairNow());
      if (!engine || !run.hasOtherPair) continue;
      await run.open(engine, signal);
      await run.observeOtherPair(signal);
      await keep(run);
      show();
    }
  }

  async function train(signal: AbortSignal): Promise<void> {
    for (;;) {
      const { running: engine } = shared.getState();
      const { isPlaying, speed } = results.getState();
      const run = nextRun();
      if (!isPlaying || !engine || !run || signal.aborted) break;
      await advance(run, engine, signal, speed === 'full' ? turnMs : 0);
      await turn(pauseMs[speed]);
    }
    if (signal.aborted) return;
    for (const run of runs) await keep(run);
    show({ isPlaying: false, active: null });
  }

  /** A new engine, or a state that asks for other runs. */
  function renew(isOtherEngine: boolean): void {
    const { isPlaying } = results.getState();
    interrupt();
    if (isOtherEngine) for (const run of runs) run.abandon();
    const goesOn = isPlaying && isOtherEngine;
    results.setState({ isPlaying: goesOn });
    builds++;
    const mine = builds;
    // A dragged slider asks many times: only the last is answered.
    enqueue(() => (mine === builds ? build() : Promise.resolve()));
    if (goesOn) enqueue(train);
  }

  /** All that the runs are functions of. */
  function question(): string {
    const { state, network } = askedNow();
    return JSON.stringify(state.network === 'network' ? [state, trainedPart(network)] : state);
  }

  workspace.subscribe(({ workspace: next }, { workspace: former }) => {
    const isOtherPair = parseTrainView(next.view.train).pair !== parseTrainView(former.view.train).pair;
    if (isOtherPair && !results.getState().isPlaying) enqueue(observePair);
    if (next.train === former.train && next.network === former.network) return;
    const now = question();
    if (now === asked) return;
    asked = now;
    renew(false);
  });
  shared.subscribe((state, former) => {
    if (state.running !== former.running) renew(true);
  });
  asked = question();
  enqueue(build);

  return {
    results,
    play() {
      if (results.getState().isPlaying) return;
      results.setState({ isPlaying: true, problem: null });
      enqueue(train);
    },
    pause: () => results.setState({ isPlaying: false }),
    step() {
      if (results.getState().isPlaying) return;
      enqueue(async (signal) => {
        const { running: engine } = shared.getState();
        if (!engine) return;
        for (const run of runs) if (!run.isOver) await advance(run, engine, signal, 0);
        for (const run of runs) await keep(run);
        show({ active: null });
      });
    },
    reset() {
      interrupt();
      results.setState({ isPlaying: false });
      enqueue(async () => {
        for (const { name } of runs) await book.forget(name).catch(() => undefined);
        await build();
      });
    },
    async keptRuns(change) {
      const { scale } = results.getState();
      if (!given || !scale) return [];
      const planned = plannedRuns(askedNow(change), scale, given);
      return planned.ok ? (await runsOf(planned.value, scale, given)).map((run) => run.shown()) : [];
    },
    setSpeed: (speed) => results.setState({ speed }),
    async weightsOf(name) {
      return (await runs.find((run) => run.name === name)?.weights()) ?? null;
    },
  };
}

/** What was kept may be broken, or of an older page: then the run begins anew. */
function makeRun(make: (kept: KeptRun | null) => VariantRun, kept: KeptRun | null): VariantRun {
  try {
    return make(kept);
  } catch (error) {
    if (kept && error instanceof TrainingError) return make(null);
    throw error;
  }
}

function fileProblem({ code, values }: FormatError): Problem {
  return { kind: 'file', code, values: { name: '', part: values.name ?? '', ...values } };
}

function isLoss(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'device-lost';
}

function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof EngineError ? error.code : 'failed';
  return { kind: 'engine', code, values: { message } };
}

const desks = new WeakMap<Session, TrainDesk>();

/** The one desk of a session: training goes on while another screen is in sight. */
export function trainDeskOf(session: Session): TrainDesk {
  const known = desks.get(session);
  if (known) return known;
  const desk = startTrainDesk(
    session,
    pageSources(session.blobs),
    createRunBook(browserKeyValue('convscope-training')),
  );
  desks.set(session, desk);
  return desk;
}
