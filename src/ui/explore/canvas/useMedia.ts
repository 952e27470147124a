/** Whether a media query holds, as it changes. */
import { useCallback, useSyncExternalStore } from 'react';

/** One column, maps as a strip. */
export const phone = '(max-width: 640px)';

/** What points is a finger: targets are at least 40 px high. */
export const coarse = '(pointer: coarse)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}
