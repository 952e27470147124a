/**
 * Sweeps over maps that are too large to keep: evaluates them band by band, each submitted on its own, and hands every band to
 * whoever looks. The first sweep leaves a reduced copy (box means) and the extremes.
 */
import type { NodeId } from '../../../graph/graph.ts';
import type { Shape } from '../../../operators/operator.ts';
import { type ArrayShape, bytesOf } from '../../../operators/programs/layout.ts';
import { gridOf } from '../../../operators/programs/program.ts';
import type { Buffer } from '../device/buffers.ts';
import { type Device, NotCompiled, type Recipe } from '../evaluation.ts';
import { bindingOf, MapArray } from '../maps/arrays.ts';
import { type Box, wholeBox } from '../maps/boxes.ts';
import { boxMeanProgram, boxMeanUniforms } from '../statistics/boxMean.ts';
import { recordExtremes, recordLayer, recordsBytes } from '../statistics/statistics.ts';
import { Evaluator } from './evaluator.ts';
import type { Content, DeviceTensor } from './tensors.ts';

/** Long side of the reduced copy of maps that are not kept. */
const previewSide = 1024;

/** Bands of whole rows, in multiples of `multiple`, whose maps fit a binding, a sixteenth of the budget and an eighth of the room left. */
export function* bandsOf(device: Device, images: number, box: Box, multiple: number): Generator<Box> {
  const limit = Math.min(device.pool.budget / 16, device.pool.room / 8);
  const shape = { layout: 'blocked', images, height: multiple, width: box.width } as const;
  const perStep = bytesOf({ ...shape, channels: box.channels });
  const perBlock = bytesOf({ ...shape, channels: 4 });
  const steps = Math.min(limit / perStep, device.traits.maxStorageBinding / perBlock);
  const rows = Math.max(1, Math.floor(steps)) * multiple;
  for (let y = box.y; y < box.y + box.height; y += rows) {
    yield { ...box, y, height: Math.min(rows, box.y + box.height - y) };
  }
}

/** Whatever band is asked for, an operator that runs over whole arrays gives all of them: then there is nothing left to sweep. */
function isMoreThan({ shape }: MapArray, band: Box): boolean {
  return shape.height > band.height;
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
    const isAll = isMoreThan(maps, band);
    try {
      look(maps, isAll ? box : band, isFirst);
    } finally {
      maps.release();
    }
    device.recorder.submit();
    if (isAll) return;
    isFirst = false;
  }
}

/** One node's maps under a sweep: the tensor that it makes and where its reduced copy goes. */
interface Swept {
  readonly tensor: DeviceTensor;
  readonly preview: MapArray;
  readonly records: Buffer;
}

/**
 * Tensors for maps that are not kept: of `node` and, when given, of the convolution `linear` in front of it, computed together. One
 * sweep gives their reduced copies and extremes. The tensors hold the recipe's known arrays.
 */
export function sweepPreviews(
  device: Device,
  evaluator: Evaluator,
  node: NodeId,
  linear: NodeId | null,
  create: (id: NodeId, content: Content) => DeviceTensor,
): readonly DeviceTensor[] {
  const { recipe } = evaluator;
  const shape = recipe.shapes[node]!;
  const channels = shape[1];
  const factor = previewFactor(device, shape);
  const swept: Swept[] = [];
  try {
    for (const id of linear === null ? [node] : [node, linear])
      swept.push(startSweep(device, recipe, id, factor, create));
    const [own, before] = swept;
    let isFirst = true;
    for (const band of bandsOf(device, shape[0], wholeBox(shape), factor)) {
      const evaluated = evaluator.evaluate(node, band, {
        isDual: linear !== null,
        records: { buffer: own!.records, accumulate: !isFirst },
      });
      const isAll = isMoreThan(evaluated.maps, band);
      const look = ({ preview, records }: Swept, maps: MapArray, isRecorded = false): void => {
        reduceBand(device, maps, preview, isAll ? 0 : band.y / factor, factor);
        if (!isRecorded) recordExtremes(device, maps, records, !isFirst);
      };
      try {
        look(own!, evaluated.maps, evaluated.isRecorded);
        // An activation that does nothing has no maps of its own before it.
        if (before) look(before, evaluated.linear ?? evaluated.maps);
      } finally {
        evaluated.maps.release();
        evaluated.linear?.release();
      }
      device.recorder.submit();
      if (isAll) break;
      isFirst = false;
    }
    for (const { tensor, records } of swept) {
      recordLayer(device, records, channels);
      tensor.level = 1;
    }
    return swept.map(({ tensor }) => tensor);
  } catch (error) {
    for (const { tensor } of swept) tensor.free();
    throw error;
  }
}

function startSweep(
  device: Device,
  recipe: Recipe,
  node: NodeId,
  factor: number,
  create: (id: NodeId, content: Content) => DeviceTensor,
): Swept {
  const preview = MapArray.allocate(
    device.pool,
    { maxBinding: device.traits.maxStorageBinding },
    reducedShape(recipe.shapes[node]!, factor),
    { channel: 0, y: 0, x: 0 },
  );
  const held: Recipe = { ...recipe, known: new Map([...recipe.known].map(([id, maps]) => [id, maps.retain()])) };
  const tensor = create(node, { kind: 'recomputed', recipe: held, node, preview, factor });
  try {
    const records = device.pool.take(recordsBytes(recipe.shapes[node]![1]), 'storage');
    tensor.records = records;
    return { tensor, preview, records };
  } catch (error) {
    tensor.free();
    throw error;
  }
}

function reducedShape([, channels, height, width]: Shape, factor: number): ArrayShape {
  return {
    layout: 'blocked',
    images: 1,
    channels,
    height: Math.ceil(height / factor),
    width: Math.ceil(width / factor),
  };
}

/** A large picture alone may take most of a small machine's budget: two reduced copies take half of the room beside it at most. */
function previewFactor({ pool }: Device, shape: Shape): number {
  const limit = Math.min(pool.budget / 8, pool.room / 4);
  const longSide = Math.max(shape[2], shape[3]);
  let factor = Math.max(2, Math.ceil(longSide / previewSide));
  while (factor < longSide && bytesOf(reducedShape(shape, factor)) > limit) factor++;
  return factor;
}

/** Box means of a band, into rows `row`... of the reduced copy. */
function reduceBand(device: Device, maps: MapArray, preview: MapArray, row: number, factor: number): void {
  const compiled = device.pipelines.ready(boxMeanProgram);
  if (!compiled) throw new NotCompiled(boxMeanProgram);
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
