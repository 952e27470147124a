/** The page's colour tokens as canvases need them, read anew when the theme changes. */
import { useSyncExternalStore } from 'react';
import type { Palette } from '../../views/palette.ts';

/** The palette that was read last, and for which theme: the same object as long as the theme is the same. */
let current: { readonly theme: string; readonly palette: Palette } | null = null;

const systemIsDark = '(prefers-color-scheme: dark)';

function themeInForce(): string {
  return document.documentElement.dataset.theme ?? (matchMedia(systemIsDark).matches ? 'dark' : 'light');
}

function paletteInForce(): Palette {
  const theme = themeInForce();
  if (current?.theme !== theme) current = { theme, palette: readPalette() };
  return current.palette;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    isDark: style.colorScheme.includes('dark'),
    panel: token('panel'),
    soft: token('soft'),
    line: token('line'),
    ink: token('ink'),
    muted: token('muted'),
    input: token('input'),
    weights: token('weights'),
    maps: token('maps'),
    field: token('field'),
    mono: token('mono') || 'monospace',
  };
}

function subscribe(onChange: () => void): () => void {
  const theme = new MutationObserver(onChange);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia(systemIsDark);
  system.addEventListener('change', onChange);
  return () => {
    theme.disconnect();
    system.removeEventListener('change', onChange);
  };
}

export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, paletteInForce);
}
