/**
 * Tiles as the render pass reads them: one instance of 20 words per tile (`Tile` of `shaders/view/tiles.wgsl`), and the spans of
 * map pixels that its canvas columns and rows show, found in float64.
 */
import { stridesOf } from '../../../operators/programs/layout.ts';
import { type AxisSamples, axisSamples } from '../../axisSamples.ts';
import type { DisplayRange, Tile } from '../../engine.ts';
import type { MapArray, MapPart } from '../maps/arrays.ts';
import type { DeviceTensor } from '../run/tensors.ts';
import type { StatisticsLevel } from '../statistics/statistics.ts';

/** Words of four bytes: five vec4. */
export const tileWords = 20;

/** Beyond any map index. */
const unbounded = 2 ** 30;

/** One tile, or some of its canvas rows, with the maps that it is drawn from. */
export interface Placed {
  readonly tile: Tile;
  readonly tensor: DeviceTensor;
  readonly maps: MapArray;
  readonly part: MapPart;
  /** Map pixels per array pixel: more than 1 for the reduced copy. */
  readonly factor: number;
  /** Of the tile's canvas rows: first and one past the last; absent, all. */
  readonly rows?: readonly [from: number, to: number];
}

/** The tile placed in the part of `maps` that holds its channel; null when none does. */
export function placedIn(maps: MapArray, tile: Tile, tensor: DeviceTensor, factor: number): Placed | null {
  const channel = tile.channel - maps.origin.channel;
  const part = maps.parts.find((p) => channel >= p.channel && channel < p.channel + p.shape.channels);
  return part ? { tile, tensor, maps, part, factor } : null;
}

/** The map pixels shown along an axis, as if the map had no end: the shader clips to the array that it reads. */
export function samplesOf(
  target: { readonly from: number; readonly length: number },
  source: { readonly from: number; readonly length: number },
  canvasSize: number,
): AxisSamples {
  return axisSamples(target, source, canvasSize, -unbounded, 2 * unbounded);
}

export function statisticsFor(range: DisplayRange): StatisticsLevel {
  if (range.mode === 'fixed') return 0;
  return range.percentiles ? 2 : 1;
}

/** The instances and the spans that they point into; tiles of equal geometry share their spans. */
export function encodeTiles(
  placed: readonly Placed[],
  width: number,
  height: number,
): { readonly instances: Int32Array<ArrayBuffer>; readonly spans: Int32Array<ArrayBuffer> } {
  const instances = new Int32Array(Math.max(1, placed.length) * tileWords);
  const floats = new Float32Array(instances.buffer);
  const known = new Map<string, { readonly at: number; readonly samples: AxisSamples }>();
  let used = 0;
  const samplesFor = (from: number, length: number, sourceFrom: number, sourceLength: number, size: number) => {
    const key = `${from} ${length} ${sourceFrom} ${sourceLength} ${size}`;
    let found = known.get(key);
    if (!found) {
      found = { at: used, samples: samplesOf({ from, length }, { from: sourceFrom, length: sourceLength }, size) };
      known.set(key, found);
      used += found.samples.first.length;
    }
    return found;
  };
  placed.forEach(({ tile, tensor, maps, part, factor, rows }, i) => {
    const { target, source, range } = tile;
    const across = samplesFor(target.x, target.width, source.x / factor, source.width / factor, width);
    const down = samplesFor(target.y, target.height, source.y / factor, source.height / factor, height);
    const [firstRow, lastRow] = rows ?? [0, down.samples.first.length];
    const strides = stridesOf(part.shape);
    const channel = tile.channel - maps.origin.channel - part.channel;
    const base = strides.base + Math.floor(channel / 4) * strides.block + (channel % 4) * strides.lane;
    const isLayer = range.mode === 'per-layer';
    const words = [
      across.samples.start,
      down.samples.start + firstRow,
      across.samples.first.length,
      lastRow - firstRow,
      across.at,
      down.at + firstRow,
      base,
      strides.row,
      strides.column,
      part.shape.width,
      part.shape.height,
      Math.ceil(tensor.shape[3] / factor),
      maps.origin.x,
      maps.origin.y,
      revealed(tile.reveal, tensor, factor),
      isLayer ? tensor.shape[1] : tile.channel,
      statisticsFor(range),
      Number(range.mode !== 'fixed' && range.symmetric),
      0,
      0,
    ];
    instances.set(words, i * tileWords);
    if (range.mode === 'fixed') floats.set([range.lo, range.hi], i * tileWords + 18);
  });
  const spans = new Int32Array(Math.max(2, used * 2));
  for (const { at, samples } of known.values()) {
    samples.first.forEach((first, i) => {
      spans[2 * (at + i)] = first;
      spans[2 * (at + i) + 1] = samples.last[i]!;
    });
  }
  return { instances, spans };
}

/** Values revealed, counted in the array that is drawn; -1 (the largest u32) for all. */
function revealed(reveal: number | undefined, tensor: DeviceTensor, factor: number): number {
  if (reveal === undefined || !Number.isFinite(reveal)) return -1;
  if (factor === 1) return Math.max(0, Math.floor(reveal));
  const width = tensor.shape[3];
  const row = Math.floor(reveal / width);
  return Math.floor(row / factor) * Math.ceil(width / factor) + Math.floor((reveal - row * width) / factor);
}
