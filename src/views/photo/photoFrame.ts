/**
 * How the photo with its padding stands on its canvas. Positions are picture pixels; the padding lies outside of 0..width-1 and
 * 0..height-1. The zoom window is in units of the padded picture, as the maps' is in units of a map: both show the same part.
 */
import type { Rect } from '../../engine/engine.ts';
import type { PerSide } from '../../operators/operator.ts';
import { contained } from '../rects.ts';
import { sourceRect, type ZoomWindow } from '../zoom.ts';

export interface PhotoFrame {
  /** The photo with its padding, in picture pixels. */
  readonly padded: Rect;
  /** The part of it that is shown. */
  readonly shown: Rect;
  /** Where that part stands on the canvas, CSS pixels. */
  readonly area: Rect;
}

export function photoFrame(
  canvas: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
  padding: PerSide,
  zoom: ZoomWindow,
): PhotoFrame {
  const padded: Rect = {
    x: -padding.left,
    y: -padding.top,
    width: picture.width + padding.left + padding.right,
    height: picture.height + padding.top + padding.bottom,
  };
  const part = sourceRect(zoom, padded.width, padded.height);
  return {
    padded,
    shown: { ...part, x: part.x + padded.x, y: part.y + padded.y },
    area: contained({ x: 0, y: 0, ...canvas }, padded.width, padded.height),
  };
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The position in picture pixels (with fractions, perhaps in the padding) under a point of the canvas, or null outside. */
export function positionAt(frame: PhotoFrame, x: number, y: number): Point | null {
  const u = (x - frame.area.x) / frame.area.width;
  const v = (y - frame.area.y) / frame.area.height;
  if (u < 0 || u >= 1 || v < 0 || v >= 1) return null;
  return { x: frame.shown.x + u * frame.shown.width, y: frame.shown.y + v * frame.shown.height };
}

/** The pixel under a point of the canvas, or null. */
export function pixelAt(frame: PhotoFrame, x: number, y: number): Point | null {
  const at = positionAt(frame, x, y);
  return at && { x: Math.floor(at.x), y: Math.floor(at.y) };
}
