/** A drag of a slider is one step of undo, however long it takes: the store is told where it begins and ends. */
import { type PointerEvent, useCallback } from 'react';
import { useSession } from '../../session.tsx';

export function useDragStep(): (event: PointerEvent<HTMLElement>) => void {
  const { workspace } = useSession();
  return useCallback(
    (event) => {
      if (!(event.target instanceof Element) || event.target.closest('.slider') === null) return;
      workspace.getState().beginGesture();
      const end = () => {
        window.removeEventListener('pointerup', end, true);
        window.removeEventListener('pointercancel', end);
        workspace.getState().endGesture();
      };
      window.addEventListener('pointerup', end, true);
      // Not captured: the slider first takes back what a finger moved that went on to scroll.
      window.addEventListener('pointercancel', end);
    },
    [workspace],
  );
}
