/**
 * Statistics of maps on the device: one Record per map and one for the layer behind them, in a buffer that the render pass reads
 * directly. Level 1 knows extremes, sums and zeros; level 2 the percentiles too. Sums are reduced in a fixed order, counts are
 * integers: the same maps give the same statistics.
 */
import { stridesOf } from '../../../operators/programs/layout.ts';
import type { MapStatistics } from '../../engine.ts';
import type { Buffer } from '../device/buffers.ts';
import type { Compiled } from '../device/pipelines.ts';
import type { Binding } from '../device/recorder.ts';
import { type Device, NotCompiled } from '../evaluation.ts';
import { bindingOf, type MapArray, type MapPart } from '../maps/arrays.ts';
import {
  extremesPixels,
  histogramPixels,
  layerUniforms,
  mapsUniforms,
  mergeUniforms,
  percentilesUniforms,
  recordBytes,
  viewPrograms,
} from './viewPrograms.ts';

export type StatisticsLevel = 0 | 1 | 2;

/** Bins behind the percentiles. */
const percentileBins = 256;

export function recordsBytes(channels: number): number {
  return (channels + 1) * recordBytes;
}

/** Extremes of `maps` (whole tensors or a band of them) into `records`; `accumulate` adds to what earlier bands, or images, gave. */
export function recordExtremes(device: Device, maps: MapArray, records: Buffer, accumulate: boolean, image = 0): void {
  recordPieces(device, maps, records, accumulate, (part, choice, partials) =>
    dispatchMaps(device, compiled(device, 'extremes'), part, { ...choice, image }, [partials]),
  );
}

/** The same by another program that leaves a record of each piece of each map, which `dispatch` runs over a part. */
export function recordPieces(
  device: Device,
  maps: MapArray,
  records: Buffer,
  accumulate: boolean,
  dispatch: (part: MapPart, choice: Pick<Pieces, 'chunks' | 'maps'>, partials: Binding) => void,
): void {
  const { channels, height, width } = maps.shape;
  const choice = { chunks: Math.ceil((height * width) / extremesPixels), maps: channels };
  const size = piecesBytes(choice.chunks, channels);
  const buffer = device.pool.take(size, 'storage');
  try {
    for (const part of maps.parts) dispatch(part, choice, { buffer, size });
    mergeRecords(device, { buffer, size }, records, { ...choice, channels, accumulate });
  } finally {
    device.pool.give(buffer);
  }
}

/** Records of the pieces of maps, and how they lie: `maps` from one piece of a map to the next. */
export interface Pieces {
  readonly chunks: number;
  readonly maps: number;
  /** Of the first map among the records; 0 unless said otherwise. */
  readonly first?: number;
  readonly channels: number;
  /** Adds to what earlier bands gave. */
  readonly accumulate: boolean;
}

/** Bytes of the records of `chunks` pieces of each map. */
export function piecesBytes(chunks: number, maps: number): number {
  return chunks * maps * recordBytes;
}

/** Runs `convolve` with room for the records of the pieces, which its stores fill, then makes of them those of the maps. */
export function recordStored(
  device: Device,
  records: Buffer,
  pieces: Pieces,
  convolve: (partials: Binding) => void,
): void {
  const size = piecesBytes(pieces.chunks, pieces.maps);
  const buffer = device.pool.take(size, 'storage');
  try {
    convolve({ buffer, size });
    mergeRecords(device, { buffer, size }, records, pieces);
  } finally {
    device.pool.give(buffer);
  }
}

/** The records of `channels` maps from those of their pieces. */
function mergeRecords(device: Device, partials: Binding, records: Buffer, pieces: Pieces): void {
  const { chunks, maps, first = 0, channels, accumulate } = pieces;
  device.recorder.dispatch(
    compiled(device, 'merge'),
    {
      uniforms: mergeUniforms.write({ chunks, maps, first, accumulate: Number(accumulate) }),
      workgroups: [channels, 1, 1],
    },
    [partials, { buffer: records, size: recordsBytes(first + channels) }],
  );
}

/** The layer's record from those of its maps. */
export function recordLayer(device: Device, records: Buffer, channels: number): void {
  device.recorder.dispatch(
    compiled(device, 'layer'),
    { uniforms: layerUniforms.write({ maps: channels }), workgroups: [1, 1, 1] },
    [{ buffer: records, size: recordsBytes(channels) }],
  );
}

/**
 * Counts values in bins over each map's own [min, max] (`ends` null), or over given ends. `counts`: [channels, bins] u32, cleared by
 * the caller. `only`: one channel of one part, counted as channel 0.
 */
export function countValues(
  device: Device,
  parts: readonly MapPart[],
  records: Buffer,
  counts: Buffer,
  channels: number,
  bins: number,
  ends: { readonly lo: number; readonly hi: number } | null,
  only: number | null = null,
): void {
  for (const part of parts) {
    const { height, width } = part.shape;
    const chunks = Math.ceil((height * width) / histogramPixels);
    const choice = { chunks, bins, fromRecords: Number(ends === null), lo: ends?.lo ?? 0, hi: ends?.hi ?? 0, only };
    dispatchMaps(device, compiled(device, 'histogram'), part, choice, [
      { buffer: records, size: recordsBytes(channels) },
      { buffer: counts, size: channels * bins * 4 },
    ]);
  }
}

/** Runs `count` between clearing the counts and reading the percentiles from them. */
export function recordPercentiles(
  device: Device,
  records: Buffer,
  channels: number,
  count: (counts: Buffer) => void,
): void {
  const bytes = channels * percentileBins * 4;
  const counts = device.pool.take(bytes, 'storage');
  try {
    device.recorder.clear(counts, bytes);
    count(counts);
    device.recorder.dispatch(
      compiled(device, 'percentiles'),
      { uniforms: percentilesUniforms.write({ maps: channels }), workgroups: [Math.ceil(channels / 64), 1, 1] },
      [
        { buffer: counts, size: bytes },
        { buffer: records, size: recordsBytes(channels) },
      ],
    );
    recordLayer(device, records, channels);
  } finally {
    device.pool.give(counts);
  }
}

export function countForPercentiles(device: Device, maps: MapArray, records: Buffer, counts: Buffer): void {
  countValues(device, maps.parts, records, counts, maps.shape.channels, percentileBins, null);
}

/** Reads the records of `channels` maps of `pixels` pixels from their bytes. */
export function readStatistics(bytes: ArrayBuffer, channels: number, pixels: number): readonly MapStatistics[] {
  const view = new DataView(bytes);
  return Array.from({ length: channels }, (_, channel) => {
    const at = channel * recordBytes;
    return {
      min: view.getFloat32(at, true),
      max: view.getFloat32(at + 4, true),
      mean: view.getFloat32(at + 8, true) / pixels,
      energy: view.getFloat32(at + 12, true) / pixels,
      sparsity: view.getUint32(at + 16, true) / pixels,
      p1: view.getFloat32(at + 20, true),
      p99: view.getFloat32(at + 24, true),
    };
  });
}

/** The view programs that statistics and painting need, compiled; throws NotCompiled. */
function compiled(device: Device, name: keyof typeof viewPrograms): Compiled {
  const program = viewPrograms[name];
  const ready = device.pipelines.ready(program);
  if (!ready) throw new NotCompiled(program);
  return ready;
}

export function dispatchMaps(
  device: Device,
  program: Compiled,
  part: MapPart,
  choice: {
    readonly chunks: number;
    readonly maps?: number;
    readonly bins?: number;
    readonly fromRecords?: number;
    readonly lo?: number;
    readonly hi?: number;
    readonly only?: number | null;
    /** Of the batch; the first unless said otherwise. */
    readonly image?: number;
  },
  results: readonly Binding[],
): void {
  const strides = stridesOf(part.shape);
  const only = choice.only ?? null;
  const uniforms = mapsUniforms.write({
    base:
      strides.base +
      (choice.image ?? 0) * strides.image +
      (only === null ? 0 : Math.floor(only / 4) * strides.block + (only % 4) * strides.lane),
    block: strides.block,
    lane: strides.lane,
    column: strides.column,
    pixels: part.shape.height * part.shape.width,
    channelOffset: only === null ? part.channel : 0,
    maps: choice.maps ?? 0,
    bins: choice.bins ?? 0,
    fromRecords: choice.fromRecords ?? 0,
    lo: choice.lo ?? 0,
    hi: choice.hi ?? 0,
  });
  device.recorder.dispatch(
    program,
    { uniforms, workgroups: [choice.chunks, only === null ? part.shape.channels : 1, 1] },
    [bindingOf(part), ...results],
  );
}
