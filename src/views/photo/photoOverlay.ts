/**
 * What is drawn above the photo: the field of a unit as a box with its exact taps, the rest dimmed; the pixels that one weight
 * multiplies; the rows and columns that no window reaches, hatched; the edge between photo and padding. In CSS pixels of the canvas.
 */
import type { Rect } from '../../engine/engine.ts';
import { droppedCount } from '../../operators/window.ts';
import type { Palette } from '../palette.ts';
import { placed } from '../rects.ts';
import { type ConvGeometry, type Lattice, runsOf } from './convGeometry.ts';
import type { PhotoFrame, Point } from './photoFrame.ts';

export type PhotoHighlight =
  /** The receptive field of a unit; where it samples between pixels, the places. */
  | { readonly kind: 'field'; readonly lattice: Lattice; readonly points?: readonly Point[] | null }
  /** Every pixel that one weight multiplies. */
  | { readonly kind: 'weight'; readonly lattice: Lattice }
  /** The hovered pixel itself. */
  | { readonly kind: 'pixel'; readonly y: number; readonly x: number };

export interface PhotoOverlay {
  readonly frame: PhotoFrame;
  readonly geometry: ConvGeometry | null;
  readonly highlight: PhotoHighlight | null;
  /** The letter of the cost formula that is hovered, where it counts something on the photo: its channels, its sides, the window. */
  readonly lit: 'C' | 'H' | 'W' | 'K' | null;
  readonly palette: Palette;
}

/** How much of a pixel's light is left where it is dimmed. */
export const dimmedLight = 0.5;

const dimming = { light: 'rgb(20 16 14 / 0.5)', dark: 'rgb(8 9 11 / 0.55)' } as const;

export function drawPhotoOverlay(context: CanvasRenderingContext2D, overlay: PhotoOverlay): void {
  const { frame, geometry, highlight, palette } = overlay;
  const { area } = frame;
  context.save();
  context.beginPath();
  context.rect(area.x, area.y, area.width, area.height);
  context.clip();
  if (highlight && highlight.kind !== 'pixel' && isInView(highlight.lattice, frame)) {
    drawLattice(context, overlay, highlight);
  }
  if (geometry) {
    drawDropped(context, frame, geometry, palette);
    drawPhotoEdge(context, frame, geometry, palette);
  }
  if (highlight?.kind === 'pixel') {
    const pixel = placed(area, frame.shown, { x: highlight.x, y: highlight.y, width: 1, height: 1 });
    drawBox(context, pixel, area, palette, 5);
  }
  context.restore();
  if (geometry) drawCounted(context, overlay, geometry);
}

/** False where the zoomed picture shows nothing of it: then nothing is dimmed for it either. */
export function isInView(lattice: Lattice, { shown }: PhotoFrame): boolean {
  const box = boxOf(lattice);
  const across = box.x < shown.x + shown.width && box.x + box.width > shown.x;
  return across && box.y < shown.y + shown.height && box.y + box.height > shown.y;
}

/** What a letter of the cost formula counts here: C all of the photo, H its height, W its width. */
function drawCounted(
  context: CanvasRenderingContext2D,
  { frame: { area, shown }, lit, palette }: PhotoOverlay,
  { h, w }: ConvGeometry,
): void {
  if (lit === null || lit === 'K') return;
  const photo = placed(area, shown, { x: 0, y: 0, width: w.input, height: h.input });
  context.strokeStyle = palette.input;
  context.lineWidth = 6;
  context.beginPath();
  if (lit === 'C') context.rect(photo.x + 3, photo.y + 3, photo.width - 6, photo.height - 6);
  else {
    context.moveTo(photo.x + 3, photo.y + photo.height - 3);
    context.lineTo(
      lit === 'H' ? photo.x + 3 : photo.x + photo.width - 3,
      lit === 'H' ? photo.y + 3 : photo.y + photo.height - 3,
    );
  }
  context.stroke();
}

/** The box around a lattice, in picture pixels. */
export function boxOf({ rows, columns }: Lattice): Rect {
  const [top, left] = [rows[0] ?? 0, columns[0] ?? 0];
  return { x: left, y: top, width: (columns.at(-1) ?? 0) - left + 1, height: (rows.at(-1) ?? 0) - top + 1 };
}

function drawLattice(
  context: CanvasRenderingContext2D,
  overlay: PhotoOverlay,
  highlight: Exclude<PhotoHighlight, { kind: 'pixel' }>,
): void {
  const { kind, lattice } = highlight;
  const { frame, palette, lit } = overlay;
  const { area, shown } = frame;
  context.fillStyle = palette.isDark ? dimming.dark : dimming.light;
  context.fillRect(area.x, area.y, area.width, area.height);
  const box = placed(area, shown, boxOf(lattice));
  const pixel = area.width / shown.width;
  // Single pixels closer than two screen pixels cannot be told apart: the whole box is lit.
  const [rows, columns] = [runsOf(lattice.rows), runsOf(lattice.columns)];
  const step = (box.width / Math.max(1, columns.length) + box.height / Math.max(1, rows.length)) / 2;
  if (step < 2 && pixel < 2) {
    context.clearRect(box.x, box.y, box.width, box.height);
  } else {
    for (const row of rows) {
      for (const column of columns) {
        const cell = placed(area, shown, {
          x: column.lo,
          y: row.lo,
          width: column.hi - column.lo + 1,
          height: row.hi - row.lo + 1,
        });
        context.clearRect(cell.x, cell.y, cell.width, cell.height);
        if (kind === 'field' && rows.length * columns.length > 1) outlineTap(context, cell, palette);
      }
    }
  }
  if (kind === 'weight') {
    context.strokeStyle = palette.weights;
    context.lineWidth = 1.5;
    context.strokeRect(box.x, box.y, box.width, box.height);
    return;
  }
  drawCrossHair(context, box, area, palette);
  drawBox(context, box, area, palette, 7);
  // Where samples are too close to be told apart, the box alone says where they are.
  const points = highlight.kind === 'field' && highlight.points;
  if (points && box.width * box.height > 30 * points.length) drawPoints(context, frame, points, palette);
  if (lit === 'K') {
    context.strokeStyle = palette.weights;
    context.lineWidth = 3;
    context.strokeRect(box.x - 3, box.y - 3, box.width + 6, box.height + 6);
  }
}

/** Samples as discs; a whole number is the middle of a pixel. */
export function drawPoints(
  context: CanvasRenderingContext2D,
  { area, shown }: Pick<PhotoFrame, 'area' | 'shown'>,
  points: readonly Point[],
  palette: Palette,
): void {
  const radius = Math.min(4, Math.max(1, (0.3 * area.width) / shown.width));
  context.fillStyle = palette.field;
  context.strokeStyle = '#fff';
  context.lineWidth = 1;
  for (const { y, x } of points) {
    const at = placed(area, shown, { x: x + 0.5, y: y + 0.5, width: 0, height: 0 });
    context.beginPath();
    context.arc(at.x, at.y, radius, 0, 7);
    context.fill();
    context.stroke();
  }
}

/** Both ends of a box along one axis, moved inwards where its line would be cut by the end of the picture. */
function edges(from: number, size: number, start: number, room: number, grow: number): readonly [number, number] {
  const half = 2;
  const low = from >= start - 0.5 ? Math.max(from - grow, start + half) : from - grow;
  const end = start + room;
  const high = from + size <= end + 0.5 ? Math.min(from + size + grow, end - half) : from + size + grow;
  return [low, high];
}

/** A tap of a kernel with holes: on black padding its light alone would not be seen. */
function outlineTap(context: CanvasRenderingContext2D, cell: Rect, palette: Palette): void {
  if (Math.min(cell.width, cell.height) < 3) return;
  context.strokeStyle = palette.field;
  context.lineWidth = 1;
  context.strokeRect(cell.x + 0.5, cell.y + 0.5, cell.width - 1, cell.height - 1);
}

/** Thin lines through the middle of the field, from the borders to its box: the same cross-hair as on the maps. */
function drawCrossHair(context: CanvasRenderingContext2D, box: Rect, area: Rect, palette: Palette): void {
  const x = Math.round(box.x + box.width / 2 - 0.5) + 0.5;
  const y = Math.round(box.y + box.height / 2 - 0.5) + 0.5;
  context.strokeStyle = palette.field;
  context.globalAlpha = 0.75;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, area.y);
  context.lineTo(x, box.y);
  context.moveTo(x, box.y + box.height);
  context.lineTo(x, area.y + area.height);
  context.moveTo(area.x, y);
  context.lineTo(box.x, y);
  context.moveTo(box.x + box.width, y);
  context.lineTo(area.x + area.width, y);
  context.stroke();
  context.globalAlpha = 1;
}

/** A box in the colour of the field, never smaller than `least` so that it can be found. */
function drawBox(context: CanvasRenderingContext2D, box: Rect, area: Rect, palette: Palette, least: number): void {
  const grow = Math.max(1, (least - Math.min(box.width, box.height)) / 2);
  const [left, right] = edges(box.x, box.width, area.x, area.width, grow);
  const [top, bottom] = edges(box.y, box.height, area.y, area.height, grow);
  const around: Rect = { x: left, y: top, width: right - left, height: bottom - top };
  context.strokeStyle = palette.isDark ? 'rgb(0 0 0 / 0.6)' : 'rgb(255 255 255 / 0.7)';
  context.lineWidth = 4;
  context.strokeRect(around.x, around.y, around.width, around.height);
  context.strokeStyle = palette.field;
  context.lineWidth = 2;
  context.strokeRect(around.x, around.y, around.width, around.height);
}

/** Where the photo ends and its padding begins. */
function drawPhotoEdge(
  context: CanvasRenderingContext2D,
  { area, shown }: PhotoFrame,
  { h, w }: ConvGeometry,
  palette: Palette,
): void {
  if (h.before + h.after + w.before + w.after === 0) return;
  const edge = placed(area, shown, { x: 0, y: 0, width: w.input, height: h.input });
  context.strokeStyle = palette.input;
  context.globalAlpha = 0.8;
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  context.strokeRect(edge.x, edge.y, edge.width, edge.height);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Rows at the bottom and columns at the right that rounding down the output size leaves out. */
function drawDropped(
  context: CanvasRenderingContext2D,
  { area, shown, padded }: PhotoFrame,
  { h, w }: ConvGeometry,
  palette: Palette,
): void {
  const [rows, columns] = [droppedCount(h), droppedCount(w)];
  const strips: Rect[] = [];
  const bottom = padded.y + padded.height - rows;
  if (rows > 0) strips.push({ x: padded.x, y: bottom, width: padded.width, height: rows });
  if (columns > 0) {
    strips.push({ x: padded.x + padded.width - columns, y: padded.y, width: columns, height: padded.height - rows });
  }
  for (const strip of strips) drawHatched(context, placed(area, shown, strip), palette);
}

function drawHatched(context: CanvasRenderingContext2D, strip: Rect, palette: Palette): void {
  context.save();
  context.beginPath();
  context.rect(strip.x, strip.y, strip.width, strip.height);
  context.clip();
  context.fillStyle = palette.isDark ? 'rgb(0 0 0 / 0.55)' : 'rgb(255 255 255 / 0.65)';
  context.fillRect(strip.x, strip.y, strip.width, strip.height);
  context.strokeStyle = palette.ink;
  context.globalAlpha = 0.7;
  context.lineWidth = 1;
  context.beginPath();
  // Lines at 45 degrees, fixed to the canvas, so that neighbouring strips join.
  const from = Math.floor((strip.x + strip.y) / 5) * 5;
  for (let s = from; s < strip.x + strip.width + strip.y + strip.height; s += 5) {
    context.moveTo(s - strip.y, strip.y);
    context.lineTo(s - strip.y - strip.height, strip.y + strip.height);
  }
  context.stroke();
  context.restore();
}
