/**
 * The CPU engine where its work is done: in a worker, or in the same thread (Node). Runs are done one after another in small
 * tasks; between tasks questions about finished maps are answered. A run whose tensors have all been freed is given up.
 */

import { isHeld, type NodeId, type NodeParameters, type RunParameters } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Operator } from '../../operators/index.ts';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { EngineError } from '../engine.ts';
import { applyActivation, type ConvSource } from './convTask.ts';
import { createDrawnValues } from './drawnValues.ts';
import { type GivenParameters, givenParameters } from './heldValues.ts';
import { convolveInto, type Maps, mapsBox, newMaps, readBox, release } from './maps.ts';
import { createMemory } from './memory.ts';
import { createParameterReceiver } from './parameterPost.ts';
import { createPartCache, paintPicture } from './picture.ts';
import { bytesOf, planRun, readsOf, runStepOf, type Step } from './plan.ts';
import { attempt, type CpuService, type RunId, type ServiceRun, type TensorId } from './protocol.ts';
import { histogramOf } from './statistics.ts';
import { summarise } from './summary.ts';
import type { Pause, Threads } from './threads.ts';
import { valuesOfPart, weightParts } from './weightParts.ts';

interface ServiceOptions {
  readonly threads: Threads;
  readonly pause: Pause;
  /** Bytes that the kept outputs of one run may take. */
  readonly budget: number;
}

/** A run that has been planned: its steps, and the maps that stand under each node's name. */
interface Job {
  readonly steps: readonly Step[];
  readonly inputsReady: Promise<unknown>;
  readonly maps: Map<NodeId, Maps>;
  readonly parameters: RunParameters;
  readonly operators: ReadonlyMap<NodeId, Operator>;
}

type ConvInput = Pick<ConvSource, 'values' | 'shape'>;

/** Values of a described map that a surface has shown are kept up to this many. */
const partValues = 16 << 20;
const timedFor = 10;
const neverUnwanted = () => false;

export function createCpuService({ threads, pause, budget }: ServiceOptions): CpuService {
  const memory = createMemory(budget / 4);
  const parts = createPartCache(partValues);
  const valuesOf = createDrawnValues();
  const weights = createParameterReceiver<NodeParameters>();
  const tensors = new Map<TensorId, Maps>();
  const finished = new Map<RunId, Promise<void>>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let dispatches = 0;

  const counters = () => ({ bytesAllocated: memory.bytes, allocations: memory.allocations, dispatches });
  const drop = (maps: Maps) => release(maps, memory.giveBack);

  function find(tensor: TensorId): Maps {
    const maps = tensors.get(tensor);
    if (!maps) throw new EngineError('internal', 'The tensor has been freed, or belongs to another engine.');
    return maps;
  }

  /** Holds the maps of `tensor` while `use` reads them. */
  async function withMaps<T>(tensor: TensorId, use: (maps: Maps) => T | Promise<T>): Promise<T> {
    const maps = find(tensor);
    maps.owners += 1;
    try {
      await maps.ready;
      return await use(maps);
    } finally {
      drop(maps);
    }
  }

  /** Does `work` when all earlier work of this kind is done. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1;
    const result = last.then(() => {
      waiting -= 1;
      return work();
    });
    last = result.catch(() => undefined);
    return result;
  }

  /** Takes the weights that came with a request; what it forgets it may still have used itself. */
  function receive({ parameters, forget }: Omit<ServiceRun, 'outputs'>): RunParameters {
    const taken = Object.entries(parameters).map(([node, posted]) => [node, weights.take(posted)] as const);
    weights.forget(forget);
    return Object.fromEntries(taken);
  }

  function plan(request: Omit<ServiceRun, 'outputs'>, parameters: RunParameters, wanted: readonly NodeId[]): Job {
    const { graph, inputs } = request;
    const given = Object.entries(inputs).map(([node, tensor]) => [node, find(tensor)] as const);
    const shapes = inferShapes(graph, Object.fromEntries(given.map(([node, maps]) => [node, maps.shape])));
    if (!shapes.ok) throw new EngineError('internal', shapes.error.message, shapes.error.values);
    const steps = planRun(graph, shapes.value, wanted, budget);
    const maps = new Map<NodeId, Maps>();
    for (const [node, input] of given) {
      input.owners += 1;
      maps.set(node, input);
    }
    const inputsReady = Promise.all(given.map(([, input]) => input.ready));
    inputsReady.catch(() => undefined);
    const operators = new Map(graph.nodes.map(({ id, operator }) => [id, operator]));
    const job = { steps, inputsReady, maps, parameters, operators };
    try {
      for (const step of steps) {
        const reads = maps.get(step.reads);
        if (!reads)
          throw new EngineError('internal', `Nothing is given for input '${step.reads}'.`, { id: step.reads });
        maps.set(step.node, mapsFor(step, reads, parameters, shapes.value, wanted));
      }
    } catch (error) {
      // Out of memory half way: what was taken goes back.
      end(job);
      throw error;
    }
    return job;
  }

  function mapsFor(
    step: Step,
    reads: Maps,
    parameters: RunParameters,
    shapes: Shapes,
    wanted: readonly NodeId[],
  ): Maps {
    if (step.kind === 'same') {
      reads.owners += 1;
      return reads;
    }
    const shape: Shape = shapes[step.node]!;
    // What is only passed through gets its memory when its turn comes.
    if (step.isKept) return newMaps(shape, wanted.includes(step.node) ? memory.take(bytesOf(shape) / 4) : null, null);
    const conv = step.kind === 'convolve' ? step.conv : null;
    const own = step.kind === 'convolve' ? parameters[step.convNode] : undefined;
    if (own && isHeld(own))
      throw new EngineError('too-large', 'Maps too large to keep cannot have weights that the engine holds.');
    const values = conv && own ? () => valuesOf(conv, own) : null;
    return newMaps(shape, null, { conv, parameters: values, activations: step.activations, reads });
  }

  async function execute(job: Job, isUnwanted: () => boolean): Promise<void> {
    await job.inputsReady;
    const parameters = await givenParameters(job, async (id) => {
      const tensor = job.maps.get(id);
      return tensor ? (await wholeOf(tensor)).values : null;
    });
    for (const [index, step] of job.steps.entries()) {
      if (index > 0) await pause();
      if (isUnwanted()) return;
      await executeStep(step, job, parameters, isUnwanted);
      const later = job.steps.slice(index + 1);
      for (const [node, maps] of job.maps) {
        if (later.some((other) => readsOf(other).includes(node) || other.node === node)) continue;
        job.maps.delete(node);
        drop(maps);
      }
    }
  }

  async function executeStep(
    step: Step,
    job: Job,
    parameters: GivenParameters,
    isUnwanted: () => boolean,
  ): Promise<void> {
    if (step.kind === 'same') return;
    const maps = job.maps.get(step.node)!;
    const reads = job.maps.get(step.reads)!;
    dispatches += 1;
    if (!step.isKept) {
      await summarise(maps, threads, pause, isUnwanted);
      return;
    }
    maps.values ??= memory.take(bytesOf(step.shape) / 4);
    if (step.kind === 'convolve') await convolveAll(step, maps.values, await wholeOf(reads), parameters, isUnwanted);
    else if (step.kind === 'compute') await computeWhole(step, maps.values, job, parameters, isUnwanted);
    else await activateAll(step, maps.values, reads, isUnwanted);
  }

  /** The values of maps that a convolution reads; described ones are computed for the while. */
  async function wholeOf(maps: Maps): Promise<ConvInput> {
    if (maps.values) return { values: maps.values, shape: maps.shape };
    const values = memory.take(bytesOf(maps.shape) / 4);
    const perImage = values.length / maps.shape[0];
    for (let n = 0; n < maps.shape[0]; n += 1) {
      values.set(await readBox(maps, mapsBox(maps.shape, 0, maps.shape[1], n), threads, neverUnwanted), n * perImage);
    }
    return { values, shape: maps.shape };
  }

  async function convolveAll(
    step: Extract<Step, { kind: 'convolve' }>,
    out: Float32Array,
    input: ConvInput,
    given: GivenParameters,
    isUnwanted: () => boolean,
  ): Promise<void> {
    const own = given[step.convNode];
    if (!own) throw new EngineError('internal', `Node '${step.convNode}' has no weights.`, { id: step.convNode });
    const [images, , height, width] = step.shape;
    const perImage = out.length / images;
    const plane = height * width;
    for (const part of weightParts(step.conv)) {
      const { conv, from, to } = part;
      if (from > 0) await pause();
      if (isUnwanted()) return;
      const parameters = await valuesOfPart(step.conv, part, own, valuesOf);
      for (let n = 0; n < images && !isUnwanted(); n += 1) {
        const box = mapsBox(step.shape, 0, to - from, n);
        const maps = out.subarray(n * perImage + from * plane, n * perImage + to * plane);
        await convolveInto(
          { conv, parameters, ...input, size: [height, width] },
          step.activations,
          box,
          maps,
          box,
          threads,
          isUnwanted,
        );
      }
    }
  }

  /** What can be said as convolutions, by all threads; any other operator in one piece on this one. */
  async function computeWhole(
    step: Extract<Step, { kind: 'compute' }>,
    out: Float32Array,
    job: Job,
    given: GivenParameters,
    isUnwanted: () => boolean,
  ): Promise<void> {
    const inputs = await Promise.all(step.inputs.map((id) => wholeOf(job.maps.get(id)!)));
    const { operator, id } = step.head;
    const own = given[id];
    const parameters = own ? await valuesOf(operator, own) : null;
    const { activations, shape } = step;
    if (operator.kind === 'conv_transpose2d' && parameters) {
      const { transposeInto } = await import('./transposed.ts');
      await transposeInto(
        { conv: operator, parameters, input: inputs[0]!, activations, out, shape },
        threads,
        isUnwanted,
      );
      return;
    }
    if (operator.kind === 'deform_conv2d' && parameters) {
      const { deformInto } = await import('./deformed.ts');
      const [x, offset, mask = null] = inputs;
      const read = { x: x!, offset: offset!, mask };
      await deformInto({ conv: operator, parameters, inputs: read, activations, out, shape }, threads, isUnwanted);
      return;
    }
    if (operator.kind === 'weight_gradient') {
      const { differentiateInto } = await import('./weightGradient.ts');
      const [x, gy] = inputs;
      await differentiateInto({ operator, x: x!, gy: gy!, out }, threads, isUnwanted);
    } else {
      const { values } = arithmeticOf(operator).compute(operator, inputs, parameters);
      out.set(values);
    }
    for (const name of step.activations) applyActivation(name, out);
  }

  async function activateAll(
    step: Step & { kind: 'activate' },
    out: Float32Array,
    reads: Maps,
    isUnwanted: () => boolean,
  ): Promise<void> {
    const [images, channels, height, width] = step.shape;
    const plane = height * width;
    for (let map = 0; map < images * channels && !isUnwanted(); map += 1) {
      const c = map % channels;
      const values = await readBox(
        reads,
        mapsBox(step.shape, c, c + 1, Math.floor(map / channels)),
        threads,
        isUnwanted,
      );
      for (const name of step.activations) applyActivation(name, values);
      out.set(values, map * plane);
      if (plane > 1 << 14) await pause();
    }
  }

  function end(job: Job): void {
    for (const maps of job.maps.values()) drop(maps);
    job.maps.clear();
  }

  return {
    upload: (tensor, values, shape) =>
      attempt(() => {
        tensors.set(tensor, newMaps(shape, values as Float32Array<ArrayBuffer>, null));
        return counters();
      }),

    prepare: (graph) =>
      attempt(async () => {
        await loadRules(graph.nodes);
        return null;
      }),

    run: (run, request) =>
      attempt(() => {
        const wanted = Object.keys(request.outputs);
        const job = plan(request, receive(request), wanted);
        const ids = Object.values(request.outputs);
        const isUnwanted = () => !ids.some((id) => tensors.has(id));
        const outputs = wanted.map((node) => job.maps.get(node)!);
        for (const [index, maps] of outputs.entries()) {
          maps.owners += 1;
          tensors.set(ids[index]!, maps);
        }
        const done = enqueue(() => execute(job, isUnwanted).finally(() => end(job)));
        done.catch(() => undefined);
        const given = new Set(Object.values(request.inputs).map(find));
        for (const maps of outputs) if (!given.has(maps)) maps.ready = done;
        finished.set(run, done);
        return job.steps.map(runStepOf);
      }),

    finished: (run) =>
      attempt(async () => {
        const done = finished.get(run);
        finished.delete(run);
        await done;
        return counters();
      }),

    statistics: (tensor) => attempt(() => withMaps(tensor, (maps) => summarise(maps, threads, pause, neverUnwanted))),

    channelStatistics: (tensor) =>
      attempt(async () => {
        const { statisticsOfChannels } = await import('./channels.ts');
        return withMaps(tensor, (maps) => statisticsOfChannels({ maps, threads, pause }));
      }),

    channelProducts: (a, b, sampling) =>
      attempt(async () => {
        const { productsOfChannels } = await import('./channels.ts');
        return withMaps(a, (first) =>
          withMaps(b, (second) => productsOfChannels(first, second, { ...sampling, threads, pause })),
        );
      }),

    histogram: (tensor, channel, bins, lo, hi) =>
      attempt(() =>
        withMaps(tensor, async (maps) => {
          const values = await readBox(maps, mapsBox(maps.shape, channel, channel + 1), threads, neverUnwanted);
          return histogramOf(values, 0, values.length, bins, lo, hi);
        }),
      ),

    read: (tensor, { channel, channels, y, x, height, width }) =>
      attempt(() =>
        withMaps(tensor, (maps) => {
          const box = { n: 0, c0: channel, c1: channel + channels, y0: y, y1: y + height, x0: x, x1: x + width };
          return readBox(maps, box, threads, neverUnwanted);
        }),
      ),

    time: (request) =>
      attempt(() => {
        const parameters = receive(request);
        return enqueue(async () => {
          let runs = 0;
          let ms = 0;
          do {
            const job = plan(request, parameters, request.wanted);
            const start = performance.now();
            // Somebody waits for new maps: they go before a measurement.
            await execute(job, () => waiting > 0).finally(() => end(job));
            ms += performance.now() - start;
            runs += 1;
            if (waiting > 0) throw new EngineError('internal', 'The measurement was given up for a newer run.');
          } while (ms < timedFor);
          return { ms: ms / runs, method: 'wall' as const, runs };
        });
      }),

    paint: (request) =>
      attempt(async () => {
        const held = request.tiles.map((tile) => find(tile.tensor));
        for (const maps of held) maps.owners += 1;
        try {
          return await paintPicture(request, { threads, pause, parts, find: (tile) => find(tile.tensor) });
        } finally {
          for (const maps of held) drop(maps);
        }
      }),

    async free(tensor) {
      const maps = tensors.get(tensor);
      if (!maps) return;
      tensors.delete(tensor);
      drop(maps);
    },
  };
}
