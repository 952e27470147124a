/** Gives the focus back to what had it before something covered it and made it inert. */
import { useLayoutEffect, useRef } from 'react';

/** While `isCovered`, what had the focus is remembered; afterwards it has it again, unless the person has gone on elsewhere. */
export function useFocusReturn(isCovered: boolean): void {
  const former = useRef<Element>(null);
  // A layout effect: the browser takes the focus from inert elements with the next frame.
  useLayoutEffect(() => {
    if (isCovered) {
      former.current = document.activeElement;
      return;
    }
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost && former.current instanceof HTMLElement && former.current.isConnected) former.current.focus();
    former.current = null;
  }, [isCovered]);
}
