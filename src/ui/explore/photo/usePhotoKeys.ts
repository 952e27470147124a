/** The photo by keyboard: arrows move the pinned unit (the box moves with it), + - 0 zoom. */
import { type KeyboardEvent, useCallback } from 'react';
import { pinUnit } from '../../../store/pointer.ts';
import { clampUnit, unitAfterKey } from '../../../views/atlas/pointing.ts';
import { largestScale } from '../../../views/zoom.ts';
import { useSession } from '../../session.tsx';
import { zoomAfterKey } from '../canvas/zoomGestures.ts';
import { geometryOf } from './photoState.ts';

export function usePhotoKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const { workspace, pointer, results } = useSession();
  return useCallback(
    (event) => {
      const { picture, output } = results.getState();
      if (!picture || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
      const { workspace: present, setView } = workspace.getState();
      const zoomed = zoomAfterKey(present.view.zoom, event.key, largestScale(picture.width, picture.height));
      const geometry = geometryOf(present, picture);
      if (zoomed) setView({ zoom: zoomed });
      else if (geometry && output && event.key.startsWith('Arrow')) {
        const size = { channels: output.shape[1], height: geometry.h.outputs, width: geometry.w.outputs };
        const unit = clampUnit(pointer.getState().pin ?? { channel: 0, y: 0, x: 0 }, size);
        const moved = unitAfterKey(unit, event.key, event.shiftKey, size, []);
        if (moved) pinUnit(pointer, moved);
      } else return;
      event.preventDefault();
    },
    [workspace, pointer, results],
  );
}
