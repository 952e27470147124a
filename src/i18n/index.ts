/**
 * The languages: i18next with two typed dictionaries, of which only the one in use is loaded, and what a late part of the page
 * says with that part. `t('shell.export.png')` is checked by
 * the compiler; Korean particles after interpolated words are written `{{name, josa(particle: 을/를)}}`.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en/index.ts';
import { withJosa } from './josa.ts';

type Dictionary = typeof en | typeof import('./ko/index.ts')['ko'];

const dictionaries = {
  en: async (): Promise<Dictionary> => (await import('./en/index.ts')).en,
  ko: async (): Promise<Dictionary> => (await import('./ko/index.ts')).ko,
} as const;

export type Language = keyof typeof dictionaries;

/** Words that a part of the page brings when it is first needed, as a namespace of its own: `useTranslation('code')`. */
const lateWords = {
  channels: {
    en: async () => (await import('./en/channels.ts')).channels,
    ko: async () => (await import('./ko/channels.ts')).channels,
  },
  code: {
    en: async () => (await import('./en/code.ts')).code,
    ko: async () => (await import('./ko/code.ts')).code,
  },
  compare: {
    en: async () => (await import('./en/compare.ts')).compare,
    ko: async () => (await import('./ko/compare.ts')).compare,
  },
  embed: {
    en: async () => (await import('./en/embed.ts')).embed,
    ko: async () => (await import('./ko/embed.ts')).embed,
  },
  engine: {
    en: async () => (await import('./en/engine.ts')).engine,
    ko: async () => (await import('./ko/engine.ts')).engine,
  },
  help: {
    en: async () => (await import('./en/help.ts')).help,
    ko: async () => (await import('./ko/help.ts')).help,
  },
  kinds: {
    en: async () => (await import('./en/kinds/index.ts')).kinds,
    ko: async () => (await import('./ko/kinds/index.ts')).kinds,
  },
  learn: {
    en: async () => (await import('./en/learn/index.ts')).learn,
    ko: async () => (await import('./ko/learn/index.ts')).learn,
  },
  loss: {
    en: async () => (await import('./en/loss.ts')).loss,
    ko: async () => (await import('./ko/loss.ts')).loss,
  },
  network: {
    en: async () => (await import('./en/network.ts')).network,
    ko: async () => (await import('./ko/network.ts')).network,
  },
  problems: {
    en: async () => (await import('./en/problems.ts')).problems,
    ko: async () => (await import('./ko/problems.ts')).problems,
  },
  train: {
    en: async () => (await import('./en/train.ts')).train,
    ko: async () => (await import('./ko/train.ts')).train,
  },
} as const;

export type LateWords = {
  readonly [N in keyof typeof lateWords]: Awaited<ReturnType<(typeof lateWords)[N]['en']>>;
};

const inUse = new Set<keyof LateWords>();

/** Sets up i18next once, in a language. Nothing may be rendered before it settles. */
export async function startI18n(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: language,
      // A key without words would show itself; the compiler sees to it that both dictionaries have all.
      fallbackLng: false,
      defaultNS: 'app',
      ns: ['app'],
      resources: { [language]: { app: await dictionaries[language]() } },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
    });
    i18next.services.formatter?.add('josa', (value: unknown, _language, options: { particle?: string }) =>
      withJosa(String(value), (options.particle ?? '을/를') as Parameters<typeof withJosa>[1]),
    );
  }
  await setLanguage(language);
}

async function addLateWords(namespace: keyof LateWords, language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, namespace))
    i18next.addResourceBundle(language, namespace, await lateWords[namespace][language]());
}

/** Loads the words of a part of the page, in the present language now and in the next one when it is chosen. Before its first render. */
export async function loadWords(namespace: keyof LateWords): Promise<void> {
  inUse.add(namespace);
  await addLateWords(namespace, i18next.language as Language);
}

/** Changes the language of every text and of the document (`lang`, title). */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'app')) {
    i18next.addResourceBundle(language, 'app', await dictionaries[language]());
  }
  await Promise.all([...inUse].map((namespace) => addLateWords(namespace, language)));
  if (i18next.language !== language) await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.title = i18next.t('shell.title');
}
