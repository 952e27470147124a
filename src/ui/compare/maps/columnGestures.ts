/** Pointing at a column's maps: a tap pins a unit and chooses its map in all columns, hovering shows the place in all, the shared gestures zoom. */
import type { StoreApi } from 'zustand/vanilla';
import type { ComparedUnit } from '../../../store/workspace.ts';
import type { ZoomWindow } from '../../../views/zoom.ts';
import { attachZoomGestures } from '../../explore/canvas/zoomGestures.ts';
import type { Looking } from '../comparison.tsx';
import { slotUnder, type TileGrid, tileAt } from './tileGrid.ts';

export interface ShownMaps {
  readonly grid: TileGrid;
  /** The channel of each slot. */
  readonly channels: readonly number[];
  readonly zoom: ZoomWindow;
  readonly largest: number;
}

export interface ColumnGestureHost {
  shown(): ShownMaps;
  setZoom(zoom: ZoomWindow): void;
  readonly unit: StoreApi<ComparedUnit>;
  readonly looking: StoreApi<Looking>;
}

/** `overlay` lies over the maps, its top left corner is the grid's. */
export function attachColumnGestures(overlay: HTMLElement, host: ColumnGestureHost): () => void {
  function tileUnder(clientX: number, clientY: number) {
    const { grid } = host.shown();
    const origin = overlay.getBoundingClientRect();
    const slot = slotUnder(grid, clientX - origin.x, clientY - origin.y);
    if (slot === null) return null;
    const tile = tileAt(grid, slot);
    return { slot, frame: { ...tile, x: tile.x + origin.x, y: tile.y + origin.y } };
  }

  function unitUnder(clientX: number, clientY: number): ComparedUnit | null {
    const under = tileUnder(clientX, clientY);
    const { channels, zoom } = host.shown();
    const channel = under && channels[under.slot];
    if (!under || channel === null || channel === undefined) return null;
    const { frame } = under;
    return {
      channel,
      u: within(zoom.x + (clientX - frame.x) / frame.width / zoom.scale),
      v: within(zoom.y + (clientY - frame.y) / frame.height / zoom.scale),
    };
  }

  return attachZoomGestures(overlay, {
    zoom: () => host.shown().zoom,
    setZoom: host.setZoom,
    largest: () => host.shown().largest,
    frameAt: (clientX, clientY) => tileUnder(clientX, clientY)?.frame ?? null,
    // The screen scrolls, unless it happens to fit.
    wheelZooms: () => {
      const screen = overlay.closest('.screen');
      return screen !== null && screen.scrollHeight <= screen.clientHeight;
    },
    onTap(clientX, clientY) {
      const unit = unitUnder(clientX, clientY);
      if (unit) host.unit.setState(unit);
    },
    onHover: (point) => host.looking.setState({ hover: point && unitUnder(point.x, point.y) }),
  });
}

/** The last place that still lies on the map. */
function within(share: number): number {
  return Math.min(0.9999, Math.max(0, share));
}
