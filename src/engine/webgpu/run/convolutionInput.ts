/**
 * What a convolution reads: its source where it lies when it can be (right layout, one binding, border of zeros or none); else a copy
 * that a `gather` pass cuts, pads and repacks, for as many rows of the output at a time as fit.
 */
import type { NodeId } from '../../../graph/graph.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Conv2dPlan } from '../../../operators/conv2d/plan.ts';
import type { Shape } from '../../../operators/operator.ts';
import { type ArrayShape, bytesOf, type Layout } from '../../../operators/programs/layout.ts';
import { EngineError } from '../../engine.ts';
import type { Device, Evaluated } from '../evaluation.ts';
import type { MapArray } from '../maps/arrays.ts';
import { type Box, clipped, contains, inputBox, mappedBox } from '../maps/boxes.ts';

/** What reading needs of the evaluation that it is a part of. */
export interface Reader {
  readonly device: Device;
  shapeOf(id: NodeId): Shape;
  /** What is kept of a node in the given layout, if anything is. */
  lying(id: NodeId, layout: Layout): MapArray | null;
  evaluate(id: NodeId, box: Box): Evaluated;
  /** Room for a part of a tensor. */
  allocate(shape: ArrayShape, origin: MapArray['origin'], places?: readonly number[]): MapArray;
  /** Fills `to` with what `from` holds, `size` being the whole tensor's rows and columns. */
  gather(from: MapArray, to: MapArray, size: readonly [number, number], mode: Conv2d['paddingMode']): MapArray;
}

/** A convolution's source and how its plan reads it. */
export interface Reading {
  readonly conv: Conv2d;
  readonly plan: Pick<Conv2dPlan, 'inputLayout'>;
  readonly source: NodeId;
}

/** Maps in one part; `y`, `x`: where the first element of `array` stands in the whole tensor. */
export interface ConvolutionInput {
  readonly maps: MapArray;
  readonly array: ArrayShape;
  readonly y: number;
  readonly x: number;
}

/** Row bands of the box such that the input of each, if it has to be gathered, fits a binding and the budget. */
export function* bandsOf(reader: Reader, reading: Reading, box: Box): Generator<readonly [from: number, to: number]> {
  if (isDirect(reader, reading, box)) {
    yield [0, box.height];
    return;
  }
  const { traits, pool } = reader.device;
  const limit = Math.min(traits.maxStorageBinding, pool.budget / 8, pool.room / 2);
  const [, , height, width] = reader.shapeOf(reading.source);
  const largest = reading.conv.paddingMode === 'zeros' ? { height, width } : { height: Infinity, width: Infinity };
  const bytes = (rows: number): number => {
    const needed = inputBox(reading.conv, { ...box, height: rows });
    const [h, w] = [Math.min(needed.height, largest.height), Math.min(needed.width, largest.width)];
    return bytesOf(gatheredShape(reader, reading, h, w));
  };
  let rows = box.height;
  while (rows > 1 && bytes(rows) > limit) rows = Math.ceil(rows / 2);
  for (let from = 0; from < box.height; from += rows) yield [from, Math.min(box.height, from + rows)];
}

/** True when the convolution can read the whole source where it lies. */
function isDirect(reader: Reader, { conv, plan, source }: Reading, box: Box): boolean {
  const lying = reader.lying(source, plan.inputLayout);
  if (lying?.parts.length !== 1) return false;
  if (conv.paddingMode === 'zeros') return true;
  const { height, width } = lying.shape;
  return contains({ ...box, y: 0, x: 0, height, width }, inputBox(conv, box));
}

function gatheredShape(reader: Reader, { plan, source }: Reading, height: number, width: number): ArrayShape {
  const [images, channels] = reader.shapeOf(source);
  return { layout: plan.inputLayout, images, channels, height, width };
}

/** The input that `band` of the output reads, in one part and the plan's layout; the caller releases it. */
export function inputOf(reader: Reader, reading: Reading, band: Box): ConvolutionInput {
  const { conv, plan, source } = reading;
  const [, , height, width] = reader.shapeOf(source);
  if (isDirect(reader, reading, band)) {
    const maps = reader.lying(source, plan.inputLayout)!.retain();
    return { maps, array: maps.shape, y: 0, x: 0 };
  }
  const needed = inputBox(conv, band);
  const target = conv.paddingMode === 'zeros' ? clipped(needed, height, width) : needed;
  const { maps: from } = reader.evaluate(source, mappedBox(target, height, width, conv.paddingMode));
  try {
    const { x, y } = target;
    const isThere = from.parts.length === 1 && from.shape.layout === plan.inputLayout && from.origin.channel === 0;
    if (isThere && conv.paddingMode === 'zeros') {
      return { maps: from.retain(), array: from.shape, y: from.origin.y, x: from.origin.x };
    }
    const array = gatheredShape(reader, reading, target.height, target.width);
    const maps = reader.allocate(array, { channel: 0, y, x });
    if (maps.parts.length !== 1) {
      maps.release();
      const bytes = bytesOf(array);
      const limit = reader.device.traits.maxStorageBinding;
      throw new EngineError('too-large', `one row of output reads ${bytes} bytes, more than a binding holds`, {
        bytes,
        limit,
      });
    }
    return { maps: reader.gather(from, maps, [height, width], conv.paddingMode), array, y, x };
  } finally {
    from.release();
  }
}
