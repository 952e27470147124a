/** The ground that colours stand on, from the theme in force: what 0 looks like on a diverging colour map. */
import { useSyncExternalStore } from 'react';
import type { Ground } from '../../views/colour/colourMaps.ts';

/** Zero is as quiet as the panel on which the maps lie. */
const light: Ground = { zero: [255, 255, 255], isDark: false };
const dark: Ground = { zero: [0x16, 0x19, 0x1e], isDark: true };

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function groundOfPage(): Ground {
  return document.documentElement.dataset.theme === 'dark' ? dark : light;
}

/** The same object for the same theme, so that colour tables can be memoised on it. */
export function useGround(): Ground {
  return useSyncExternalStore(subscribe, groundOfPage);
}
