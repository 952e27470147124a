/**
 * What a person prefers on this device whatever they work on: language, theme, engine. Kept in localStorage, shared by all tabs, no
 * part of undo or of links.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { fieldsOf, readOneOf } from './fields.ts';

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** 'auto': WebGPU where there is a real adapter. */
export const enginePreferences = ['auto', 'webgpu', 'cpu'] as const;
export type EnginePreference = (typeof enginePreferences)[number];

/** 'fast': convolutions of many channels in f16, where the device has it. */
export const precisions = ['exact', 'fast'] as const;
export type PrecisionPreference = (typeof precisions)[number];

/** MiB of maps that a network may keep for being looked at. */
export const mapLimits = ['64', '256', '1024'] as const;
export type MapLimit = (typeof mapLimits)[number];

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly engine: EnginePreference;
  readonly precision: PrecisionPreference;
  readonly mapLimit: MapLimit;
}

export interface PreferencesState extends Preferences {
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setEngine(engine: EnginePreference): void;
  setPrecision(precision: PrecisionPreference): void;
  setMapLimit(mapLimit: MapLimit): void;
}

export type PreferencesStore = StoreApi<PreferencesState>;

/** What is used of the browser, so that tests can be one. */
export interface PreferencesPage {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** The person's languages, the favourite first: `navigator.languages`. */
  readonly languages: readonly string[];
  /** Where 'storage' is heard when another tab has changed something. */
  readonly events?: Pick<EventTarget, 'addEventListener'>;
}

const key = 'convscope.preferences';

export function createPreferencesStore(page: PreferencesPage = browserPage()): PreferencesStore {
  const store = createStore<PreferencesState>()((set) => ({
    ...read(page),
    setLanguage: (language) => set({ language }),
    setTheme: (theme) => set({ theme }),
    setEngine: (engine) => set({ engine }),
    setPrecision: (precision) => set({ precision }),
    setMapLimit: (mapLimit) => set({ mapLimit }),
  }));
  store.subscribe(({ language, theme, engine, precision, mapLimit }) => {
    try {
      page.storage?.setItem(key, JSON.stringify({ language, theme, engine, precision, mapLimit }));
    } catch {
      // A preference that cannot be kept still holds until the page is closed.
    }
  });
  page.events?.addEventListener('storage', (event) => {
    if (event instanceof StorageEvent && event.key === key) store.setState(read(page));
  });
  return store;
}

/** The first language of ours that the person reads; English where there is none. */
export function firstLanguage(preferred: readonly string[]): Language {
  const read = preferred.map((tag) => tag.toLowerCase().split('-')[0]);
  return read.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'en';
}

function read({ storage, languages: preferred }: PreferencesPage): Preferences {
  const fields = parse(storage) ?? {};
  return {
    language: readOneOf(fields.language, languages, firstLanguage(preferred)),
    theme: readOneOf(fields.theme, themes, 'system'),
    engine: readOneOf(fields.engine, enginePreferences, 'auto'),
    precision: readOneOf(fields.precision, precisions, 'exact'),
    mapLimit: readOneOf(fields.mapLimit, mapLimits, '256'),
  };
}

function parse(storage: PreferencesPage['storage']): Readonly<Record<string, unknown>> | null {
  try {
    return fieldsOf(JSON.parse(storage?.getItem(key) ?? 'null'));
  } catch {
    return null;
  }
}

/** What an address prefers (`?theme=dark&lang=ko&engine=cpu`); nothing is read from the browser's storage, and nothing kept. */
export function addressPage(search: string, preferred: readonly string[]): PreferencesPage {
  const asked = new URLSearchParams(search);
  const fields = { language: asked.get('lang'), theme: asked.get('theme'), engine: asked.get('engine') };
  return { storage: { getItem: () => JSON.stringify(fields), setItem: () => undefined }, languages: preferred };
}

function browserPage(): PreferencesPage {
  const page = { languages: navigator.languages, events: window };
  try {
    return { ...page, storage: window.localStorage };
  } catch {
    return { ...page, storage: null };
  }
}
