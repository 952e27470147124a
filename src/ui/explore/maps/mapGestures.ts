/** Pointing at the maps: hover and tap become units, the shared gestures zoom. Attached to the canvas, outside of React. */
import type { Session } from '../../../live/session.ts';
import { pinUnit, setHover, type Unit } from '../../../store/pointer.ts';
import { slotAt, tileRect } from '../../../views/atlas/layout.ts';
import { unitAt } from '../../../views/atlas/pointing.ts';
import { largestScale } from '../../../views/zoom.ts';
import { attachZoomGestures } from '../canvas/zoomGestures.ts';
import type { Atlas } from './mapsView.ts';

/** `atlas`: the present layout; `content`: the element whose top left corner is the layout's origin. */
export function attachMapGestures(
  session: Session,
  scroller: HTMLElement,
  content: HTMLElement,
  canvas: HTMLElement,
  atlas: () => Atlas | null,
): () => void {
  const { workspace, pointer } = session;
  const zoom = () => workspace.getState().workspace.view.zoom;

  function unitUnder(clientX: number, clientY: number): Unit | null {
    const present = atlas();
    if (!present) return null;
    const origin = content.getBoundingClientRect();
    const { layout, order, size } = present;
    return unitAt(layout, order, zoom(), size, clientX - origin.x, clientY - origin.y);
  }

  return attachZoomGestures(canvas, {
    zoom,
    setZoom: (next) => workspace.getState().setView({ zoom: next }),
    largest: () => {
      const size = atlas()?.size;
      return size ? largestScale(size.width, size.height) : 1;
    },
    frameAt(clientX, clientY) {
      const present = atlas();
      const origin = content.getBoundingClientRect();
      const slot = present && slotAt(present.layout, clientX - origin.x, clientY - origin.y);
      if (!present || slot === null) return null;
      const tile = tileRect(present.layout, slot);
      return { ...tile, x: tile.x + origin.x, y: tile.y + origin.y };
    },
    wheelZooms: () => scroller.scrollHeight <= scroller.clientHeight && scroller.scrollWidth <= scroller.clientWidth,
    onTap(clientX, clientY) {
      const unit = unitUnder(clientX, clientY);
      if (unit) pinUnit(pointer, unit);
    },
    onHover(point) {
      const unit = point && unitUnder(point.x, point.y);
      if (unit) setHover(pointer, { on: 'map', unit });
      else if (pointer.getState().hover?.on === 'map') setHover(pointer, null);
    },
  });
}
