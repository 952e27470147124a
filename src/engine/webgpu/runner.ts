/**
 * Runs a whole graph: decides which maps are kept, evaluates them in order, and sweeps over those that are too large to keep for
 * a reduced copy and their extremes. Also looks at tensors afterwards: statistics, histograms, boxes.
 */
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { bytesOf } from '../../operators/programs/layout.ts';
import { gridOf } from '../../operators/programs/program.ts';
import { EngineError, type RunRequest } from '../engine.ts';
import { bindingOf, fitsBindings, MapArray } from './arrays.ts';
import { type Box, wholeBox } from './boxes.ts';
import { type Device, Evaluator, NotCompiled, type Recipe } from './evaluator.ts';
import {
  countForPercentiles,
  recordExtremes,
  recordLayer,
  recordPercentiles,
  recordsBytes,
  type StatisticsLevel,
} from './statistics.ts';
import { DeviceTensor } from './tensors.ts';
import { boxMeanUniforms, viewPrograms } from './viewPrograms.ts';

export interface Outcome {
  readonly tensors: Record<NodeId, DeviceTensor>;
  readonly programs: readonly string[];
  readonly macs: number;
}

/** Long side of the reduced copy of maps that are not kept. */
const previewSide = 1024;

/** Records everything that `request` asks for. Throws NotCompiled; then nothing is left behind but idle buffers. */
export function runGraph(
  device: Device,
  request: RunRequest,
  shapes: Shapes,
  newTensor: (id: NodeId, content: DeviceTensor['content']) => DeviceTensor,
): Outcome {
  const { graph, parameters, outputs } = request;
  const known = new Map<NodeId, MapArray>();
  const tensors: Record<NodeId, DeviceTensor> = {};
  const recipe: Recipe = { graph, shapes, parameters, known };
  const evaluator = new Evaluator(device, recipe);
  try {
    for (const [id, maps] of inputArrays(request)) known.set(id, maps.retain());
    const inputs = new Map(known);
    for (const node of neededNodes(request)) {
      if (known.has(node.id)) continue;
      const fused = fusedActivation(request, node);
      if (fused !== null && !outputs.includes(node.id)) continue;
      const shape = shapes[node.id]!;
      if (!canKeep(device, shape, fused === null ? 1 : 2)) continue;
      if (fused === null) {
        known.set(node.id, evaluator.evaluate(node.id, wholeBox(shape)).maps);
      } else {
        const { maps, linear } = evaluator.evaluate(fused, wholeBox(shape), true);
        known.set(fused, maps);
        known.set(node.id, linear ?? maps.retain());
      }
    }
    for (const id of outputs) {
      const maps = known.get(id);
      tensors[id] = maps
        ? newTensor(id, { kind: 'stored', maps: maps.retain() })
        : sweepPreview(device, { ...recipe, known: inputs }, id, (content) => newTensor(id, content));
    }
    return { tensors, programs: evaluator.programs, macs: evaluator.macs };
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
    device.pool.hasRoomFor(bytes + device.pool.budget / 4)
  );
}

/** Bands of whole rows, in multiples of `multiple`, whose maps fit a binding and an eighth of the budget. */
export function* bandsOf(device: Device, images: number, box: Box, multiple: number): Generator<Box> {
  const limit = device.pool.budget / 8;
  const shape = { layout: 'blocked', images, height: multiple, width: box.width } as const;
  const perStep = bytesOf({ ...shape, channels: box.channels });
  const perBlock = bytesOf({ ...shape, channels: 4 });
  const steps = Math.min(limit / perStep, device.traits.maxStorageBinding / perBlock);
  const rows = Math.max(1, Math.floor(steps)) * multiple;
  for (let y = box.y; y < box.y + box.height; y += rows) {
    yield { ...box, y, height: Math.min(rows, box.y + box.height - y) };
  }
}

/** Evaluates the node band by band and hands each to `look`; every band is submitted on its own. */
export function sweep(
  device: Device,
  recipe: Recipe,
  node: NodeId,
  box: Box,
  multiple: number,
  look: (maps: MapArray, band: Box, isFirst: boolean) => void,
): void {
  const images = recipe.shapes[node]![0];
  let isFirst = true;
  for (const band of bandsOf(device, images, box, multiple)) {
    const { maps } = new Evaluator(device, recipe).evaluate(node, band);
    try {
      look(maps, band, isFirst);
    } finally {
      maps.release();
    }
    device.recorder.submit();
    isFirst = false;
  }
}

function sweepPreview(
  device: Device,
  recipe: Recipe,
  node: NodeId,
  create: (content: DeviceTensor['content']) => DeviceTensor,
): DeviceTensor {
  const shape = recipe.shapes[node]!;
  const [, channels, height, width] = shape;
  const factor = previewFactor(device, channels, height, width);
  const limits = { maxBinding: device.traits.maxStorageBinding };
  const preview = MapArray.allocate(
    device.pool,
    limits,
    { layout: 'blocked', images: 1, channels, height: Math.ceil(height / factor), width: Math.ceil(width / factor) },
    { channel: 0, y: 0, x: 0 },
  );
  const held: Recipe = { ...recipe, known: new Map([...recipe.known].map(([id, maps]) => [id, maps.retain()])) };
  const tensor = create({ kind: 'recomputed', recipe: held, node, preview, factor });
  try {
    const records = device.pool.take(recordsBytes(channels), 'storage');
    tensor.records = records;
    sweep(device, held, node, wholeBox(shape), factor, (maps, band, isFirst) => {
      reduceBand(device, maps, preview, band.y / factor, factor);
      recordExtremes(device, maps, records, !isFirst);
    });
    recordLayer(device, records, channels);
    tensor.level = 1;
    return tensor;
  } catch (error) {
    tensor.free();
    throw error;
  }
}

function previewFactor(device: Device, channels: number, height: number, width: number): number {
  let factor = Math.max(2, Math.ceil(Math.max(height, width) / previewSide));
  const bytes = () =>
    bytesOf({
      layout: 'blocked',
      images: 1,
      channels,
      height: Math.ceil(height / factor),
      width: Math.ceil(width / factor),
    });
  while (bytes() > device.pool.budget / 8) factor++;
  return factor;
}

/** Box means of a band, into rows `row`... of the reduced copy. */
function reduceBand(device: Device, maps: MapArray, preview: MapArray, row: number, factor: number): void {
  const compiled = device.pipelines.ready(viewPrograms.boxMean);
  if (!compiled) throw new NotCompiled(viewPrograms.boxMean);
  for (const part of maps.parts) {
    for (const target of preview.parts) {
      // Both are cut at multiples of four channels, not always at the same ones.
      const first = Math.max(part.channel, target.channel);
      const last = Math.min(part.channel + part.shape.channels, target.channel + target.shape.channels);
      if (first >= last) continue;
      const { width, height } = target.shape;
      const total = Math.ceil(part.shape.height / factor) * width;
      const grid = gridOf(total, device.traits);
      const sourcePlane = part.shape.height * part.shape.width;
      const uniforms = boxMeanUniforms.write({
        total,
        perRow: grid.perRow,
        factor,
        sourceBase: 1 + ((first - part.channel) / 4) * sourcePlane,
        sourcePlane,
        sourceHeight: part.shape.height,
        sourceWidth: part.shape.width,
        base: 1 + ((first - target.channel) / 4) * width * height + row * width,
        plane: width * height,
        width,
      });
      device.recorder.dispatch(compiled, { uniforms, workgroups: [grid.x, grid.y, Math.ceil((last - first) / 4)] }, [
        bindingOf(part),
        bindingOf(target),
      ]);
    }
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
        sweep(device, content.recipe, content.node, wholeBox(tensor.shape), 1, (maps) =>
          countForPercentiles(device, maps, records, counts),
        );
      }
    });
    tensor.level = 2;
  }
}
