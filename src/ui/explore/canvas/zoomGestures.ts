/**
 * Pointer, wheel and key gestures of linked zoom, the same on the photo and on the maps: wheel or pinch zooms at the pointer, a drag
 * moves the zoomed picture, a double click comes nearer (with Shift: farther), + and - zoom about the middle, 0 shows the whole.
 * A press without a drag is a tap.
 */
import { panBy, wholePicture, type ZoomWindow, zoomAt } from '../../../views/zoom.ts';
import { isEmbedded } from '../../shell/embedded.ts';

/** One picture on the screen, in client pixels. */
export interface FrameOnScreen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ZoomGestureHost {
  zoom(): ZoomWindow;
  setZoom(zoom: ZoomWindow): void;
  largest(): number;
  /** The picture under a client point, or null beside all pictures. */
  frameAt(clientX: number, clientY: number): FrameOnScreen | null;
  /** True where the wheel alone zooms; where it scrolls, Ctrl or the command key is needed. */
  wheelZooms(): boolean;
  onTap(clientX: number, clientY: number): void;
  /** The pointer hovers (mouse, pen) at a client point, or has left. */
  onHover(point: { readonly x: number; readonly y: number } | null): void;
}

/** A press that moves less than this is a tap, CSS pixels. */
const slack = 5;
const keyFactor = 1.5;

interface Press {
  readonly startX: number;
  readonly startY: number;
  x: number;
  y: number;
  isDrag: boolean;
}

export function attachZoomGestures(element: HTMLElement, host: ZoomGestureHost): () => void {
  const presses = new Map<number, Press>();
  const abort = new AbortController();
  const { signal } = abort;

  function zoomAtPoint(factor: number, clientX: number, clientY: number): void {
    const frame = host.frameAt(clientX, clientY);
    if (!frame) return;
    const [u, v] = [(clientX - frame.x) / frame.width, (clientY - frame.y) / frame.height];
    host.setZoom(zoomAt(host.zoom(), factor, u, v, host.largest()));
  }

  function drag(press: Press, clientX: number, clientY: number): void {
    const frame = host.frameAt(press.startX, press.startY);
    if (frame && host.zoom().scale > 1) {
      const [du, dv] = [(clientX - press.x) / frame.width, (clientY - press.y) / frame.height];
      host.setZoom(panBy(host.zoom(), du, dv, host.largest()));
    }
    press.x = clientX;
    press.y = clientY;
  }

  function pinch(id: number, clientX: number, clientY: number): void {
    const moved = presses.get(id);
    const other = [...presses].find(([key]) => key !== id)?.[1];
    if (!moved || !other) return;
    const distance = (x: number, y: number) => Math.max(1, Math.hypot(x - other.x, y - other.y));
    const factor = distance(clientX, clientY) / distance(moved.x, moved.y);
    zoomAtPoint(factor, (clientX + other.x) / 2, (clientY + other.y) / 2);
    moved.x = clientX;
    moved.y = clientY;
    moved.isDrag = other.isDrag = true;
  }

  element.addEventListener(
    'wheel',
    (event) => {
      // In somebody else's page the wheel belongs to that page.
      const isMeant = event.ctrlKey || event.metaKey || (host.wheelZooms() && !isEmbedded());
      if (!isMeant || !host.frameAt(event.clientX, event.clientY)) return;
      event.preventDefault();
      // A trackpad pinch comes as small ctrl-wheel steps, a mouse wheel in steps of about 100.
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 33;
      zoomAtPoint(2 ** (-pixels / (event.ctrlKey ? 80 : 250)), event.clientX, event.clientY);
    },
    { passive: false, signal },
  );

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      const { clientX: x, clientY: y } = event;
      presses.set(event.pointerId, { startX: x, startY: y, x, y, isDrag: false });
      if (host.zoom().scale > 1 || presses.size > 1) element.setPointerCapture(event.pointerId);
    },
    { signal },
  );

  element.addEventListener(
    'pointermove',
    (event) => {
      const { clientX: x, clientY: y } = event;
      const press = presses.get(event.pointerId);
      if (!press) {
        if (event.pointerType !== 'touch') host.onHover({ x, y });
        return;
      }
      if (presses.size > 1) {
        pinch(event.pointerId, x, y);
        return;
      }
      press.isDrag ||= Math.hypot(x - press.startX, y - press.startY) > slack;
      if (press.isDrag) drag(press, x, y);
      else if (event.pointerType !== 'touch') host.onHover({ x, y });
    },
    { signal },
  );

  element.addEventListener(
    'pointerup',
    (event) => {
      const press = presses.get(event.pointerId);
      presses.delete(event.pointerId);
      if (press && !press.isDrag) host.onTap(event.clientX, event.clientY);
    },
    { signal },
  );
  element.addEventListener('pointercancel', (event) => presses.delete(event.pointerId), { signal });
  element.addEventListener('pointerleave', () => host.onHover(null), { signal });
  element.addEventListener(
    'dblclick',
    (event) => {
      event.preventDefault();
      zoomAtPoint(event.shiftKey ? 0.5 : 2, event.clientX, event.clientY);
    },
    { signal },
  );
  return () => abort.abort();
}

/** The window after +, - or 0; null for other keys. `u`, `v`: the point of the frame that stays. */
export function zoomAfterKey(zoom: ZoomWindow, key: string, largest: number, u = 0.5, v = 0.5): ZoomWindow | null {
  switch (key) {
    case '+':
    case '=':
      return zoomAt(zoom, keyFactor, u, v, largest);
    case '-':
      return zoomAt(zoom, 1 / keyFactor, u, v, largest);
    case '0':
      return wholePicture;
    default:
      return null;
  }
}
