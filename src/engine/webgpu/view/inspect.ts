/** Looks into tensors for others: the values of a box, and the histogram of one map. */
import { dispatchGather, gatherProgram } from '../../../operators/programs/gather.ts';
import { type ArrayShape, bytesOf, headFloats } from '../../../operators/programs/layout.ts';
import type { Region } from '../../engine.ts';
import { readBuffer } from '../device/readback.ts';
import { type Device, NotCompiled } from '../evaluation.ts';
import { bindingOf, type MapArray } from '../maps/arrays.ts';
import { type Box, wholeBox } from '../maps/boxes.ts';
import { Evaluator } from '../run/evaluator.ts';
import { recomputedMaps } from '../run/loadRecomputed.ts';
import type { DeviceTensor } from '../run/tensors.ts';
import { countValues, recordsBytes } from '../statistics/statistics.ts';

/** Values that one read brings back at a time: at most 16 MiB, and few enough to be computed within the limits of the device. */
function valuesPerPiece({ pool, traits }: Device): number {
  // Computed pieces come in blocks of four channels, of which one may be wanted.
  return Math.floor(Math.min(4 * 1024 * 1024, pool.budget / 128, traits.maxStorageBinding / 20));
}

/** The pieces in which a region is read: whole channels where they fit, else rows of one channel. */
export function* piecesOf(device: Device, region: Region): Generator<Region> {
  const values = valuesPerPiece(device);
  const plane = region.height * region.width;
  const channels = Math.max(1, Math.floor(values / plane));
  const rows = plane > values ? Math.max(1, Math.floor(values / region.width)) : region.height;
  for (let channel = 0; channel < region.channels; channel += channels) {
    for (let y = 0; y < region.height; y += rows) {
      yield {
        ...region,
        channel: region.channel + channel,
        channels: Math.min(channels, region.channels - channel),
        y: region.y + y,
        height: Math.min(rows, region.height - y),
      };
    }
  }
}

/** Records what brings `piece` together and starts reading it; resolves with its values [channels, height, width]. */
export function readPiece(device: Device, tensor: DeviceTensor, piece: Region): Promise<Float32Array<ArrayBuffer>> {
  const compiled = device.pipelines.ready(gatherProgram);
  if (!compiled) throw new NotCompiled(gatherProgram);
  const box: Box = piece;
  const { channels, height, width } = piece;
  const source = boxMaps(device, tensor, box);
  const array: ArrayShape = { layout: 'planar', images: 1, channels, height, width };
  const target = device.pool.take(bytesOf(array), 'maps');
  try {
    for (const part of source.parts) {
      const first = source.origin.channel + part.channel;
      if (first >= piece.channel + channels || first + part.shape.channels <= piece.channel) continue;
      const dispatch = dispatchGather(
        { array: part.shape, channel: first, y: source.origin.y, x: source.origin.x },
        { array, channel: piece.channel, y: piece.y, x: piece.x },
        [tensor.shape[2], tensor.shape[3]],
        'zeros',
        device.traits,
      );
      device.recorder.dispatch(compiled, dispatch, [bindingOf(part), { buffer: target, size: bytesOf(array) }]);
    }
    const bytes = channels * height * width * 4;
    return readBuffer(device, target, headFloats * 4, bytes).then((values) => new Float32Array(values));
  } finally {
    device.pool.give(target);
    source.release();
  }
}

/** Maps that contain `box`: those of a stored tensor, or computed for the purpose. The caller releases them. */
export function boxMaps(device: Device, tensor: DeviceTensor, box: Box): MapArray {
  const { content } = tensor;
  if (content.kind === 'stored') return content.maps.retain();
  return new Evaluator(device, content.recipe).evaluate(content.node, box).maps;
}

/** Records the histogram of one map and starts reading it. */
export function readHistogram(
  device: Device,
  tensor: DeviceTensor,
  channel: number,
  bins: number,
  lo: number,
  hi: number,
): Promise<Uint32Array<ArrayBuffer>> {
  const { pool, recorder } = device;
  const bytes = bins * 4;
  const counts = pool.take(bytes, 'storage');
  // The program reads ends from records only when asked; one empty record stands in.
  const records = pool.take(recordsBytes(1), 'storage');
  const count = (maps: MapArray): void => {
    const inArray = channel - maps.origin.channel;
    const part = maps.parts.find((p) => inArray >= p.channel && inArray < p.channel + p.shape.channels)!;
    countValues(device, [part], records, counts, 1, bins, { lo, hi }, inArray - part.channel);
  };
  try {
    recorder.clear(counts, bytes);
    if (tensor.content.kind === 'stored') count(tensor.content.maps);
    else {
      const box = { ...wholeBox(tensor.shape), channel, channels: 1 };
      recomputedMaps().sweep(device, tensor.content.recipe, tensor.content.node, box, 1, count);
    }
    return readBuffer(device, counts, 0, bytes).then((values) => new Uint32Array(values));
  } finally {
    pool.give(counts);
    pool.give(records);
  }
}
