/**
 * Keeps the canvas of the photo in step with the stores, outside of React and at video rate: the padded picture is put into a bitmap
 * when it changes, and drawn from there when the zoom changes; boxes and numbers are drawn on a second canvas above.
 */
import type { Session } from '../../../live/session.ts';
import { exploredOf } from '../../../store/explored.ts';
import type { Palette } from '../../../views/palette.ts';
import type { Pixels } from '../../../views/photo/paddedPixels.ts';
import type { PhotoFrame } from '../../../views/photo/photoFrame.ts';
import { boxOf, drawPhotoOverlay, isInView, type PhotoHighlight } from '../../../views/photo/photoOverlay.ts';
import { drawPixelValues, pixelsAreReadable } from '../../../views/photo/pixelValues.ts';
import { placed } from '../../../views/rects.ts';
import { frameLoop } from '../canvas/frameLoop.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';
import { drawLoupe, drawLoupeLines, type LoupeElements } from './loupe.ts';
import { highlightOf, type PhotoState, paddedPicture, photoState, shownPixels } from './photoState.ts';

export interface PhotoStage {
  readonly size: ElementSize;
  readonly palette: Palette;
  /** False while something is painted: who paints must see the whole photo in its own light. */
  readonly showsUnits: boolean;
  /** Where the field is shown enlarged, or null. */
  readonly loupe: LoupeElements | null;
}

export interface PhotoPainter {
  setStage(stage: PhotoStage): void;
  dispose(): void;
}

export function createPhotoPainter(
  session: Session,
  canvas: HTMLCanvasElement,
  overlay: HTMLCanvasElement,
): PhotoPainter {
  const context = canvas.getContext('2d');
  const above = overlay.getContext('2d');
  const bitmap = new OffscreenCanvas(1, 1);
  const bitmapContext = bitmap.getContext('2d');
  let stage: PhotoStage | null = null;
  let pixels: Pixels | null = null;

  const loop = frameLoop<'picture' | 'photo' | 'overlay'>((changed) => {
    const state = stage && photoState(session, stage.size);
    if (!stage || !state) return;
    for (const element of [canvas, overlay]) place(element, stage.size);
    if (changed.has('picture')) renewBitmap(state);
    if (changed.has('picture') || changed.has('photo')) drawPhoto(state);
    drawOverlay(state, stage);
  });

  function renewBitmap({ picture, geometry, workspace }: PhotoState): void {
    pixels = shownPixels(picture, workspace.input);
    const padded = paddedPicture(pixels, geometry, workspace.input);
    if (bitmap.width !== padded.width) bitmap.width = padded.width;
    if (bitmap.height !== padded.height) bitmap.height = padded.height;
    bitmapContext?.putImageData(new ImageData(padded.rgba, padded.width, padded.height), 0, 0);
  }

  function drawPhoto({ frame }: PhotoState): void {
    if (!context) return;
    const { area, shown, padded } = frame;
    const ratio = devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    // Enlarged pixels are shown as the squares that the layer reads.
    context.imageSmoothingEnabled = (ratio * area.width) / shown.width < 2;
    context.imageSmoothingQuality = 'medium';
    const [sx, sy] = [shown.x - padded.x, shown.y - padded.y];
    context.drawImage(bitmap, sx, sy, shown.width, shown.height, area.x, area.y, area.width, area.height);
  }

  function drawOverlay(
    { frame, geometry, sight, picture }: PhotoState,
    { palette, showsUnits, loupe }: PhotoStage,
  ): void {
    if (!above) return;
    const pointer = session.pointer.getState();
    const { hover } = pointer;
    const ratio = devicePixelRatio;
    above.setTransform(ratio, 0, 0, ratio, 0, 0);
    above.clearRect(0, 0, overlay.width, overlay.height);
    const highlight = showsUnits ? highlightOf(pointer, geometry, sight) : null;
    const term = hover?.on === 'term' && hover.term !== 'N' ? hover.term : null;
    drawPhotoOverlay(above, { frame, geometry, highlight, lit: term, palette });
    if (pixels && pixelsAreReadable(frame, picture.channels)) {
      const lit = litBy(highlight, frame);
      drawPixelValues(above, frame, pixels, picture.values, picture.channels, palette.mono, lit);
    }
    if (!loupe) return;
    const lattice = highlight?.kind === 'field' ? highlight.lattice : null;
    const box = lattice && placed(frame.area, frame.shown, boxOf(lattice));
    const points = (highlight?.kind === 'field' && highlight.points) || null;
    const shown = drawLoupe(loupe, { bitmap, frame, lattice, points, box, palette });
    if (shown && box) drawLoupeLines(above, box, loupe.root, palette);
  }

  const stops = [
    session.results.subscribe((state, former) => {
      if (state.picture !== former.picture) loop.invalidate('picture');
      else if (state.output?.kind !== former.output?.kind) loop.invalidate('overlay');
    }),
    session.workspace.subscribe(({ workspace }, { workspace: former }) => {
      if (
        workspace.graph !== former.graph ||
        workspace.input !== former.input ||
        exploredOf(workspace) !== exploredOf(former)
      )
        loop.invalidate('picture');
      else if (workspace.view !== former.view) loop.invalidate('photo');
    }),
    session.pointer.subscribe(() => loop.invalidate('overlay')),
  ];

  return {
    setStage(next) {
      stage = next;
      loop.invalidate('picture');
    },
    dispose() {
      for (const stop of stops) stop();
      loop.stop();
    },
  };
}

/** Which pixels the highlight leaves bright: all, where it dims nothing. */
function litBy(highlight: PhotoHighlight | null, frame: PhotoFrame): (y: number, x: number) => boolean {
  if (!highlight || highlight.kind === 'pixel' || !isInView(highlight.lattice, frame)) return () => true;
  const rows = new Set(highlight.lattice.rows);
  const columns = new Set(highlight.lattice.columns);
  return (y, x) => rows.has(y) && columns.has(x);
}

/** Setting a size clears a canvas, so only when it is another one. */
function place(element: HTMLCanvasElement, size: ElementSize): void {
  const width = Math.max(1, Math.round(size.width * devicePixelRatio));
  const height = Math.max(1, Math.round(size.height * devicePixelRatio));
  if (element.width !== width) element.width = width;
  if (element.height !== height) element.height = height;
}
