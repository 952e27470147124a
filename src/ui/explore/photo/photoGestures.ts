/**
 * Pointing at the photo: hovering a pixel shows which outputs read it, a tap pins the unit whose window is centred there, the shared
 * gestures zoom. While something is painted, strokes go to the painting tool instead.
 */
import type { Session } from '../../../live/session.ts';
import { pinUnit, setHover } from '../../../store/pointer.ts';
import { outputCentredOn } from '../../../views/photo/convGeometry.ts';
import { type Point, pixelAt, positionAt } from '../../../views/photo/photoFrame.ts';
import { largestScale } from '../../../views/zoom.ts';
import type { ElementSize } from '../canvas/useElementSize.ts';
import { attachZoomGestures } from '../canvas/zoomGestures.ts';
import { type PhotoState, photoState } from './photoState.ts';

/** A piece of a stroke in picture pixels (fractions; the middle of the first pixel is 0.5, 0.5). */
export interface Stroke {
  readonly phase: 'start' | 'move' | 'end';
  readonly from: Point;
  readonly to: Point;
}

function stateOf(session: Session, element: HTMLElement): PhotoState | null {
  const size: ElementSize = { width: element.clientWidth, height: element.clientHeight };
  return photoState(session, size);
}

export function attachPhotoGestures(session: Session, element: HTMLElement): () => void {
  const { workspace, pointer } = session;

  function pixelUnder(clientX: number, clientY: number): { readonly state: PhotoState; readonly at: Point } | null {
    const state = stateOf(session, element);
    const origin = element.getBoundingClientRect();
    const at = state && pixelAt(state.frame, clientX - origin.x, clientY - origin.y);
    return state && at ? { state, at } : null;
  }

  return attachZoomGestures(element, {
    zoom: () => workspace.getState().workspace.view.zoom,
    setZoom: (zoom) => workspace.getState().setView({ zoom }),
    largest: () => {
      const { picture } = session.results.getState();
      return picture ? largestScale(picture.width, picture.height) : 1;
    },
    frameAt() {
      const state = stateOf(session, element);
      const origin = element.getBoundingClientRect();
      return state && { ...state.frame.area, x: origin.x + state.frame.area.x, y: origin.y + state.frame.area.y };
    },
    wheelZooms: () => true,
    onTap(clientX, clientY) {
      const hit = pixelUnder(clientX, clientY);
      if (!hit) return;
      const { geometry, sight, picture } = hit.state;
      const channel = pointer.getState().pin?.channel ?? 0;
      if (sight) {
        const along = (at: number, from: number, to: number) =>
          Math.min(to - 1, Math.max(0, Math.floor(((at + 0.5) * to) / from)));
        const [y, x] = [along(hit.at.y, picture.height, sight.height), along(hit.at.x, picture.width, sight.width)];
        pinUnit(pointer, { channel, y, x });
        return;
      }
      if (!geometry) return;
      const [y, x] = [outputCentredOn(geometry.h, hit.at.y), outputCentredOn(geometry.w, hit.at.x)];
      pinUnit(pointer, { channel, y, x });
    },
    onHover(point) {
      const hit = point && pixelUnder(point.x, point.y);
      const picture = hit?.state.picture;
      const inside =
        hit && picture && hit.at.x >= 0 && hit.at.y >= 0 && hit.at.x < picture.width && hit.at.y < picture.height;
      if (inside) setHover(pointer, { on: 'photo', ...hit.at });
      else if (pointer.getState().hover?.on === 'photo') setHover(pointer, null);
    },
  });
}

/** One pointer at a time draws; it is captured, so that a stroke may leave the photo and come back. */
export function attachPainting(session: Session, element: HTMLElement, onPaint: (stroke: Stroke) => void): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let last: Point | null = null;

  const under = (event: PointerEvent): Point | null => {
    const state = stateOf(session, element);
    const origin = element.getBoundingClientRect();
    return state && positionAt(state.frame, event.clientX - origin.x, event.clientY - origin.y);
  };

  element.addEventListener(
    'pointerdown',
    (event) => {
      const at = event.button === 0 && event.isPrimary ? under(event) : null;
      if (!at) return;
      element.setPointerCapture(event.pointerId);
      last = at;
      onPaint({ phase: 'start', from: at, to: at });
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (!last || !event.isPrimary) return;
      // Fast strokes come as several positions in one event.
      for (const part of event.getCoalescedEvents?.() ?? [event]) {
        const at = under(part);
        if (!at) continue;
        onPaint({ phase: 'move', from: last, to: at });
        last = at;
      }
    },
    { signal },
  );
  const end = (event: PointerEvent) => {
    if (!last || !event.isPrimary) return;
    onPaint({ phase: 'end', from: last, to: last });
    last = null;
  };
  element.addEventListener('pointerup', end, { signal });
  element.addEventListener('pointercancel', end, { signal });
  return () => abort.abort();
}
