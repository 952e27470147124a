/** Means and variances of maps from a second look at their values, less the mean that the first one gave. Loaded when they are first asked for. */
import map from '../../../../shaders/lib/map.wgsl?raw';
import record from '../../../../shaders/lib/record.wgsl?raw';
import reduce from '../../../../shaders/lib/reduce.wgsl?raw';
import centred from '../../../../shaders/view/centred.wgsl?raw';
import { expand } from '../../../operators/programs/expand.ts';
import type { Program } from '../../../operators/programs/program.ts';
import type { ChannelStatistics, MapMoments } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import { readBuffer } from '../device/readback.ts';
import { type Device, NotCompiled } from '../evaluation.ts';
import type { MapArray } from '../maps/arrays.ts';
import { wholeBox } from '../maps/boxes.ts';
import { dispatchMaps, readStatistics, recordExtremes, recordPieces, recordsBytes } from '../statistics/statistics.ts';
import { recomputedMaps } from './loadRecomputed.ts';
import { ensureStatistics } from './runner.ts';
import type { DeviceTensor } from './tensors.ts';

export const centredProgram: Program = {
  key: 'centred',
  label: 'centred',
  wgsl: expand(centred, {}, { map, record, reduce }),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'read', 'write'],
};

/** Records all that the moments of the tensor's batch 0 take. Throws NotCompiled. */
export function readMoments(
  device: Device,
  tensor: DeviceTensor,
): { readonly moments: Promise<readonly MapMoments[]> } {
  const { content, shape } = tensor;
  const [, channels, height, width] = shape;
  const before = tensor.level;
  ensureStatistics(device, tensor, 1);
  const records = tensor.records!;
  const bytes = recordsBytes(channels);
  const differences = device.pool.take(bytes, 'storage');
  const look = (maps: MapArray, isFirst: boolean) =>
    recordCentred(device, maps, records, differences, height * width, !isFirst);
  try {
    if (content.kind === 'stored') look(content.maps, true);
    else {
      const { recipe, node } = content;
      recomputedMaps().sweep(device, recipe, node, wholeBox(shape), 1, (maps, _, isFirst) => look(maps, isFirst));
    }
    const read = [records, differences].map((buffer) => readBuffer(device, buffer, 0, bytes));
    return {
      moments: Promise.all(read).then(([first, second]) => momentsOf(first!, second!, channels, height * width)),
    };
  } catch (error) {
    // The statistics that were recorded are dropped with all the rest.
    tensor.level = before;
    throw error;
  } finally {
    device.pool.give(differences);
  }
}

/** Records what is known of the tensor's channels over all its images. Throws NotCompiled. */
export function readChannels(
  device: Device,
  { content, shape }: DeviceTensor,
): { readonly channels: Promise<readonly ChannelStatistics[]> } {
  const [images, channels, height, width] = shape;
  const samples = images * height * width;
  const bytes = recordsBytes(channels);
  const taken: Buffer[] = [];
  const take = () => {
    taken.push(device.pool.take(bytes, 'storage'));
    return taken.at(-1)!;
  };
  const look = (record: (maps: MapArray, accumulate: boolean, image: number) => void): void => {
    const all = (maps: MapArray, isFirst: boolean) => {
      for (let image = 0; image < images; image++) record(maps, !isFirst || image > 0, image);
    };
    if (content.kind === 'stored') all(content.maps, true);
    else {
      const { recipe, node } = content;
      recomputedMaps().sweep(device, recipe, node, wholeBox(shape), 1, (maps, _, isFirst) => all(maps, isFirst));
    }
  };
  try {
    const [records, differences] = [take(), take()];
    look((maps, accumulate, image) => recordExtremes(device, maps, records, accumulate, image));
    look((maps, accumulate, image) => recordCentred(device, maps, records, differences, samples, accumulate, image));
    const read = [records, differences].map((buffer) => readBuffer(device, buffer, 0, bytes));
    const channelsOf = ([first, second]: readonly ArrayBuffer[]) => {
      const moments = momentsOf(first!, second!, channels, samples);
      return readStatistics(first!, channels, samples).map(({ min, max, sparsity }, c) => {
        return { min, max, ...moments[c]!, zeros: Math.round(sparsity * samples) };
      });
    };
    return { channels: Promise.all(read).then(channelsOf) };
  } finally {
    for (const buffer of taken) device.pool.give(buffer);
  }
}

/** Sums of `maps` (whole tensors or a band of them), less the means of maps of `pixels` pixels that the records have. */
function recordCentred(
  device: Device,
  maps: MapArray,
  records: Buffer,
  differences: Buffer,
  pixels: number,
  accumulate: boolean,
  image = 0,
): void {
  const compiled = device.pipelines.ready(centredProgram);
  if (!compiled) throw new NotCompiled(centredProgram);
  recordPieces(device, maps, differences, accumulate, (part, choice, partials) => {
    const all = { buffer: records, size: recordsBytes(maps.shape.channels) };
    dispatchMaps(device, compiled, part, { ...choice, image, lo: 1 / pixels }, [all, partials]);
  });
}

/** The mean that the program has taken away, by the same multiplication, and what is left of it. */
function momentsOf(
  records: ArrayBuffer,
  differences: ArrayBuffer,
  channels: number,
  pixels: number,
): readonly MapMoments[] {
  const left = readStatistics(differences, channels, pixels);
  return readStatistics(records, channels, pixels).map(({ mean }, c) => {
    const taken = Math.fround(Math.fround(mean * pixels) * Math.fround(1 / pixels));
    const rest = left[c]!;
    return { mean: taken + rest.mean, variance: Math.max(0, rest.energy - rest.mean ** 2) };
  });
}
