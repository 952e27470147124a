/**
 * Linked zoom: one window on every picture at once. The window is given in units of a picture's width and height, so that the
 * photo (with its padding) and all maps show the same part, whatever their sizes in pixels. Scale 1 at (0, 0) is the whole.
 */
import type { Rect } from '../engine/engine.ts';

export interface ZoomWindow {
  readonly scale: number;
  /** Left and top end, 0..1 - 1/scale. */
  readonly x: number;
  readonly y: number;
}

export const wholePicture: ZoomWindow = { scale: 1, x: 0, y: 0 };

/** As near as about three pixels of the shorter side. */
export function largestScale(width: number, height: number): number {
  return Math.max(1, Math.min(width, height) / 3);
}

export function clampZoom(zoom: ZoomWindow, largest: number): ZoomWindow {
  const scale = Math.min(largest, Math.max(1, zoom.scale));
  const room = 1 - 1 / scale;
  const within = (v: number) => Math.min(room, Math.max(0, v));
  return { scale, x: within(zoom.x), y: within(zoom.y) };
}

/** Zooms by `factor`; what stands at (u, v) of the frame (0..1 each) stays there while no border is reached. */
export function zoomAt(zoom: ZoomWindow, factor: number, u: number, v: number, largest: number): ZoomWindow {
  const scale = Math.min(largest, Math.max(1, zoom.scale * factor));
  const x = zoom.x + u / zoom.scale - u / scale;
  const y = zoom.y + v / zoom.scale - v / scale;
  return clampZoom({ scale, x, y }, largest);
}

/** Drags the picture by a share of the frame: to the right and down when positive. */
export function panBy(zoom: ZoomWindow, du: number, dv: number, largest: number): ZoomWindow {
  return clampZoom({ ...zoom, x: zoom.x - du / zoom.scale, y: zoom.y - dv / zoom.scale }, largest);
}

/** Moves the window as little as needed to show the point (u, v) of the picture (0..1 each), a tenth of the frame from its border. */
export function reveal(zoom: ZoomWindow, u: number, v: number): ZoomWindow {
  if (zoom.scale === 1) return zoom;
  const size = 1 / zoom.scale;
  const margin = size / 10;
  const along = (start: number, at: number) => Math.min(at - margin, Math.max(start, at + margin - size));
  return clampZoom({ scale: zoom.scale, x: along(zoom.x, u), y: along(zoom.y, v) }, zoom.scale);
}

/** The shown part of a picture of width x height, in its pixels. */
export function sourceRect(zoom: ZoomWindow, width: number, height: number): Rect {
  return { x: zoom.x * width, y: zoom.y * height, width: width / zoom.scale, height: height / zoom.scale };
}
