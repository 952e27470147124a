/** Rectangles on screens and on pictures. */
import type { Rect } from '../engine/engine.ts';

/** Where `cells` (picture pixels) lies on `target` (screen), when `target` shows the part `source` of the picture; not clipped. */
export function placed(target: Rect, source: Rect, cells: Rect): Rect {
  const kx = target.width / source.width;
  const ky = target.height / source.height;
  return {
    x: target.x + (cells.x - source.x) * kx,
    y: target.y + (cells.y - source.y) * ky,
    width: cells.width * kx,
    height: cells.height * ky,
  };
}

/** The largest rectangle of the same shape as width x height that fits into `room`, in its middle. */
export function contained(room: Rect, width: number, height: number): Rect {
  const k = Math.min(room.width / width, room.height / height);
  const [w, h] = [width * k, height * k];
  return { x: room.x + (room.width - w) / 2, y: room.y + (room.height - h) / 2, width: w, height: h };
}

/** A rectangle of the content (CSS pixels) on a canvas that begins at `origin`, with both ends on whole device pixels. */
export function onDevicePixels(
  rect: Rect,
  origin: { readonly x: number; readonly y: number },
  pixelRatio: number,
): Rect {
  const left = Math.round((rect.x - origin.x) * pixelRatio);
  const top = Math.round((rect.y - origin.y) * pixelRatio);
  const right = Math.round((rect.x + rect.width - origin.x) * pixelRatio);
  const bottom = Math.round((rect.y + rect.height - origin.y) * pixelRatio);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
