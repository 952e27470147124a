/** A column's maps by keyboard: arrows move the pinned unit by one value of this column, with Shift by ten; PageUp and PageDown choose the map; + - 0 zoom. */
import type { KeyboardEvent } from 'react';
import { reveal, type ZoomWindow } from '../../../views/zoom.ts';
import { zoomAfterKey } from '../../explore/canvas/zoomGestures.ts';
import { useWorkspace } from '../../session.tsx';
import { unitIn, useComparisonContext } from '../comparison.tsx';
import { useComparedZoom } from './useComparedZoom.ts';

const steps: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
const pages: Readonly<Record<string, number>> = { PageUp: -1, PageDown: 1 };

interface MapShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export function useColumnKeys({ channels, height, width }: MapShape): (event: KeyboardEvent<HTMLElement>) => void {
  const { unit: store } = useComparisonContext();
  const { zoom, largest } = useComparedZoom();
  const setView = useWorkspace((state) => state.setView);
  const show = (next: ZoomWindow) => {
    if (next.scale !== zoom.scale || next.x !== zoom.x || next.y !== zoom.y) setView({ zoom: next });
  };
  return (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const unit = store.getState();
    const by = steps[event.key];
    const page = pages[event.key];
    const [u, v] = [(unit.u - zoom.x) * zoom.scale, (unit.v - zoom.y) * zoom.scale];
    const zoomed = zoomAfterKey(zoom, event.key, largest, inFrame(u), inFrame(v));
    if (by) {
      const at = unitIn(unit, height, width);
      const far = event.shiftKey ? 10 : 1;
      const moved = (index: number, step: number, size: number) =>
        (Math.min(size - 1, Math.max(0, index + far * step)) + 0.5) / size;
      const place = { u: moved(at.x, by.x, width), v: moved(at.y, by.y, height) };
      store.setState(place);
      show(reveal(zoom, place.u, place.v));
    } else if (page !== undefined)
      store.setState({ channel: Math.min(channels - 1, Math.max(0, Math.min(unit.channel, channels - 1) + page)) });
    else if (zoomed) show(zoomed);
    else return;
    event.preventDefault();
  };
}

/** The pinned unit stays where it stands; one out of sight leaves the middle where it is. */
function inFrame(share: number): number {
  return share >= 0 && share <= 1 ? share : 0.5;
}
