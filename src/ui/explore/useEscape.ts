/** Escape as the last resort: for what is open on the page when neither a menu, a dialog, an open map nor a field takes the key. */
import { useEffect, useEffectEvent } from 'react';

/** What closes by Escape itself; tooltips only hide. */
const takers = 'dialog[open], [popover]:not([role="tooltip"]):popover-open';
const fields =
  'textarea, select, [contenteditable="true"], input:not([type="range"], [type="radio"], [type="checkbox"])';

export function useEscape(isActive: boolean, perform: () => void): void {
  const onEscape = useEffectEvent(perform);
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector(takers)) return;
      if (event.target instanceof Element && event.target.matches(fields)) return;
      onEscape();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isActive]);
}
