/**
 * A network that is being trained on an engine. `advance` does one step; the loss of a step is read back while later steps run, so neither
 * waits for the other, and never more than `mostAhead` steps lie in the device's queue. Runs know nothing of each other: several on one
 * engine take steps in turn. The same configuration on the same engine and programs gives the same bits.
 */

import type { Engine, Tensor } from '../../engine/engine.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import type { GraphParameters, NodeId } from '../../graph/graph.ts';
import '../../operators/late.ts';
import type { Shape } from '../../operators/operator.ts';
import { paceOf, stateRows } from '../../operators/optimizerStep/attributes.ts';
import { type Augmentation, type Batch, createBatches, plainBatch, type Range, rangeOf } from '../data/batches.ts';
import { type Optimizer, paceAt } from '../optimizer.ts';
import type { Schedule } from '../schedule.ts';
import { type Checkpoint, readCheckpoint, type StepResult, writeCheckpoint } from './checkpoint.ts';
import { firstState, readState, replaceStatistics, rowsFor, weightsOf } from './keptStates.ts';
import type { StatisticTensor } from './keptTensors.ts';
import { labelsInput, sumsNode, type Trainee } from './lossGraph.ts';
import { evenPaceInput, nextState, paceInput, type StepGraph, stateInput, stepGraph } from './stepGraph.ts';
import { TrainingError, type TrainingProblem } from './trainingError.ts';

export interface TrainingConfiguration {
  readonly trainee: Trainee;
  readonly data: LabelledImages;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly augmentation: Augmentation;
  readonly batch: number;
  /** Times that every image is seen; need not be whole. */
  readonly epochs: number;
  /** Of weights, order, augmentation and dropout. */
  readonly seed: number;
  /** Weights and statistics before the first step (`startingWeights`); absent: drawn by the seed. */
  readonly start?: GraphParameters;
}

export type Progress =
  | { readonly state: 'running' }
  | { readonly state: 'done' }
  | { readonly state: 'stopped'; readonly problem: TrainingProblem };

/** Steps whose loss is not known yet. */
const mostAhead = 3;

interface Parts {
  readonly graph: StepGraph;
  readonly range: Range;
  /** Inputs that every step is given alike. */
  readonly constants: Readonly<Record<NodeId, Tensor>>;
  readonly states: ReadonlyMap<string, Tensor>;
  readonly from: Checkpoint | null;
}

export class TrainingRun {
  readonly configuration: TrainingConfiguration;
  /** All steps of the run. */
  readonly steps: number;
  /** What bytes of images are brought to. */
  readonly range: Range;
  readonly #engine: Engine;
  readonly #graph: StepGraph;
  readonly #batchAt: (step: number) => Batch;
  readonly #constants: Readonly<Record<NodeId, Tensor>>;
  #states: ReadonlyMap<string, Tensor>;
  #step: number;
  #progress: Progress = { state: 'running' };
  readonly #results: StepResult[];
  readonly #reading: Promise<void>[] = [];
  #programs: readonly string[];
  #programsChanged = false;

  private constructor(engine: Engine, configuration: TrainingConfiguration, parts: Parts) {
    const { data, augmentation, seed, batch } = configuration;
    this.#engine = engine;
    this.configuration = configuration;
    this.steps = stepsOf(configuration);
    this.range = parts.range;
    this.#batchAt = createBatches({ data, range: parts.range, augmentation, seed, size: batch });
    this.#graph = parts.graph;
    this.#constants = parts.constants;
    this.#states = parts.states;
    this.#step = parts.from?.step ?? 0;
    this.#results = [...(parts.from?.results ?? [])];
    this.#programs = parts.from?.programs ?? [];
    if (this.#step >= this.steps) this.#progress = { state: 'done' };
  }

  /** Begins a run, or goes on from a checkpoint of the same configuration. Rejects with TrainingError or EngineError. */
  static async start(
    engine: Engine,
    configuration: TrainingConfiguration,
    checkpoint: Uint8Array | null = null,
  ): Promise<TrainingRun> {
    const { trainee, data, batch, optimizer, seed, start } = configuration;
    const shape: Shape = [batch, data.channels, data.height, data.width];
    const graph = stepGraph({ trainee, shape, optimizer, seed });
    const range = rangeOf(data);
    const from = checkpoint && readCheckpoint(checkpoint);
    const rows = stateRows({ method: optimizer.method === 'sgd' ? 'sgd' : 'adam' });
    const states = new Map<string, Tensor>();
    const constants: Record<NodeId, Tensor> = {};
    try {
      for (const tensor of graph.tensors) {
        const own = rowsFor(tensor, rows);
        const values = from ? from.states.get(tensor.id) : firstState(configuration, tensor, own);
        if (values?.length !== own * tensor.count) throw new TrainingError({ code: 'checkpoint-unreadable' });
        states.set(tensor.id, await engine.upload(values, [1, 1, own, tensor.count]));
      }
      if (!from && !start) await measureStatistics(engine, configuration, graph, range, states);
      const shares = new Float32Array(batch).fill(1 / batch);
      constants[graph.cotangent] = await engine.upload(shares, [batch, 1, 1, 1]);
      if (graph.statistics.size > 0) constants[evenPaceInput] = await uploadPace(engine, paceOf(1, null, 1));
      return new TrainingRun(engine, configuration, { graph, range, constants, states, from });
    } catch (error) {
      for (const tensor of [...states.values(), ...Object.values(constants)]) tensor.free();
      throw error;
    }
  }

  /** Steps begun. */
  get step(): number {
    return this.#step;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** As far as they have been read; of step i at i. */
  get results(): readonly StepResult[] {
    return this.#results;
  }

  /** Whether a run that goes on uses other programs than it began with: its bits are then others too. */
  get programsChanged(): boolean {
    return this.#programsChanged;
  }

  /** One step, if the run is not over. Settles when it is queued, and after the last one when its loss is known. Rejects with EngineError. */
  async advance(): Promise<Progress> {
    if (this.#progress.state !== 'running') return this.#progress;
    const step = this.#step;
    const { optimizer, schedule } = this.configuration;
    const { graph, tensors, parameters, step: stepInput } = this.#graph;
    const given = await uploadBatch(this.#engine, this.configuration, this.#batchAt(step));
    try {
      given[paceInput] = await uploadPace(this.#engine, paceAt(optimizer, schedule, [step, this.steps]));
      if (stepInput !== null) given[stepInput] = await this.#engine.upload(Float32Array.of(step), [1, 1, 1, 1]);
      const result = await this.#engine.run({
        graph,
        parameters,
        inputs: { ...given, ...this.#constants, ...inputsOf(this.#states) },
        outputs: [sumsNode, ...tensors.map(({ id }) => nextState(id))],
      });
      for (const state of this.#states.values()) state.free();
      this.#states = new Map(tensors.map(({ id }) => [id, result.tensors[nextState(id)]!]));
      this.#step = step + 1;
      this.#compare(result.programs);
      const reading = this.#readSums(step, result.tensors[sumsNode]!);
      // Of a run that is given up, as with its device, nobody waits for what is still being read.
      reading.catch(() => undefined);
      this.#reading.push(reading);
    } finally {
      for (const tensor of Object.values(given)) tensor.free();
    }
    while (this.#reading.length > mostAhead) await this.#reading.shift();
    const isLast = this.#step >= this.steps;
    if (isLast || this.#progress.state !== 'running') await this.settled();
    if (isLast && this.#progress.state === 'running') this.#progress = { state: 'done' };
    return this.#progress;
  }

  /** Settles when the losses of all steps begun are known. */
  async settled(): Promise<void> {
    while (this.#reading.length > 0) await this.#reading.shift();
  }

  /** The weights as they are, with the statistics of norms. */
  weights(): Promise<GraphParameters> {
    return weightsOf(this.#engine, this.#graph.tensors, this.#states);
  }

  /** The whole run as it is, to go on from. */
  async checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
    await this.settled();
    const states = new Map<string, Float32Array>();
    for (const [id, state] of this.#states) states.set(id, await readState(this.#engine, state));
    return writeCheckpoint({ step: this.#step, states, results: this.#results, programs: this.#programs });
  }

  /** Gives everything back to the engine. */
  free(): void {
    for (const tensor of [...this.#states.values(), ...Object.values(this.#constants)]) tensor.free();
  }

  async #readSums(step: number, sums: Tensor): Promise<void> {
    const box = { channel: 0, channels: 2, y: 0, x: 0, height: 1, width: 1 };
    const [loss, right] = await this.#engine.read(sums, box).finally(() => sums.free());
    const { batch } = this.configuration;
    // As a checkpoint keeps them.
    this.#results[step] = { loss: Math.fround(loss! / batch), right: Math.fround(right! / batch) };
    // Looked at here, where a comparison is not optimised away as a shader's may be.
    if (!Number.isFinite(loss) && this.#progress.state !== 'stopped')
      this.#progress = { state: 'stopped', problem: { code: 'loss-not-finite', step } };
  }

  #compare(programs: readonly string[]): void {
    if (this.#programs.length === 0) this.#programs = programs;
    else if (programs.join('\n') !== this.#programs.join('\n')) this.#programsChanged = true;
  }
}

export function stepsOf({ epochs, data, batch }: Pick<TrainingConfiguration, 'epochs' | 'data' | 'batch'>): number {
  return Math.ceil((epochs * data.labels.length) / batch);
}

function inputsOf(states: ReadonlyMap<string, Tensor>): Record<NodeId, Tensor> {
  return Object.fromEntries([...states].map(([id, state]) => [stateInput(id), state]));
}

function uploadPace(engine: Engine, pace: Float32Array): Promise<Tensor> {
  return engine.upload(pace, [1, 1, 1, pace.length]);
}

async function uploadBatch(
  engine: Engine,
  { trainee, data }: TrainingConfiguration,
  { images, labels }: Batch,
): Promise<Record<NodeId, Tensor>> {
  const size = labels.length;
  const uploaded = await engine.upload(images, [size, data.channels, data.height, data.width]);
  return { [trainee.input]: uploaded, [labelsInput]: await engine.upload(labels, [size, 1, 1, 1]) };
}

/** An untrained network whose norms had mean 0 and variance 1 would tell nothing: they begin with those of the first images. */
async function measureStatistics(
  engine: Engine,
  { trainee, data, batch }: TrainingConfiguration,
  { forward, statistics, parameters, step }: StepGraph,
  range: Range,
  states: Map<string, Tensor>,
): Promise<void> {
  if (statistics.size === 0) return;
  const { images } = plainBatch(data, range, 0, batch);
  const given: Record<NodeId, Tensor> = {
    [trainee.input]: await engine.upload(images, [batch, data.channels, data.height, data.width]),
  };
  const measured = new Map<StatisticTensor, Tensor>();
  try {
    if (step !== null) given[step] = await engine.upload(new Float32Array(1), [1, 1, 1, 1]);
    const inputs = { ...given, ...inputsOf(states) };
    const { tensors } = await engine.run({ graph: forward, parameters, inputs, outputs: [...statistics.values()] });
    for (const [tensor, node] of statistics) measured.set(tensor, tensors[node]!);
    await replaceStatistics(engine, measured, states);
  } finally {
    for (const tensor of [...Object.values(given), ...measured.values()]) tensor.free();
  }
}
