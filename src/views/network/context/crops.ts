/** What a unit sees of every layer on the way to it, as a row of small crops: which layers, where each stands, and what the engine paints. */
import type { Rect, Scene, Tensor, Tile } from '../../../engine/engine.ts';
import type { Field } from '../../../graph/field/receptiveField.ts';
import type { NodeField } from '../../../graph/field/unitField.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { sizeOf } from '../../../math/intervals.ts';
import { contained, onDevicePixels, placed } from '../../rects.ts';

/** CSS pixels: the side of a crop, what stands under it, and the room between two. */
export const cropCell = { side: 40, caption: 30, gap: 8 } as const;

/** `count` of `all`, evenly spaced, the first and the last among them. */
export function evenly<T>(all: readonly T[], count: number): readonly T[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))]!);
}

/** Where crop i stands, in a grid of `columns`. */
export function cropRect(i: number, columns: number): Rect {
  const { side, caption, gap } = cropCell;
  return { x: (i % columns) * (side + gap), y: Math.floor(i / columns) * (side + caption), width: side, height: side };
}

/** As much of a layer's name as stands under a crop: its end, from a whole part on, where the whole is too long. */
export function cropName(id: NodeId): string {
  const most = 8;
  const parts = id.split('.');
  if (id.length <= most || parts.length === 1) return id;
  const tails = parts.map((_, i) => parts.slice(i).join('.')).slice(1);
  return `…${tails.find((tail) => tail.length < most) ?? tails.at(-1)}`;
}

export interface CropPlace {
  /** The part of the map, and where it is drawn: the whole field fits into the cell, padding included. */
  readonly source: Rect;
  readonly target: Rect;
}

/** Null where the field lies in the padding altogether. */
export function cropPlace({ hull, box }: Pick<NodeField, 'hull' | 'box'>, cell: Rect): CropPlace | null {
  const [whole, source] = [rectOf(hull), rectOf(box)];
  if (source.width === 0 || source.height === 0) return null;
  return { source, target: placed(contained(cell, whole.width, whole.height), whole, source) };
}

export interface Crop {
  readonly id: NodeId;
  readonly field: Pick<NodeField, 'hull' | 'box'>;
}

export interface CropsSceneOptions {
  readonly crops: readonly Crop[];
  readonly columns: number;
  readonly maps: Readonly<Record<NodeId, Tensor>>;
  readonly channelOf: (layer: NodeId, channels: number) => number;
  readonly pixelRatio: number;
  readonly colours: Uint8Array;
  readonly background: Scene['background'];
}

/** In grey, each map with its own range. Layers whose maps are not there stay empty. */
export function cropsScene({ crops, columns, maps, channelOf, pixelRatio, ...rest }: CropsSceneOptions): Scene {
  const tiles = crops.flatMap(({ id, field }, i): Tile[] => {
    const tensor = maps[id];
    const place = cropPlace(field, cropRect(i, columns));
    if (!tensor || tensor.isFreed || !place) return [];
    const [, channels, height, width] = tensor.shape;
    const target = onDevicePixels(place.target, { x: 0, y: 0 }, pixelRatio);
    const mode = height * width === 1 ? 'per-layer' : 'per-map';
    const range = { mode, percentiles: true, symmetric: false } as const;
    return [{ tensor, channel: channelOf(id, channels), target, source: place.source, range }];
  });
  return { ...rest, tiles };
}

function rectOf({ h, w }: Field): Rect {
  return { x: w.lo, y: h.lo, width: Math.max(0, sizeOf(w)), height: Math.max(0, sizeOf(h)) };
}
