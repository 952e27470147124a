/**
 * Runs a whole graph: follows its plan step by step, lets go of maps after their last reader, and leaves maps that are not kept to a
 * sweep. Statistics of tensors come from here too, since such maps have to be computed again for them.
 */
import { isHeld, type NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { EngineError, type RunRequest, type RunStep } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import { type Device, type Evaluated, NotLoaded, type Recipe, type Wanted } from '../evaluation.ts';
import type { MapArray } from '../maps/arrays.ts';
import { wholeBox } from '../maps/boxes.ts';
import { type Fusion, lastOf } from '../plan/fusion.ts';
import type { GraphPlan, Held } from '../plan/graphPlan.ts';
import { planLayer } from '../plan/layerPlan.ts';
import {
  countForPercentiles,
  recordExtremes,
  recordLayer,
  recordPercentiles,
  recordsBytes,
  type StatisticsLevel,
} from '../statistics/statistics.ts';
import { Evaluator } from './evaluator.ts';
import { recomputedMaps } from './loadRecomputed.ts';
import { type Content, DeviceTensor } from './tensors.ts';

export interface Outcome {
  readonly tensors: Record<NodeId, DeviceTensor>;
  readonly steps: readonly RunStep[];
  readonly macs: number;
}

/** Records everything that `request` asks for. Throws NotCompiled; then nothing is left behind but idle buffers. */
export function runGraph(
  device: Device,
  request: RunRequest,
  shapes: Shapes,
  newTensor: (id: NodeId, content: Content) => DeviceTensor,
): Outcome {
  const { graph, parameters, outputs, statistics = [], precision = 'exact' } = request;
  const plan = planOf(device, request, shapes);
  const known = new Map<NodeId, MapArray>();
  const repacked = new Map<NodeId, MapArray>();
  const tensors: Record<NodeId, DeviceTensor> = {};

  const inputs = new Map<NodeId, MapArray>();
  const evaluated = { graph, shapes, parameters, precision, fusions: plan.fusions };
  const recipe: Recipe = { ...evaluated, known, repacked, held: inputs };
  const evaluator = new Evaluator(device, recipe);
  const steps: RunStep[] = [];
  const recorded = new Map<NodeId, Buffer>();
  try {
    for (const [id, maps] of inputArrays(request)) {
      inputs.set(id, maps.retain());
      known.set(id, maps.retain());
    }
    let first = 0;
    for (const step of plan.steps) {
      switch (step.kind) {
        case 'compute': {
          const { fusion, places } = step;
          const id = lastOf(fusion);
          const wanted = { isDual: fusion.before !== null, places };
          const { maps, linear, records } = evaluateRecorded(evaluator, device, id, wanted, statistics.includes(id));
          known.set(id, maps);
          if (records) recorded.set(id, records);
          if (fusion.before !== null) known.set(fusion.before, linear ?? maps.retain());
          steps.push(runStepOf(fusion, evaluator.programs.slice(first)));
          first = evaluator.programs.length;
          break;
        }
        case 'repack': {
          const { node, layout } = step.held;
          repacked.set(node, evaluator.repack(node, layout, step.places[0]!));
          break;
        }
        case 'same':
          known.set(step.node, known.get(step.of)!.retain());
          steps.push({ node: step.node, fused: [], programs: [] });
          break;
        default:
          step satisfies never;
      }
      for (const held of step.dead) drop(known, repacked, held);
    }
    const sweeper = new Evaluator(device, { ...recipe, known: inputs, repacked: new Map(), held: null });
    for (const id of outputs) {
      const maps = known.get(id);
      if (!maps) continue;
      const tensor = newTensor(id, { kind: 'stored', maps: maps.retain() });
      tensors[id] = tensor;
      const records = recorded.get(id);
      if (!records) continue;
      recordLayer(device, records, tensor.shape[1]);
      recorded.delete(id);
      tensor.records = records;
      tensor.level = 1;
    }
    for (const id of outputs) {
      if (tensors[id]) continue;
      // A convolution and its activation, both wanted, are swept together.
      const pair = [...plan.fusions.values()].find(({ before, residual }) => before === id && residual === null);
      const last = pair && outputs.includes(lastOf(pair)) && !tensors[lastOf(pair)] ? lastOf(pair) : null;
      const ran = sweeper.programs.length;
      const [first, second] = recomputedMaps().sweepPreviews(
        device,
        sweeper,
        last ?? id,
        last === null ? null : id,
        newTensor,
      );
      if (last !== null) tensors[last] = first!;
      tensors[id] = (last === null ? first : second)!;
      // A sweep runs the same programs for every band.
      const programs = [...new Set(sweeper.programs.slice(ran))];
      const fusion = plan.fusions.get(last ?? id);
      steps.push(fusion ? runStepOf(fusion, programs) : { node: id, fused: [], programs });
    }
    return { tensors, steps, macs: evaluator.macs + sweeper.macs };
  } catch (error) {
    for (const tensor of Object.values(tensors)) tensor.free();
    throw error;
  } finally {
    evaluator.release();
    for (const maps of [...inputs.values(), ...known.values(), ...repacked.values()]) maps.release();
    for (const records of recorded.values()) device.pool.give(records);
  }
}

/** The whole maps of a node, with their records where they are wanted and the program that stores the maps can leave them. */
function evaluateRecorded(
  evaluator: Evaluator,
  { pool, traits }: Device,
  id: NodeId,
  wanted: Wanted,
  isRecorded: boolean,
): Evaluated & { readonly records: Buffer | null } {
  const shape = evaluator.shape(id);
  const buffer = isRecorded && traits.recordLanes ? pool.take(recordsBytes(shape[1]), 'storage') : null;
  let records: Buffer | null = null;
  try {
    const evaluated = evaluator.evaluate(id, wholeBox(shape), {
      ...wanted,
      ...(buffer ? { records: { buffer, accumulate: false } } : {}),
    });
    if (evaluated.isRecorded) records = buffer;
    return { ...evaluated, records };
  } finally {
    if (buffer && !records) pool.give(buffer);
  }
}

/** A layer needs no planner of graphs; it is loaded with the first graph that is more. */
function planOf(device: Device, { graph, outputs, parameters }: RunRequest, shapes: Shapes): GraphPlan {
  const layer = planLayer(device, graph, outputs, shapes);
  if (layer) return layer;
  const held = new Set(Object.keys(parameters).filter((id) => isHeld(parameters[id]!)));
  if (device.planRun) return device.planRun(device, graph, outputs, shapes, held);
  throw new NotLoaded(async () => {
    device.planRun = (await import('../plan/planRun.ts')).planRun;
  });
}

function runStepOf({ head, joined }: Fusion, programs: readonly string[]): RunStep {
  return { node: head.id, fused: joined, programs };
}

/** Lets go of maps that are read no more, under all their names. */
function drop(known: Map<NodeId, MapArray>, repacked: Map<NodeId, MapArray>, { node, layout }: Held): void {
  const gone = [known.get(node), repacked.get(node)].find((maps) => maps?.shape.layout === layout);
  for (const named of [known, repacked]) {
    for (const [id, maps] of named) {
      if (maps !== gone) continue;
      named.delete(id);
      maps.release();
    }
  }
}

function* inputArrays({ graph, inputs }: RunRequest): Generator<readonly [NodeId, MapArray]> {
  for (const { id, operator } of graph.nodes) {
    if (operator.kind !== 'input') continue;
    const tensor = inputs[id];
    if (!(tensor instanceof DeviceTensor))
      throw new EngineError('internal', `input '${id}' is not a tensor of this engine`);
    if (tensor.isFreed) throw new EngineError('internal', `the tensor of input '${id}' has been freed`);
    if (tensor.content.kind !== 'stored') {
      throw new EngineError('too-large', `the tensor of input '${id}' is too large to be read by a graph`);
    }
    yield [id, tensor.content.maps];
  }
}

/** Makes the tensor's records hold at least `level`. */
export function ensureStatistics(device: Device, tensor: DeviceTensor, level: StatisticsLevel): void {
  const before = tensor.level;
  if (before >= level) return;
  try {
    recordStatistics(device, tensor, level);
  } catch (error) {
    // What was recorded is dropped with it.
    tensor.level = before;
    throw error;
  }
}

function recordStatistics(device: Device, tensor: DeviceTensor, level: StatisticsLevel): void {
  const { content } = tensor;
  const channels = tensor.shape[1];
  const records = tensor.records ?? device.pool.take(recordsBytes(channels), 'storage');
  tensor.records = records;
  if (tensor.level < 1 && content.kind === 'stored') {
    recordExtremes(device, content.maps, records, false);
    recordLayer(device, records, channels);
    tensor.level = 1;
  }
  if (tensor.level < level) {
    recordPercentiles(device, records, channels, (counts) => {
      if (content.kind === 'stored') countForPercentiles(device, content.maps, records, counts);
      else {
        recomputedMaps().sweep(device, content.recipe, content.node, wholeBox(tensor.shape), 1, (maps) =>
          countForPercentiles(device, maps, records, counts),
        );
      }
    });
    tensor.level = 2;
  }
}
