/** The person's preferences at work on the page: language and theme applied to the document, the engine's choice for the chip. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EngineChoice } from '../../engine/engine.ts';
import { setLanguage } from '../../i18n/index.ts';
import { addressPage, createPreferencesStore, type PreferencesState } from '../../store/preferences.ts';
import { isEmbedded } from './embedded.ts';

/** A figure in somebody else's page looks as that page says (`embed.html?theme=dark&lang=ko`), whatever the reader prefers here. */
export const preferences = createPreferencesStore(
  isEmbedded() ? addressPage(location.search, navigator.languages) : undefined,
);

/** The choice in force: `?engine=webgpu` or `?engine=cpu` forces one for this visit; else what the person has chosen. */
export const engineChoice = createStore<EngineChoice>(() => {
  const forced = new URLSearchParams(location.search).get('engine');
  return forced === 'webgpu' || forced === 'cpu' ? forced : preferences.getState().engine;
});

/** The choice holds from now on, also through a reload: an engine that the address names would win over it. */
export function chooseEngine(choice: EngineChoice): void {
  const address = new URL(location.href);
  if (address.searchParams.has('engine')) {
    address.searchParams.delete('engine');
    history.replaceState(history.state, '', address);
  }
  preferences.getState().setEngine(choice);
  engineChoice.setState(choice, true);
}

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
    if (now.language !== before.language) void setLanguage(now.language);
    if (now.theme !== before.theme) applyTheme();
  });
}

export function usePreferences<T>(select: (state: PreferencesState) => T): T {
  return useStore(preferences, select);
}
