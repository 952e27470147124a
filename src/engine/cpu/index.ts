/**
 * The CPU engine as its users see it: handles of tensors that live in a worker. Nothing is computed on this thread. Used where
 * there is no WebGPU, and everywhere the same, exact to float32 rounding.
 */
import { transfer } from 'comlink';
import type { Graph, NodeId, NodeParameters } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { type ChannelProducts, mismatch, type Sampling } from '../channelProducts.ts';
import {
  type ChannelStatistics,
  type Engine,
  EngineError,
  type MapMoments,
  type Region,
  type RunRequest,
  type RunResult,
  type Scene,
  type Surface,
  type Tensor,
  type Timing,
} from '../engine.ts';
import { type Connection, type ConnectionOptions, connect } from './connection.ts';
import { createParameterSender } from './parameterPost.ts';
import {
  attempt,
  type RunId,
  type ServiceCounters,
  type ServiceRun,
  type ServiceTile,
  type TensorId,
  unwrap,
} from './protocol.ts';
import type { MapFacts } from './statistics.ts';
import { createSurface, type Picture } from './surface.ts';

/** Bytes that the maps of one run may take; beyond it they are computed again where they are looked at. */
const defaultBudget = 512 * 2 ** 20;
/** More threads than this gain little: they share one memory bus. */
const mostThreads = 4;

export async function createCpuEngine(options: Partial<ConnectionOptions> = {}): Promise<Engine> {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const threads = options.threads ?? Math.max(1, Math.min(mostThreads, cores));
  return new CpuEngine(await connect({ threads, budget: options.budget ?? defaultBudget }));
}

function shapesOf(tensors: Readonly<Record<NodeId, Tensor>>): Record<NodeId, Shape> {
  return Object.fromEntries(Object.entries(tensors).map(([node, tensor]) => [node, tensor.shape]));
}

class CpuTensor implements Tensor {
  /** The owner, and the surfaces that still have to draw it. */
  #holders = 1;
  #isFreed = false;
  readonly #onLast: (tensor: CpuTensor) => void;

  constructor(
    readonly engine: CpuEngine,
    readonly id: TensorId,
    readonly shape: Shape,
    onLast: (tensor: CpuTensor) => void,
  ) {
    this.#onLast = onLast;
  }

  get isFreed(): boolean {
    return this.#isFreed;
  }

  free(): void {
    if (this.#isFreed) return;
    this.#isFreed = true;
    this.release();
  }

  hold(): void {
    this.#holders += 1;
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.#onLast(this);
  }
}

class CpuEngine implements Engine {
  readonly lost: Promise<EngineError>;
  readonly #connection: Connection;
  readonly #surfaces = new Set<Surface>();
  readonly #weights = createParameterSender<NodeParameters>();
  #liveTensors = 0;
  #isPrepared = false;
  #lastTensor: TensorId = 0;
  #lastRun: RunId = 0;
  #counters: ServiceCounters = { bytesAllocated: 0, allocations: 0, dispatches: 0 };

  constructor(connection: Connection) {
    this.#connection = connection;
    this.lost = connection.lost;
  }

  get description() {
    const { threads } = this.#connection;
    return {
      kind: 'cpu',
      device: threads === 1 ? '1 thread' : `${threads} threads`,
      isFallback: false,
      features: [],
    } as const;
  }

  get counters() {
    return { ...this.#counters, liveTensors: this.#liveTensors, compilations: 0 };
  }

  #newTensor(shape: Shape): CpuTensor {
    this.#liveTensors += 1;
    this.#lastTensor += 1;
    return new CpuTensor(this, this.#lastTensor, shape, (tensor) => {
      this.#liveTensors -= 1;
      this.#connection.tell((service) => service.free(tensor.id));
    });
  }

  #own(tensor: Tensor): CpuTensor {
    if (!(tensor instanceof CpuTensor) || tensor.engine !== this) {
      throw new EngineError('internal', 'The tensor belongs to another engine.');
    }
    if (tensor.isFreed) throw new EngineError('internal', 'The tensor has been freed.');
    return tensor;
  }

  async upload(values: Float32Array, shape: Shape): Promise<Tensor> {
    const expected = shape.reduce((product, size) => product * size, 1);
    if (values.length !== expected) {
      throw new EngineError('internal', `A tensor of ${expected} values cannot be made of ${values.length}.`, {
        expected,
        got: values.length,
      });
    }
    const tensor = this.#newTensor(shape);
    try {
      const copy = unwrap(await attempt(() => values.slice()));
      this.#counters = await this.#connection.call((service) =>
        service.upload(tensor.id, transfer(copy, [copy.buffer]), shape),
      );
      return tensor;
    } catch (error) {
      tensor.free();
      throw error;
    }
  }

  /** Waits for what a graph needs beyond Explore's operators, here and in the worker. */
  async #prepare(rules: Promise<unknown>, graph: Graph): Promise<void> {
    await rules;
    if (this.#isPrepared) return;
    await this.#connection.call((service) => service.prepare(graph));
    this.#isPrepared = true;
  }

  async run(request: RunRequest): Promise<RunResult> {
    const rules = loadRules(request.graph.nodes);
    if (rules) await this.#prepare(rules, request.graph);
    const shapes = inferShapes(request.graph, shapesOf(request.inputs));
    if (!shapes.ok) throw new EngineError('internal', shapes.error.message, shapes.error.values);
    const tensors: Record<NodeId, CpuTensor> = {};
    const outputs: Record<NodeId, TensorId> = {};
    for (const node of request.outputs) {
      const shape = shapes.value[node];
      if (!shape) throw new EngineError('internal', `The graph has no node '${node}'.`, { id: node });
      const tensor = this.#newTensor(shape);
      tensors[node] = tensor;
      outputs[node] = tensor.id;
    }
    this.#lastRun += 1;
    const run = this.#lastRun;
    try {
      const order = { ...this.#orderOf(request), outputs };
      const planned = this.#connection.call((service) => service.run(run, order));
      // Asked for at once, behind the run itself: a short run is done before an answer could have been answered.
      const completed = this.#connection
        .call((service) => service.finished(run))
        .then((counters) => {
          this.#counters = counters;
        });
      // The caller may look at `completed` late; its failure is not an unhandled one.
      completed.catch(() => undefined);
      const steps = await planned;
      return { tensors, programs: steps.flatMap(({ programs }) => programs), steps, completed };
    } catch (error) {
      this.#weights.startAgain();
      for (const tensor of Object.values(tensors)) tensor.free();
      throw error;
    }
  }

  #orderOf({ graph, inputs, parameters }: RunRequest): Omit<ServiceRun, 'outputs'> {
    const ids = Object.entries(inputs).map(([node, tensor]) => [node, this.#own(tensor).id] as const);
    const posted = Object.entries(parameters).map(([node, values]) => [node, this.#weights.post(values)] as const);
    return {
      graph,
      inputs: Object.fromEntries(ids),
      parameters: Object.fromEntries(posted),
      forget: this.#weights.forgotten(),
    };
  }

  async statistics(tensor: Tensor): Promise<readonly MapFacts[]> {
    const { id } = this.#own(tensor);
    return this.#connection.call((service) => service.statistics(id));
  }

  moments(tensor: Tensor): Promise<readonly MapMoments[]> {
    return this.statistics(tensor);
  }

  async channelStatistics(tensor: Tensor): Promise<readonly ChannelStatistics[]> {
    const { id } = this.#own(tensor);
    return this.#connection.call((service) => service.channelStatistics(id));
  }

  async channelProducts(a: Tensor, b: Tensor, sampling: Sampling): Promise<ChannelProducts> {
    const wrong = mismatch(a.shape, b.shape, sampling);
    if (wrong) throw new EngineError('internal', wrong);
    const [first, second] = [this.#own(a).id, this.#own(b).id];
    return this.#connection.call((service) => service.channelProducts(first, second, sampling));
  }

  async histogram(tensor: Tensor, channel: number, bins: number, lo: number, hi: number): Promise<Uint32Array> {
    const { id } = this.#own(tensor);
    return this.#connection.call((service) => service.histogram(id, channel, bins, lo, hi));
  }

  async read(tensor: Tensor, region: Region): Promise<Float32Array> {
    const { id, shape } = this.#own(tensor);
    const isInside =
      region.channel >= 0 &&
      region.channel + region.channels <= shape[1] &&
      region.y >= 0 &&
      region.y + region.height <= shape[2] &&
      region.x >= 0 &&
      region.x + region.width <= shape[3];
    if (!isInside) throw new EngineError('internal', 'The region does not lie inside the tensor.', { ...region });
    return this.#connection.call((service) => service.read(id, region));
  }

  async time(request: RunRequest): Promise<Timing> {
    const rules = loadRules(request.graph.nodes);
    if (rules) await this.#prepare(rules, request.graph);
    const order = { ...this.#orderOf(request), wanted: request.outputs };
    return this.#connection.call((service) => service.time(order));
  }

  async peak(): Promise<null> {
    return null;
  }

  async instruments(): Promise<null> {
    return null;
  }

  async tuner(): Promise<null> {
    return null;
  }

  surface(canvas: HTMLCanvasElement | OffscreenCanvas): Surface {
    const surface = createSurface(canvas, {
      hold: (scene) => this.#hold(scene),
      paint: (request) => this.#connection.call((service) => service.paint(request)),
    });
    this.#surfaces.add(surface);
    return {
      paint: (scene) => surface.paint(scene),
      destroy: () => {
        this.#surfaces.delete(surface);
        surface.destroy();
      },
    };
  }

  #hold(scene: Scene): { readonly picture: Picture; release(): void } {
    const tensors: CpuTensor[] = [];
    const tiles: ServiceTile[] = [];
    for (const tile of scene.tiles) {
      const tensor = this.#own(tile.tensor);
      tensor.hold();
      tensors.push(tensor);
      tiles.push({ ...tile, tensor: tensor.id, reveal: tile.reveal ?? null });
    }
    return {
      picture: { background: scene.background, colours: scene.colours, tiles },
      release: () => {
        for (const tensor of tensors) tensor.release();
      },
    };
  }

  destroy(): void {
    for (const surface of this.#surfaces) surface.destroy();
    this.#surfaces.clear();
    this.#connection.close();
  }
}
