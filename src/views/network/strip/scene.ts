/** What the engine draws of the strip: one map of every stage in sight, each with its own range, in grey. */
import type { DisplayRange, Rect, Scene, Tensor, Tile } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { onDevicePixels } from '../../rects.ts';
import { type Strip, type StripItem, shownMember } from './strip.ts';

export interface StripSceneOptions {
  readonly strip: Strip;
  readonly maps: Readonly<Record<NodeId, Tensor>>;
  readonly looked: NodeId | null;
  readonly channelOf: (layer: NodeId, channels: number) => number;
  /** The part of the content that the canvas covers, CSS pixels. */
  readonly window: Rect;
  readonly pixelRatio: number;
  readonly colours: Uint8Array;
  readonly background: Scene['background'];
}

export function stripScene({ strip, maps, looked, channelOf, window, pixelRatio, ...rest }: StripSceneOptions): Scene {
  const tiles: Tile[] = [];
  for (const item of strip.items) {
    const layer = shownMember(item.stage, looked);
    const tensor = maps[layer];
    if (!item.map || !tensor || tensor.isFreed || !isInside(item, window)) continue;
    const [, channels, height, width] = tensor.shape;
    tiles.push({
      tensor,
      channel: channelOf(layer, channels),
      target: onDevicePixels(item.map, window, pixelRatio),
      source: { x: 0, y: 0, width, height },
      range: rangeOf(height * width),
    });
  }
  return { ...rest, tiles };
}

export function isInside({ area }: StripItem, { x, width }: Rect): boolean {
  return area.x < x + width && area.x + area.width > x;
}

/** A map of one value has no range of its own. */
const rangeOf = (values: number): DisplayRange => ({
  mode: values === 1 ? 'per-layer' : 'per-map',
  percentiles: true,
  symmetric: false,
});
