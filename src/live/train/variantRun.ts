/**
 * One run of the Train screen: a training run that comes and goes with the engine, and what outlives it: its checkpoint, and what was
 * observed at the end of every epoch.
 */
import type { Engine } from '../../engine/engine.ts';
import type { NamedTensors } from '../../formats/weightsFile.ts';
import type { GraphParameters, NodeId } from '../../graph/graph.ts';
import type { TrainingSets } from '../../training/data/trainingSets.ts';
import { readCheckpoint, type StepResult } from '../../training/run/checkpoint.ts';
import { weightsIn } from '../../training/run/keptStates.ts';
import { keptTensors } from '../../training/run/keptTensors.ts';
import { startingWeights } from '../../training/run/startingWeights.ts';
import type { TrainingProblem } from '../../training/run/trainingError.ts';
import { stepsOf, type TrainingConfiguration, TrainingRun } from '../../training/run/trainingRun.ts';
import type { KeptRun } from './keptRuns.ts';
import { isSamePair, type LayerPair, pairOf } from './layerPairs.ts';
import { type Observation, observe, observePair } from './observe.ts';
import { type PlannedRun, type Price, priceOf, type Scale, type Variant } from './variants.ts';

/** What the page shows of a run. */
export interface ShownRun {
  readonly name: string;
  readonly variant: Variant;
  readonly configuration: TrainingConfiguration;
  readonly price: Price;
  readonly state: 'ready' | 'done' | 'stopped';
  readonly problem: TrainingProblem | null;
  readonly step: number;
  readonly steps: number;
  /** Of the steps whose loss is known. */
  readonly results: readonly StepResult[];
  readonly observations: readonly Observation[];
  /** Spent in steps, without observations. */
  readonly milliseconds: number;
  /** Whether it went on with other programs than it began with, whose last bits may be others. */
  readonly programsChanged: boolean;
}

/** What a run is given beside its state. */
export interface RunMaterial extends TrainingSets {
  /** Weights of a person's file to begin with; null: the seed draws them. */
  readonly start: NamedTensors | null;
}

export class VariantRun {
  readonly name: string;
  readonly #variant: Variant;
  readonly #configuration: TrainingConfiguration;
  readonly #price: Price;
  readonly #data: TrainingSets;
  readonly #scale: Scale;
  #run: TrainingRun | null = null;
  #engine: Engine | null = null;
  #kept: KeptRun | null;
  #results: readonly StepResult[] = [];
  #observations: readonly Observation[] = [];
  #milliseconds = 0;
  #problem: TrainingProblem | null = null;
  #step = 0;
  #pairLayer: NodeId | null = null;

  /** Throws TrainingError where what was kept cannot be read. */
  constructor({ name, variant, configuration }: PlannedRun, scale: Scale, given: RunMaterial, kept: KeptRun | null) {
    this.name = name;
    this.#variant = variant;
    const { graph } = configuration.trainee;
    const start = given.start && startingWeights(graph, given.start);
    this.#configuration = start?.ok ? { ...configuration, start: start.value } : configuration;
    if (start && !start.ok) this.#problem = start.error;
    this.#price = priceOf(graph, given.train);
    this.#data = given;
    this.#scale = scale;
    this.#kept = kept;
    this.#rewind();
  }

  get steps(): number {
    return stepsOf(this.#configuration);
  }

  get isOver(): boolean {
    return this.#problem !== null || (this.#step >= this.steps && this.#observations.at(-1)?.step === this.#step);
  }

  /** Of all its steps. */
  get share(): number {
    return this.#step / this.steps;
  }

  shown(): ShownRun {
    const { name, steps } = this;
    const state = this.#problem ? 'stopped' : this.isOver ? 'done' : 'ready';
    return {
      ...{ name, steps, state },
      variant: this.#variant,
      configuration: this.#configuration,
      price: this.#price,
      problem: this.#problem,
      step: this.#step,
      results: this.#results,
      observations: this.#observations,
      milliseconds: this.#milliseconds,
      programsChanged: this.#run?.programsChanged ?? false,
    };
  }

  /** Makes the run on an engine, from its checkpoint where there is one, and looks at the untrained network. */
  async open(engine: Engine, signal: AbortSignal): Promise<void> {
    if (this.#run && this.#engine === engine) return;
    this.release();
    this.#rewind();
    this.#run = await TrainingRun.start(engine, this.#configuration, this.#kept?.checkpoint ?? null);
    this.#engine = engine;
    if (this.#observations.length === 0) await this.#observe(engine, null, signal);
  }

  /** Steps on an open run until `milliseconds` have passed (at least one), and observes where an epoch ends. */
  async advance(signal: AbortSignal, milliseconds: number): Promise<void> {
    const [run, engine] = [this.#run, this.#engine];
    if (!run || !engine || this.isOver) return;
    if (run.step >= run.steps) return this.#observe(engine, null, signal);
    const begun = performance.now();
    let before: GraphParameters | null = null;
    do {
      before = this.#endsEpoch(run.step + 1) ? await run.weights() : null;
      await run.advance();
      this.#step = run.step;
    } while (
      !before &&
      run.progress.state === 'running' &&
      !signal.aborted &&
      performance.now() - begun < milliseconds
    );
    await run.settled();
    this.#milliseconds += performance.now() - begun;
    this.#results = run.results.slice();
    if (run.progress.state === 'stopped') this.#problem = run.progress.problem;
    else if (before) await this.#observe(engine, before, signal);
  }

  /** Which pair is observed from now on, by its second layer. */
  lookAtPair(columns: NodeId | null): void {
    this.#pairLayer = columns;
  }

  /** Whether another pair has been observed so far. */
  get hasOtherPair(): boolean {
    const [untrained] = this.#observations;
    return untrained !== undefined && !isSamePair(untrained.pair?.pair ?? null, this.#pair);
  }

  /** Observes the present pair of the untrained network, drawn anew, and of an open run as it is. Moments between were of another pair. */
  async observeOtherPair(signal: AbortSignal): Promise<void> {
    const [run, engine, pair] = [this.#run, this.#engine, this.#pair];
    if (!run || !engine || !pair) return;
    const { test } = this.#data;
    const common = { trainee: this.#configuration.trainee, range: run.range, test, images: this.#scale.measuredImages };
    const of = async (weights: GraphParameters) => observePair(engine, { ...common, weights }, pair, signal);
    const untrained = await TrainingRun.start(engine, this.#configuration);
    const first = await untrained
      .weights()
      .then(of)
      .finally(() => untrained.free());
    const newest = await of(await run.weights());
    this.#observations = this.#observations.map((each, i) => {
      if (each.step === 0) return { ...each, pair: first };
      return i === this.#observations.length - 1 && each.step === run.step ? { ...each, pair: newest } : each;
    });
  }

  /** The run as it is, to be kept; null before it has been opened. */
  async save(): Promise<KeptRun | null> {
    if (!this.#run || this.#problem) return null;
    const checkpoint = await this.#run.checkpoint();
    this.#kept = { checkpoint, observations: this.#observations, milliseconds: this.#milliseconds };
    return this.#kept;
  }

  /** Of the open run, or as they were kept; null where it has none yet. */
  async weights(): Promise<GraphParameters | null> {
    if (this.#run) return this.#run.weights();
    if (!this.#kept) return null;
    return weightsIn(keptTensors(this.#configuration.trainee.graph), readCheckpoint(this.#kept.checkpoint).states);
  }

  /** Gives the engine back what it holds; the run goes on from its checkpoint when it is opened again. */
  release(): void {
    this.#run?.free();
    this.#run = null;
    this.#engine = null;
  }

  /** The engine is gone with all it held. */
  abandon(): void {
    this.#run = null;
    this.#engine = null;
    this.#rewind();
  }

  #rewind(): void {
    if (this.#problem) return;
    const kept = this.#kept && readCheckpoint(this.#kept.checkpoint);
    this.#step = kept?.step ?? 0;
    this.#results = kept?.results ?? [];
    this.#observations = this.#kept?.observations ?? [];
    this.#milliseconds = this.#kept?.milliseconds ?? 0;
  }

  #endsEpoch(step: number): boolean {
    const { batch, data } = this.#configuration;
    const epochs = (steps: number) => Math.floor((steps * batch) / data.labels.length);
    return step >= this.steps || epochs(step) > epochs(step - 1);
  }

  get #pair(): LayerPair | null {
    return pairOf(this.#configuration.trainee.graph, this.#pairLayer);
  }

  async #observe(engine: Engine, before: GraphParameters | null, signal: AbortSignal): Promise<void> {
    if (!this.#run) return;
    const { test } = this.#data;
    const observed = { run: this.#run, test, images: this.#scale.measuredImages, pair: this.#pair, before };
    this.#observations = [...this.#observations, await observe(engine, observed, signal)];
  }
}
