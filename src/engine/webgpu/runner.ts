/**
 * Runs a whole graph: decides which maps are kept, evaluates those in order, and leaves the others to a sweep. Statistics of
 * tensors come from here too, since maps that are not kept have to be computed again for them.
 */
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { bytesOf } from '../../operators/programs/layout.ts';
import { EngineError, type RunRequest, type RunStep } from '../engine.ts';
import { fitsBindings, type MapArray } from './arrays.ts';
import { wholeBox } from './boxes.ts';
import { type Device, Evaluator, type Recipe } from './evaluator.ts';
import {
  countForPercentiles,
  recordExtremes,
  recordLayer,
  recordPercentiles,
  recordsBytes,
  type StatisticsLevel,
} from './statistics.ts';
import { sweep, sweepPreviews } from './sweep.ts';
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
  const { graph, parameters, outputs } = request;
  const known = new Map<NodeId, MapArray>();
  const tensors: Record<NodeId, DeviceTensor> = {};
  const recipe: Recipe = { graph, shapes, parameters, known };
  const evaluator = new Evaluator(device, recipe);
  const steps: RunStep[] = [];
  try {
    for (const [id, maps] of inputArrays(request)) known.set(id, maps.retain());
    const inputs = new Map(known);
    for (const node of neededNodes(request)) {
      if (known.has(node.id)) continue;
      const fused = fusedActivation(request, node);
      if (fused !== null && !outputs.includes(node.id)) continue;
      const shape = shapes[node.id]!;
      if (!canKeep(device, shape, fused === null ? 1 : 2)) continue;
      const first = evaluator.programs.length;
      if (fused === null) {
        known.set(node.id, evaluator.evaluate(node.id, wholeBox(shape)).maps);
      } else {
        const { maps, linear } = evaluator.evaluate(fused, wholeBox(shape), true);
        known.set(fused, maps);
        known.set(node.id, linear ?? maps.retain());
      }
      const before = fused === null ? fusedInto(request, node) : node.id;
      const step = before === null ? { node: node.id, fused: [] } : { node: before, fused: [fused ?? node.id] };
      steps.push({ ...step, programs: evaluator.programs.slice(first) });
    }
    const sweeper = new Evaluator(device, { ...recipe, known: inputs });
    for (const id of outputs) {
      const maps = known.get(id);
      if (maps) tensors[id] = newTensor(id, { kind: 'stored', maps: maps.retain() });
    }
    for (const id of outputs) {
      if (tensors[id]) continue;
      // A convolution and its activation, both wanted, are swept together.
      const fused = fusedActivation(request, evaluator.node(id));
      const isPair = fused !== null && outputs.includes(fused) && !tensors[fused];
      const ran = sweeper.programs.length;
      const [first, second] = sweepPreviews(device, sweeper, isPair ? fused : id, isPair ? id : null, newTensor);
      if (isPair) tensors[fused] = first!;
      tensors[id] = (isPair ? second : first)!;
      // A sweep runs the same programs for every band.
      const programs = [...new Set(sweeper.programs.slice(ran))];
      const before = isPair ? id : fusedInto(request, evaluator.node(id));
      steps.push({ node: before ?? id, fused: isPair ? [fused] : before === null ? [] : [id], programs });
    }
    return { tensors, steps, macs: evaluator.macs + sweeper.macs };
  } catch (error) {
    for (const tensor of Object.values(tensors)) tensor.free();
    throw error;
  } finally {
    for (const maps of known.values()) maps.release();
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

/** The nodes that the outputs depend on, in graph order. */
function neededNodes({ graph, outputs }: RunRequest): readonly GraphNode[] {
  const needed = new Set<NodeId>(outputs);
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  }
  return graph.nodes.filter(({ id }) => needed.has(id));
}

/** The activation that computes this convolution in its own program: its only reader. */
function fusedActivation(request: RunRequest, node: GraphNode): NodeId | null {
  if (node.operator.kind !== 'conv2d') return null;
  const readers = neededNodes(request).filter(({ inputs }) => inputs.includes(node.id));
  const [reader] = readers;
  return readers.length === 1 && reader?.operator.kind === 'activation' ? reader.id : null;
}

/** The convolution that computes this activation in its program. */
function fusedInto(request: RunRequest, node: GraphNode): NodeId | null {
  if (node.operator.kind !== 'activation') return null;
  const before = request.graph.nodes.find(({ id }) => id === node.inputs[0]);
  return before && fusedActivation(request, before) === node.id ? before.id : null;
}

/** True when maps of this shape can be held: they fit bindings, and `copies` of them the room that is left. */
function canKeep(
  device: Device,
  [images, channels, height, width]: readonly [number, number, number, number],
  copies: number,
): boolean {
  const shape = { layout: 'blocked', images, channels, height, width } as const;
  const bytes = copies * bytesOf(shape);
  // The maps on the screen are still held while their successors are computed; a quarter stays free for sweeps.
  return (
    fitsBindings(shape, { maxBinding: device.traits.maxStorageBinding }) &&
    bytes <= device.pool.budget / 2 &&
    bytes + device.pool.budget / 4 <= device.pool.room
  );
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
        sweep(device, content.recipe, content.node, wholeBox(tensor.shape), 1, (maps) =>
          countForPercentiles(device, maps, records, counts),
        );
      }
    });
    tensor.level = 2;
  }
}
