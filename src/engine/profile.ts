/**
 * What each operator of a run takes, on the device that runs it: the programs and what joined them, measured one after another, each
 * reading the maps that those before it left. Work is what the operator's definition asks for (multiply-adds), traffic the least
 * that any program must move: inputs, outputs and weights once, in float32. Both are the same whatever program runs, so that rates
 * of two programs, and of a program and the device's peak, can be compared.
 */
import type { Graph, GraphNode, NodeId } from '../graph/graph.ts';
import { inferShapes, type Shapes } from '../graph/infer.ts';
import { rulesOf } from '../operators/index.ts';
import { loadRules } from '../operators/loadRules.ts';
import type { Shape } from '../operators/operator.ts';
import {
  type Engine,
  EngineError,
  type Peak,
  type RunRequest,
  type RunStep,
  type Tensor,
  type Timing,
} from './engine.ts';

export interface OperatorProfile extends RunStep {
  readonly operator: GraphNode['operator'];
  /** Of the last of its nodes. */
  readonly shape: Shape;
  readonly macs: number;
  /** The least traffic. */
  readonly bytes: number;
  /** Bytes of its output in float32. */
  readonly outputBytes: number;
  /** Null where nothing runs (the maps are the input's), or where its input was too large to be kept. */
  readonly timing: Timing | null;
  /** Of all its programs; null where the engine compiles none. */
  readonly compileMs: number | null;
}

export interface Profile {
  readonly operators: readonly OperatorProfile[];
  /** Of all operators in one run. */
  readonly whole: Timing;
  readonly peak: Peak | null;
  readonly limits: Readonly<Record<string, number>>;
  /** Bytes in use with the run's maps, lying ready, and allowed; `inUse` alone where the engine has no pool. */
  readonly memory: { readonly inUse: number; readonly idle: number | null; readonly budget: number | null };
}

/** What a program reaches while it runs. */
export interface Rates {
  /** Floating-point operations per second, in billions: two for a multiply-add. */
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
  /** Operations per byte of the least traffic. */
  readonly intensity: number;
  /** Share of the time that the device's peak would allow: of multiply-adds or of memory, whichever is the tighter. Null without a peak. */
  readonly share: number | null;
  /** Which of the two that is. */
  readonly boundBy: 'arithmetic' | 'memory' | null;
}

/** Null where nothing was measured. */
export function ratesOf(
  { macs, bytes, timing }: Pick<OperatorProfile, 'macs' | 'bytes' | 'timing'>,
  peak: Peak | null,
): Rates | null {
  if (!timing) return null;
  const perSecond = 1e-6 / timing.ms;
  const rates = {
    gflops: 2 * macs * perSecond,
    gigabytesPerSecond: bytes * perSecond,
    intensity: (2 * macs) / bytes,
  };
  if (!peak) return { ...rates, share: null, boundBy: null };
  const [ofArithmetic, ofMemory] = [rates.gflops / peak.gflops, rates.gigabytesPerSecond / peak.gigabytesPerSecond];
  return ofArithmetic > ofMemory
    ? { ...rates, share: ofArithmetic, boundBy: 'arithmetic' }
    : { ...rates, share: ofMemory, boundBy: 'memory' };
}

/** `onProgress` hears the share done, 0..1. An aborted profile rejects with the signal's reason, a failing engine with EngineError. */
export async function profileRun(
  engine: Engine,
  request: RunRequest,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Profile> {
  signal.throwIfAborted();
  await loadRules(request.graph.nodes);
  const shapes = shapesOf(request);
  const instruments = await engine.instruments();
  const { steps, memory } = await runOnce(engine, request);
  const peak = await peakOf(engine);
  signal.throwIfAborted();
  const available = new Map<NodeId, Tensor>(Object.entries(request.inputs));
  const own: Tensor[] = [];
  const operators: OperatorProfile[] = [];
  try {
    for (const [at, step] of steps.entries()) {
      onProgress((at + 1) / (steps.length + 2));
      const part = partOf(request, step, available, steps.slice(at + 1));
      const made = part && (await measureStep(engine, part, step.programs.length > 0));
      for (const [id, tensor] of Object.entries(made?.tensors ?? {})) {
        available.set(id, tensor);
        own.push(tensor);
      }
      operators.push({
        ...step,
        ...costOfStep(request.graph, shapes, step),
        timing: made?.timing ?? null,
        compileMs: sumOf([...new Set(step.programs)].map((label) => instruments?.compileMs(label) ?? null)),
      });
      signal.throwIfAborted();
    }
  } finally {
    for (const tensor of own) tensor.free();
  }
  onProgress((steps.length + 1) / (steps.length + 2));
  const whole = await fastest(() => engine.time(request));
  return { operators, whole, peak, limits: instruments?.limits ?? {}, memory };
}

function shapesOf({ graph, inputs }: RunRequest): Shapes {
  const given = Object.fromEntries(Object.entries(inputs).map(([id, { shape }]) => [id, shape]));
  const shapes = inferShapes(graph, given);
  if (!shapes.ok) throw new EngineError('internal', shapes.error.message, shapes.error.values);
  return shapes.value;
}

/** The steps of the run, and the memory while its maps are held. */
async function runOnce(
  engine: Engine,
  request: RunRequest,
): Promise<Pick<Profile, 'memory'> & { readonly steps: readonly RunStep[] }> {
  const { steps, tensors, completed } = await engine.run(request);
  try {
    await completed;
    const told = (await engine.instruments())?.memory();
    return { steps, memory: told ?? { inUse: engine.counters.bytesAllocated, idle: null, budget: null } };
  } finally {
    for (const tensor of Object.values(tensors)) tensor.free();
  }
}

/** A device without room for a copy that no cache holds has no peak to compare with; all else can be said. */
async function peakOf(engine: Engine): Promise<Peak | null> {
  try {
    return await engine.peak();
  } catch (error) {
    if (error instanceof EngineError && (error.code === 'out-of-memory' || error.code === 'too-large')) return null;
    throw error;
  }
}

/** The nodes of a step, in order; the last one's maps are its output. */
function nodesOf({ nodes }: Graph, { node, fused }: RunStep): readonly GraphNode[] {
  const ids = new Set([node, ...fused]);
  return nodes.filter(({ id }) => ids.has(id));
}

/** The nodes that a step reads and does not compute. */
function readsOf(nodes: readonly GraphNode[]): readonly NodeId[] {
  const own = new Set(nodes.map(({ id }) => id));
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((id) => !own.has(id));
}

/** A graph of nodes alone, reading given maps. Null where some of those are missing. */
function aloneIn(
  { graph, parameters, precision = 'exact' }: RunRequest,
  nodes: readonly GraphNode[],
  maps: ReadonlyMap<NodeId, Tensor>,
  outputs: readonly NodeId[],
): RunRequest | null {
  const reads = readsOf(nodes);
  const inputs: Record<NodeId, Tensor> = {};
  for (const id of reads) {
    const tensor = maps.get(id);
    if (!tensor) return null;
    inputs[id] = tensor;
  }
  const given = reads.map((id): GraphNode => {
    const [, channels] = inputs[id]!.shape;
    return { id, operator: { kind: 'input', channels }, inputs: [] };
  });
  // Nodes after all that they read.
  const order = new Map(graph.nodes.map(({ id }, at) => [id, at]));
  given.sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return { graph: { nodes: [...given, ...nodes] }, parameters, inputs, outputs, precision };
}

function partOf(
  request: RunRequest,
  step: RunStep,
  available: ReadonlyMap<NodeId, Tensor>,
  later: readonly RunStep[],
): RunRequest | null {
  const nodes = nodesOf(request.graph, step);
  const readLater = new Set(later.flatMap((each) => readsOf(nodesOf(request.graph, each))));
  const last = nodes.at(-1)!.id;
  const outputs = nodes.map(({ id }) => id).filter((id) => id === last || readLater.has(id));
  return aloneIn(request, nodes, available, outputs);
}

/** Null where an input, or what would have to be kept of it, is too large: all else of the profile stands. */
async function measureStep(
  engine: Engine,
  part: RunRequest,
  hasPrograms: boolean,
): Promise<{ readonly timing: Timing | null; readonly tensors: Readonly<Record<NodeId, Tensor>> } | null> {
  try {
    const timing = hasPrograms ? await fastest(() => engine.time(part)) : null;
    const { tensors, completed } = await engine.run(part);
    try {
      await completed;
    } catch (error) {
      for (const tensor of Object.values(tensors)) tensor.free();
      throw error;
    }
    return { timing, tensors };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'too-large') return null;
    throw error;
  }
}

const mostAttempts = 5;

/** A measurement gives way to other work: it is tried again. */
async function patiently(time: () => Promise<Timing>, attempt = 1): Promise<Timing> {
  try {
    return await time();
  } catch (error) {
    const isGivenUp = error instanceof EngineError && error.code === 'internal' && attempt < mostAttempts;
    if (!isGivenUp) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return patiently(time, attempt + 1);
  }
}

const repetitions = 3;
const enoughMs = 400;

/** The fastest of a few measurements, and of one where that takes long: whatever else the device does makes a run slower. */
async function fastest(time: () => Promise<Timing>): Promise<Timing> {
  const start = performance.now();
  let best = await patiently(time);
  for (let i = 1; i < repetitions && performance.now() - start < enoughMs; i++) {
    const next = await patiently(time);
    if (next.ms < best.ms) best = next;
  }
  return best;
}

function costOfStep(graph: Graph, shapes: Shapes, step: RunStep) {
  const nodes = nodesOf(graph, step);
  const last = nodes.at(-1)!;
  const sizeOf = (id: NodeId): number => shapes[id]!.reduce((product, side) => product * side, 1);
  const costs = nodes.map(({ operator, inputs }) =>
    rulesOf(operator).cost(
      operator,
      inputs.map((id) => shapes[id]!),
    ),
  );
  const parameters = costs.reduce((sum, cost) => sum + cost.parameters, 0);
  const read = readsOf(nodes).reduce((sum, id) => sum + sizeOf(id), 0);
  const outputBytes = 4 * sizeOf(last.id);
  return {
    operator: graph.nodes.find(({ id }) => id === step.node)!.operator,
    shape: shapes[last.id]!,
    macs: costs.reduce((sum, { macs }) => sum + macs, 0),
    bytes: 4 * (read + parameters) + outputBytes,
    outputBytes,
  };
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}
