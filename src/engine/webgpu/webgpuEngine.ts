/** The engine on a GPU: ties pool, pipelines, evaluator and painter together, and turns every failure into an EngineError. */

import type { NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import { loadRecordText } from '../../operators/conv2d/plan.ts';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { gatherProgram } from '../../operators/programs/gather.ts';
import { headFloats } from '../../operators/programs/layout.ts';
import type { ChannelProducts, Sampling } from '../channelProducts.ts';
import {
  type ChannelStatistics,
  type Engine,
  type EngineCounters,
  type EngineDescription,
  EngineError,
  type Instruments,
  type MapMoments,
  type MapStatistics,
  type Peak,
  type Region,
  type RunRequest,
  type RunResult,
  type Surface,
  type Tensor,
  type Timing,
  type Tuner,
} from '../engine.ts';
import { BufferPool } from './device/buffers.ts';
import type { Adapted } from './device/device.ts';
import { errorOf, Failures } from './device/failures.ts';
import { Pace } from './device/pace.ts';
import { PackedWeights } from './device/packedWeights.ts';
import { Pipelines } from './device/pipelines.ts';
import { readBuffer } from './device/readback.ts';
import { Recorder } from './device/recorder.ts';
import { DeviceClock, timeRuns } from './device/timing.ts';
import { type Device, NotCompiled, NotLoaded } from './evaluation.ts';
import { MapArray } from './maps/arrays.ts';
import { ensureStatistics, type Outcome, runGraph } from './run/runner.ts';
import { type Content, DeviceTensor } from './run/tensors.ts';
import { readStatistics, recordsBytes } from './statistics/statistics.ts';
import { viewPrograms } from './statistics/viewPrograms.ts';
import type { GraphTuner } from './tuning/tuner.ts';
import { piecesOf, readHistogram, readPiece } from './view/inspect.ts';
import { PaintPrograms } from './view/paintPrograms.ts';
import { CanvasSurface } from './view/surface.ts';

export class WebGPUEngine implements Engine {
  readonly description: EngineDescription;
  readonly #gpu: GPUDevice;
  readonly #device: Device;
  readonly #paint: PaintPrograms;
  readonly #clock: DeviceClock | null;
  readonly #format: GPUTextureFormat;
  readonly #failures: Failures;
  readonly #surfaces = new Set<Surface>();
  #liveTensors = 0;
  #runsInFlight = 0;
  #isDestroyed = false;
  /** Null until somebody asks for it. */
  #tuner: GraphTuner | null = null;
  /** Settles when the time that is being measured is known. */
  #timing: Promise<unknown> = Promise.resolve();
  #instruments: Promise<Instruments> | null = null;

  constructor(
    { gpu, name, isFallback, traits, features }: Adapted,
    format: GPUTextureFormat,
    memoryBudget: number,
    rate?: number,
    choices: Device['choices'] = new Map(),
  ) {
    this.#gpu = gpu;
    this.#format = format;
    this.description = { kind: 'webgpu', device: name, isFallback, features };
    const pool = new BufferPool(gpu, memoryBudget);
    const recorder = new Recorder(gpu, pool);
    const weights = new PackedWeights(pool, recorder, traits.maxStorageBinding);
    pool.kept = weights;
    this.#device = {
      pool,
      pipelines: new Pipelines(gpu),
      recorder,
      weights,
      pace: new Pace(isFallback, rate),
      traits,
      choices,
      passes: null,
      staged: null,
      planRun: null,
    };
    this.#paint = new PaintPrograms(gpu);
    this.#clock = features.includes('timestamp-query') ? new DeviceClock(gpu) : null;
    this.#failures = new Failures(gpu);
  }

  get lost(): Promise<EngineError> {
    return this.#failures.lost;
  }

  get counters(): EngineCounters {
    const { pool, pipelines, recorder } = this.#device;
    return {
      liveTensors: this.#liveTensors,
      bytesAllocated: pool.bytesAllocated,
      allocations: pool.allocations,
      compilations: pipelines.compilations + this.#paint.compilations,
      dispatches: recorder.dispatches,
    };
  }

  async upload(values: Float32Array, shape: Shape): Promise<Tensor> {
    const [images, channels, height, width] = shape;
    if (values.length !== images * channels * height * width) {
      throw new EngineError('internal', `${values.length} values do not fill [${shape}]`);
    }
    const { pool, recorder, traits } = this.#device;
    const limits = { maxBinding: traits.maxStorageBinding };
    const maps = MapArray.allocate(
      pool,
      limits,
      { layout: 'planar', images, channels, height, width },
      { channel: 0, y: 0, x: 0 },
    );
    const plane = height * width;
    for (const part of maps.parts) {
      const count = part.shape.channels * plane;
      for (let image = 0; image < images; image++) {
        const from = (image * channels + part.channel) * plane;
        const to = 4 * (headFloats + image * count);
        // Views of shared memory are not taken by writeBuffer; a copy is.
        const piece = values.subarray(from, from + count);
        const bytes =
          piece.buffer instanceof ArrayBuffer ? (piece as Float32Array<ArrayBuffer>) : new Float32Array(piece);
        recorder.write(part.buffer, bytes, to);
      }
    }
    const tensor = this.#newTensor(shape, { kind: 'stored', maps });
    await this.#settled([tensor]);
    return tensor;
  }

  run(request: RunRequest): Promise<RunResult> {
    return this.#run(request, this.#device);
  }

  /** `device`: the engine's own, maybe with other choices. */
  async #run(request: RunRequest, device: Device): Promise<RunResult> {
    const shapes = await this.#shapesOf(request);
    this.#tuner?.apply(request.graph, shapes);
    let failure: Promise<GPUError | null> = Promise.resolve(null);
    const outcome = await this.#recorded((): Outcome => {
      this.#gpu.pushErrorScope('validation');
      try {
        const result = runGraph(device, request, shapes, (id: NodeId, content) =>
          this.#newTensor(shapes[id]!, content),
        );
        this.#device.recorder.submit();
        return result;
      } finally {
        // A lost device rejects: `lost` tells that.
        failure = this.#gpu.popErrorScope().catch(() => null);
      }
    });
    const { tensors, steps, macs } = outcome;
    const programs = steps.flatMap((step) => step.programs);
    const completed = this.#completion(programs, macs, failure);
    // A caller that does not look is not an unhandled rejection.
    completed.catch(() => {});
    if (this.#device.pool.hasUnsettled) await this.#settled(Object.values(tensors));
    return { tensors, programs, steps, completed };
  }

  async statistics(tensor: Tensor): Promise<readonly MapStatistics[]> {
    const [, channels, height, width] = tensor.shape;
    const reading = await this.#recorded(() => {
      const own = this.#own(tensor);
      ensureStatistics(this.#device, own, 2);
      return { bytes: readBuffer(this.#device, own.records!, 0, recordsBytes(channels)) };
    });
    return readStatistics(await reading.bytes, channels, height * width);
  }

  async moments(tensor: Tensor): Promise<readonly MapMoments[]> {
    const { readMoments } = await import('./run/moments.ts');
    return (await this.#recorded(() => readMoments(this.#device, this.#own(tensor)))).moments;
  }

  async channelStatistics(tensor: Tensor): Promise<readonly ChannelStatistics[]> {
    const { readChannels } = await import('./run/moments.ts');
    return (await this.#recorded(() => readChannels(this.#device, this.#own(tensor)))).channels;
  }

  async channelProducts(a: Tensor, b: Tensor, sampling: Sampling): Promise<ChannelProducts> {
    const { readProducts } = await import('./run/products.ts');
    return (await this.#recorded(() => readProducts(this.#device, this.#own(a), this.#own(b), sampling))).products;
  }

  async histogram(tensor: Tensor, channel: number, bins: number, lo: number, hi: number): Promise<Uint32Array> {
    const reading = await this.#recorded(() => ({
      counts: readHistogram(this.#device, this.#own(tensor), channel, bins, lo, hi),
    }));
    return reading.counts;
  }

  async read(tensor: Tensor, region: Region): Promise<Float32Array> {
    const values = new Float32Array(region.channels * region.height * region.width);
    for (const piece of piecesOf(this.#device, region)) {
      // Between the pieces the tensor may have been freed, and its buffers be another's.
      const reading = await this.#recorded(() => ({ values: readPiece(this.#device, this.#own(tensor), piece) }));
      const plane = region.height * region.width;
      values.set(await reading.values, (piece.channel - region.channel) * plane + (piece.y - region.y) * region.width);
    }
    return values;
  }

  time(request: RunRequest): Promise<Timing> {
    return this.#inTurn(() => this.#time(request, this.#device));
  }

  async peak(): Promise<Peak> {
    return (await this.instruments()).peak();
  }

  instruments(): Promise<Instruments> {
    this.#instruments ??= import('./instruments.ts').then(({ createInstruments }) =>
      createInstruments({
        gpu: this.#gpu,
        device: this.#device,
        isSoftware: this.description.isFallback,
        time: (record) => this.#inTurn(() => timeRuns(this.#device, this.#gpu.queue, this.#clock, record)),
      }),
    );
    // What could not be fetched now may come another time.
    this.#instruments.catch(() => {
      this.#instruments = null;
    });
    return this.#instruments;
  }

  /** One measurement at a time: the clock has one pair of queries and one buffer to read them from. */
  #inTurn<T>(measure: () => Promise<T>): Promise<T> {
    const measured = this.#timing.then(measure);
    this.#timing = measured.catch(() => undefined);
    return measured;
  }

  async #time(request: RunRequest, device: Device): Promise<Timing> {
    const shapes = await this.#shapesOf(request);
    this.#tuner?.apply(request.graph, shapes);
    // What is compiled for the first run is what all others run, whatever a tuner decides meanwhile.
    const own: Device = { ...device, choices: new Map(device.choices) };
    const record = (): void => {
      const { tensors } = runGraph(own, request, shapes, (id, content) => this.#newTensor(shapes[id]!, content));
      // What the stores have not left takes a pass.
      for (const id of request.statistics ?? []) if (tensors[id]) ensureStatistics(own, tensors[id], 1);
      for (const tensor of Object.values(tensors)) tensor.free();
    };
    // Once for the compiler, then for the clock.
    await this.#recorded(() => {
      record();
      this.#device.recorder.submit();
    });
    await this.#device.pool.settled();
    return timeRuns(this.#device, this.#gpu.queue, this.#clock, record);
  }

  async tuner(): Promise<Tuner> {
    const { createTuner } = await import('./tuning/tuner.ts');
    if (this.#tuner) return this.#tuner;
    const choices = new Map(this.#device.choices);
    this.#device.choices = choices;
    const bench = {
      device: this.#device,
      run: (request: RunRequest, device: Device) => this.#run(request, device),
      time: (request: RunRequest, device: Device) => this.#inTurn(() => this.#time(request, device)),
      read: (tensor: Tensor, region: Region) => this.read(tensor, region),
    };
    this.#tuner = createTuner(bench, choices);
    return this.#tuner;
  }

  surface(canvas: HTMLCanvasElement | OffscreenCanvas): Surface {
    // Whoever asks for a surface will look at maps: compile what that takes before the first scene comes.
    for (const program of [gatherProgram, ...Object.values(viewPrograms)]) {
      this.#device.pipelines.compile(program).catch((error) => this.#failures.report(error));
    }
    this.#paint.compile(this.#format).catch((error) => this.#failures.report(error));
    // Fetched ahead of the run that asks for it; a failure shows there.
    if (this.#device.traits.recordLanes) loadRecordText().catch(() => undefined);
    const surface = new CanvasSurface(
      {
        device: this.#device,
        gpu: this.#gpu,
        programs: this.#paint,
        format: this.#format,
        report: (error) => this.#failures.report(error),
        forget: (gone) => this.#surfaces.delete(gone),
      },
      canvas,
    );
    this.#surfaces.add(surface);
    return surface;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#failures.silence();
    for (const surface of [...this.#surfaces]) surface.destroy();
    this.#gpu.destroy();
  }

  #newTensor(shape: Shape, content: Content): DeviceTensor {
    this.#liveTensors++;
    return new DeviceTensor(this.#device.pool, shape, content, () => {
      this.#liveTensors--;
    });
  }

  #own(tensor: Tensor): DeviceTensor {
    if (!(tensor instanceof DeviceTensor)) throw new EngineError('internal', 'not a tensor of this engine');
    if (tensor.isFreed) throw new EngineError('internal', 'the tensor has been freed');
    return tensor;
  }

  /** Runs `record`, loading and compiling what it misses and starting over. What it records stands alone: nothing is awaited in between. */
  async #recorded<T>(record: () => T): Promise<T> {
    for (;;) {
      try {
        return record();
      } catch (error) {
        this.#device.recorder.discard();
        if (error instanceof NotLoaded) await error.load();
        else if (error instanceof NotCompiled) await this.#device.pipelines.compile(error.program);
        else throw error;
      }
    }
  }

  /** The shapes of all nodes, once the rules of the graph's operators are there. */
  async #shapesOf(request: RunRequest): Promise<Shapes> {
    const rules = loadRules(request.graph.nodes);
    if (rules) await this.#prepare(rules);
    const shapes = inferShapes(request.graph, inputShapes(request));
    if (!shapes.ok) throw new EngineError('internal', shapes.error.message);
    return shapes.value;
  }

  /** Waits for what a graph needs beyond Explore's operators. */
  async #prepare(rules: Promise<unknown>): Promise<void> {
    await rules;
    this.#device.passes ??= new (await import('./run/passPlans.ts')).PassPlans(this.#device.traits);
  }

  async #settled(tensors: readonly Tensor[]): Promise<void> {
    try {
      await this.#device.pool.settled();
    } catch (error) {
      for (const tensor of tensors) tensor.free();
      throw error;
    }
  }

  /** Settles when the device has finished what was submitted so far. */
  async #completion(programs: readonly string[], macs: number, failure: Promise<GPUError | null>): Promise<void> {
    const isAlone = this.#runsInFlight++ === 0;
    const start = performance.now();
    try {
      const [, error] = await Promise.all([this.#gpu.queue.onSubmittedWorkDone(), failure]);
      if (error) throw errorOf(error);
      const uncaptured = this.#failures.takeUncaptured();
      if (uncaptured) throw uncaptured;
      if (isAlone && this.#runsInFlight === 1)
        this.#device.pace.learn(programs, macs, (performance.now() - start) / 1000);
    } finally {
      this.#runsInFlight--;
    }
  }
}

function inputShapes({ inputs }: RunRequest): Record<NodeId, Shape> {
  return Object.fromEntries(Object.entries(inputs).map(([id, tensor]) => [id, tensor.shape]));
}
