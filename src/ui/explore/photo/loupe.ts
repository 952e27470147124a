/**
 * The loupe: the receptive field enlarged in a corner of the photo, where the field itself is smaller than a finger. It stands in the
 * corner that is farther from the field, and hides where the field is large enough by itself.
 */
import type { Rect } from '../../../engine/engine.ts';
import type { Palette } from '../../../views/palette.ts';
import type { Lattice } from '../../../views/photo/convGeometry.ts';
import type { PhotoFrame, Point } from '../../../views/photo/photoFrame.ts';
import { boxOf, drawPoints } from '../../../views/photo/photoOverlay.ts';

export interface LoupeElements {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly size: HTMLElement;
  readonly magnification: HTMLElement;
}

export interface LoupeView {
  /** The padded picture. */
  readonly bitmap: OffscreenCanvas;
  readonly frame: PhotoFrame;
  readonly lattice: Lattice | null;
  /** Where the unit samples between pixels. */
  readonly points: readonly Point[] | null;
  /** The field on the photo's canvas. */
  readonly box: Rect | null;
  readonly palette: Palette;
}

/** Edge of the enlarged field, CSS pixels. */
const edge = 104;
/** A field that is this large on the photo needs no loupe. */
const largeEnough = 64;

/** Draws or hides it; true when it shows. Outside of React: it runs with every frame of the pointer. */
export function drawLoupe(
  elements: LoupeElements,
  { bitmap, frame, lattice, points, box, palette }: LoupeView,
): boolean {
  const { root, canvas, size, magnification } = elements;
  // Over a small photo it would hide what it belongs to.
  const hasRoom = (root.parentElement?.clientWidth ?? 0) > 2 * edge;
  const shows = hasRoom && lattice !== null && box !== null && Math.max(box.width, box.height) < largeEnough;
  root.hidden = !shows;
  if (!shows) return false;
  const field = boxOf(lattice);
  const k = edge / Math.max(field.width, field.height);
  const [width, height] = [field.width * k, field.height * k];
  const ratio = devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (!context) return false;
  context.setTransform(ratio * k, 0, 0, ratio * k, 0, 0);
  context.imageSmoothingEnabled = false;
  const [sx, sy] = [field.x - frame.padded.x, field.y - frame.padded.y];
  context.drawImage(bitmap, sx, sy, field.width, field.height, 0, 0, field.width, field.height);
  dimHoles(context, lattice, field);
  drawGrid(context, field, k);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (points) drawPoints(context, { area: { x: 0, y: 0, width, height }, shown: field }, points, palette);

  root.classList.toggle('left', box.x + box.width / 2 > frame.area.x + frame.area.width / 2);
  root.style.borderColor = palette.line;
  size.textContent = `${field.height} × ${field.width}`;
  magnification.textContent = `${Math.max(1, Math.round((k * frame.shown.width) / frame.area.width))}×`;
  return true;
}

/** What a dilated kernel steps over. */
function dimHoles(context: CanvasRenderingContext2D, { rows, columns }: Lattice, field: Rect): void {
  const taps = { rows: new Set(rows), columns: new Set(columns) };
  context.fillStyle = 'rgb(20 16 14 / 0.62)';
  for (let y = 0; y < field.height; y++) {
    for (let x = 0; x < field.width; x++) {
      if (!taps.rows.has(field.y + y) || !taps.columns.has(field.x + x)) context.fillRect(x, y, 1, 1);
    }
  }
}

function drawGrid(context: CanvasRenderingContext2D, field: Rect, k: number): void {
  if (k < 5) return;
  context.strokeStyle = 'rgb(255 255 255 / 0.18)';
  context.lineWidth = 1 / k;
  context.beginPath();
  for (let x = 1; x < field.width; x++) {
    context.moveTo(x, 0);
    context.lineTo(x, field.height);
  }
  for (let y = 1; y < field.height; y++) {
    context.moveTo(0, y);
    context.lineTo(field.width, y);
  }
  context.stroke();
}

/** From the corners of the field to the corners of the loupe. */
export function drawLoupeLines(
  context: CanvasRenderingContext2D,
  box: Rect,
  root: HTMLElement,
  palette: Palette,
): void {
  const isLeft = root.classList.contains('left');
  const x = isLeft ? root.offsetLeft + root.offsetWidth : root.offsetLeft;
  const from = isLeft ? box.x : box.x + box.width;
  context.strokeStyle = palette.field;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from, box.y);
  context.lineTo(x, root.offsetTop + 6);
  context.moveTo(from, box.y + box.height);
  context.lineTo(x, root.offsetTop + root.offsetHeight - 6);
  context.stroke();
}
