/** What the engine draws on the canvas of the maps: one tile for every visible map, on whole device pixels. */
import type { DisplayRange, Rect, Scene, Tensor, Tile } from '../../engine/engine.ts';
import type { Rgb } from '../colour/oklab.ts';
import { onDevicePixels } from '../rects.ts';
import { sourceRect, type ZoomWindow } from '../zoom.ts';
import { type AtlasLayout, tileRect, visibleSlots } from './layout.ts';

export interface AtlasSceneOptions {
  readonly tensor: Tensor;
  readonly layout: AtlasLayout;
  /** The channel of each slot. */
  readonly order: readonly number[];
  /** The part of the content that the canvas covers, CSS pixels. */
  readonly window: Rect;
  readonly pixelRatio: number;
  readonly zoom: ZoomWindow;
  readonly range: DisplayRange;
  readonly colours: Uint8Array;
  readonly background: Rgb;
  /** How many values of every map are shown, in reading order; null: all. */
  readonly reveal: number | null;
}

export function atlasScene(options: AtlasSceneOptions): Scene {
  const { tensor, layout, order, window, pixelRatio, zoom, range, colours, background, reveal } = options;
  const [, , height, width] = tensor.shape;
  const source = sourceRect(zoom, width, height);
  const { first, last } = visibleSlots(layout, window);
  const tiles: Tile[] = [];
  for (let slot = first; slot <= last; slot++) {
    const channel = order[slot];
    if (channel === undefined) continue;
    const target = onDevicePixels(tileRect(layout, slot), window, pixelRatio);
    tiles.push({ tensor, channel, target, source, range, ...(reveal === null ? {} : { reveal }) });
  }
  return { background, colours, tiles };
}
