/** The page's colour tokens as canvases need them, read anew when the theme changes. */
import { useSyncExternalStore } from 'react';
import type { Palette } from '../../../views/palette.ts';

let current: Palette | null = null;

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    isDark: style.colorScheme.includes('dark'),
    panel: token('panel'),
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
  const renew = () => {
    current = null;
    onChange();
  };
  const theme = new MutationObserver(renew);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', renew);
  return () => {
    theme.disconnect();
    system.removeEventListener('change', renew);
  };
}

export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, () => {
    current ??= readPalette();
    return current;
  });
}
