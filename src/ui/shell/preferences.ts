/**
 * What belongs to the person and not to the work: language, theme, and which engine is wanted. Kept in this browser, applied to the
 * document at once, never part of links, files or undo.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineChoice } from '../../engine/engine.ts';
import { browserLanguage, type Language, languages, setLanguage } from '../../i18n/index.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  /** Of this visit only: a machine whose GPU failed once may do better the next time. */
  readonly engine: EngineChoice;
}

const key = 'convscope.preferences';

/** What was kept, read tolerantly: anything unknown falls back. */
function kept(): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function initial(): Preferences {
  const { language, theme } = kept();
  const wanted = new URLSearchParams(location.search).get('engine');
  return {
    language: languages.find((known) => known === language) ?? browserLanguage(),
    theme: themes.find((known) => known === theme) ?? 'system',
    engine: wanted === 'webgpu' || wanted === 'cpu' ? wanted : 'auto',
  };
}

export const preferences = createStore<Preferences>(initial);

const systemDark = matchMedia('(prefers-color-scheme: dark)');

function applyTheme(): void {
  const { theme } = preferences.getState();
  const isDark = theme === 'dark' || (theme === 'system' && systemDark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
}

/** Applies language and theme to the document, now and at every change. Called once, before the first render. */
export function applyPreferences(): void {
  applyTheme();
  systemDark.addEventListener('change', applyTheme);
  preferences.subscribe((now, before) => {
    if (now.language !== before.language) setLanguage(now.language);
    if (now.theme !== before.theme) applyTheme();
    try {
      localStorage.setItem(key, JSON.stringify({ language: now.language, theme: now.theme }));
    } catch {
      // A browser that keeps nothing still shows what was chosen until it is closed.
    }
  });
}

export function usePreferences<T>(select: (state: Preferences) => T): T {
  return useStore(preferences, select);
}
