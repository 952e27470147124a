/** The maps by keyboard: arrows move the pinned unit, PageUp and PageDown change the map, Enter opens it, + - 0 zoom. */
import { type KeyboardEvent, type RefObject, useCallback } from 'react';
import { pinUnit } from '../../../store/pointer.ts';
import { clampUnit, unitAfterKey } from '../../../views/atlas/pointing.ts';
import { largestScale, reveal } from '../../../views/zoom.ts';
import { useSession } from '../../session.tsx';
import { zoomAfterKey } from '../canvas/zoomGestures.ts';
import type { Atlas } from './mapsView.ts';
import { scrollToChannel } from './useCentredMap.ts';

export function useMapKeys(
  atlas: Atlas | null,
  scroller: RefObject<HTMLElement | null>,
): (event: KeyboardEvent<HTMLElement>) => void {
  const { workspace, pointer } = useSession();
  return useCallback(
    (event) => {
      if (!atlas || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
      const { size, order } = atlas;
      const { view } = workspace.getState().workspace;
      const { setView } = workspace.getState();
      const unit = clampUnit(pointer.getState().pin ?? { channel: order[0] ?? 0, y: 0, x: 0 }, size);
      const moved = unitAfterKey(unit, event.key, event.shiftKey, size, order);
      const zoomed = zoomAfterKey(view.zoom, event.key, largestScale(size.width, size.height));
      if (moved) {
        pinUnit(pointer, moved);
        const shown = reveal(view.zoom, (moved.x + 0.5) / size.width, (moved.y + 0.5) / size.height);
        if (shown.x !== view.zoom.x || shown.y !== view.zoom.y) setView({ zoom: shown });
        if (moved.channel !== unit.channel && scroller.current) scrollToChannel(scroller.current, atlas, moved.channel);
      } else if (zoomed) setView({ zoom: zoomed });
      else if (event.key === 'Enter') setView({ opened: unit.channel });
      else return;
      event.preventDefault();
    },
    [atlas, workspace, pointer, scroller],
  );
}
