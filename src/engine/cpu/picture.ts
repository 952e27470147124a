/**
 * From a scene with tensors to one with values: finds for each tile the values that its pixels need. Maps that are kept are read in
 * place; of maps that are only described a preview serves where it is as fine as the canvas, else the visible part is computed.
 */
import { axisSamples } from '../axisSamples.ts';
import { displayEnds } from '../displayRange.ts';
import type { Rect } from '../engine.ts';
import { type Box, boxSize } from './convTask.ts';
import { type Maps, type Preview, readBox } from './maps.ts';
import { type MapWindow, type PaintTile, paintScene } from './paint.ts';
import type { Painted, PaintRequest, ServiceTile } from './protocol.ts';
import { summarise } from './summary.ts';
import type { Pause, Threads } from './threads.ts';

/** Parts of described maps, computed lately: a repainted canvas finds them again. */
export interface PartCache {
  get(maps: Maps, box: Box): Float32Array | undefined;
  set(maps: Maps, box: Box, values: Float32Array): void;
}

/** Keeps about `limit` values, the latest ones. */
export function createPartCache(limit: number): PartCache {
  const parts: { readonly maps: WeakRef<Maps>; readonly key: string; readonly values: Float32Array }[] = [];
  const keyOf = (box: Box) => Object.values(box).join();
  return {
    get: (maps, box) => parts.find((part) => part.maps.deref() === maps && part.key === keyOf(box))?.values,
    set(maps, box, values) {
      parts.unshift({ maps: new WeakRef(maps), key: keyOf(box), values });
      let kept = 0;
      const end = parts.findIndex((part) => {
        kept += part.values.length;
        return kept > limit;
      });
      if (end > 0) parts.length = end;
    },
  };
}

interface Painter {
  readonly threads: Threads;
  readonly pause: Pause;
  readonly parts: PartCache;
  find(tile: ServiceTile): Maps;
}

/** Draws what is asked for. Tiles whose maps' run failed or was given up are left out. */
export async function paintPicture(request: PaintRequest, painter: Painter): Promise<Painted> {
  const { width, height, background, colours } = request;
  const tiles: PaintTile[] = [];
  let isFinal = true;
  for (const tile of request.tiles) {
    const maps = painter.find(tile);
    const isReady = await maps.ready.then(
      () => true,
      () => false,
    );
    if (!isReady) continue;
    const found = await windowFor(tile, maps, request, painter);
    if (!found) continue;
    isFinal &&= found.isFinal;
    const statistics = tile.range.mode === 'fixed' ? [] : await summarise(maps, painter.threads, painter.pause, never);
    tiles.push({ ...found.tile, target: tile.target, ends: displayEnds(tile.range, statistics, tile.channel) });
  }
  const bytes = width * height * 4;
  const pixels = request.reuse?.byteLength === bytes ? request.reuse : new ArrayBuffer(bytes);
  paintScene(new Uint8ClampedArray(pixels), width, height, background, colours, tiles);
  return { pixels, isFinal };
}

const never = () => false;

type TileValues = Pick<PaintTile, 'window' | 'source' | 'reveal'>;

async function windowFor(
  tile: ServiceTile,
  maps: Maps,
  request: PaintRequest,
  { threads, parts }: Painter,
): Promise<{ readonly tile: TileValues; readonly isFinal: boolean } | null> {
  const [, , height, width] = maps.shape;
  const { channel, source, target } = tile;
  const reveal = tile.reveal ?? Number.POSITIVE_INFINITY;
  if (maps.values) {
    const window: MapWindow = {
      values: maps.values,
      offset: channel * height * width,
      x: 0,
      y: 0,
      width,
      height,
      mapWidth: width,
    };
    return { tile: { window, source, reveal }, isFinal: true };
  }
  const preview = maps.previews[channel];
  const isFine =
    preview && source.width / target.width >= preview.factor && source.height / target.height >= preview.factor;
  if (preview && (isFine || request.isDraft || preview.factor === 1)) {
    return { tile: throughPreview(preview, source, reveal, width), isFinal: isFine || preview.factor === 1 };
  }
  const box = visibleBox(tile, request, width, height);
  if (!box) return null;
  const values = parts.get(maps, box) ?? (await readBox(maps, box, threads, never));
  parts.set(maps, box, values);
  const window: MapWindow = {
    values,
    offset: 0,
    x: box.x0,
    y: box.y0,
    width: box.x1 - box.x0,
    height: box.y1 - box.y0,
    mapWidth: width,
  };
  return { tile: { window, source, reveal }, isFinal: true };
}

/** The preview as a map of its own; of `reveal`, the blocks whose values are all revealed. */
function throughPreview(preview: Preview, source: Rect, reveal: number, mapWidth: number): TileValues {
  const { factor, width, height, values } = preview;
  const rows = Math.floor(reveal / mapWidth);
  const blocks = Math.floor(rows / factor) * width + Math.floor((reveal % mapWidth) / factor);
  return {
    window: { values, offset: 0, x: 0, y: 0, width, height, mapWidth: width },
    source: {
      x: source.x / factor,
      y: source.y / factor,
      width: source.width / factor,
      height: source.height / factor,
    },
    reveal: Number.isFinite(reveal) ? blocks : reveal,
  };
}

/** The map pixels that the tile shows on the canvas; null when there are none. */
function visibleBox(
  tile: ServiceTile,
  canvas: { readonly width: number; readonly height: number },
  width: number,
  height: number,
): Box | null {
  const { source, target, channel } = tile;
  const columns = axisSamples(
    { from: target.x, length: target.width },
    { from: source.x, length: source.width },
    canvas.width,
    0,
    width,
  );
  const rows = axisSamples(
    { from: target.y, length: target.height },
    { from: source.y, length: source.height },
    canvas.height,
    0,
    height,
  );
  const box = {
    n: 0,
    c0: channel,
    c1: channel + 1,
    y0: rows.first[0] ?? 0,
    y1: rows.last.at(-1) ?? 0,
    x0: columns.first[0] ?? 0,
    x1: columns.last.at(-1) ?? 0,
  };
  return boxSize(box) > 0 && box.x1 > box.x0 && box.y1 > box.y0 ? box : null;
}
