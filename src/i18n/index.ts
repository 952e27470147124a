/**
 * The languages: i18next with two typed dictionaries. `t('shell.share.title')` is checked by the compiler; Korean particles after
 * interpolated words are written `{{name, josa(particle: 을/를)}}`. The page's language is first the browser's, then the person's choice.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { withJosa } from './josa.ts';
import { ko } from './ko/index.ts';

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The first language of the browser's list that we speak, else English. */
export function browserLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const language = languages.find((known) => tag.toLowerCase().startsWith(known));
    if (language) return language;
  }
  return 'en';
}

/** Sets up i18next once, synchronously: both dictionaries are part of the page (some 10 KB compressed). */
export function startI18n(language: Language): typeof i18next {
  if (!i18next.isInitialized) {
    i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: 'en',
      defaultNS: 'app',
      ns: ['app'],
      resources: { en: { app: en }, ko: { app: ko } },
      interpolation: { escapeValue: false },
      initAsync: false,
    });
    i18next.services.formatter?.add('josa', (value: unknown, _language, options: { particle?: string }) =>
      withJosa(String(value), (options.particle ?? '을/를') as Parameters<typeof withJosa>[1]),
    );
  }
  setLanguage(language);
  return i18next;
}

/** Changes the language of every text and of the document (`lang`, title). */
export function setLanguage(language: Language): void {
  if (i18next.language !== language) void i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.title = i18next.t('shell.title');
}
