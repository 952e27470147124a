/** What a figure and the page around it say to each other by `postMessage`. Both sides read what anybody may have sent. */

/** From the figure: its height in CSS pixels. */
export interface HeightMessage {
  readonly type: 'conv-scope-height';
  readonly height: number;
}

/** To the figure: how it is to look from now on. */
export interface LookMessage {
  readonly type: 'conv-scope-look';
  readonly theme: Theme | null;
  readonly lang: Language | null;
}

const themes = ['system', 'light', 'dark'] as const;
const languages = ['en', 'ko'] as const;
type Theme = (typeof themes)[number];
type Language = (typeof languages)[number];

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | null =>
  values.find((each) => each === value) ?? null;

export const themeOf = (value: unknown): Theme | null => oneOf(themes, value);
export const languageOf = (value: unknown): Language | null => oneOf(languages, value);

/** No frame is taken higher than this, whatever it says. */
const largestHeight = 20_000;

export function isHeightMessage(data: unknown): data is HeightMessage {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('height' in data)) return false;
  const { type, height } = data;
  return type === 'conv-scope-height' && typeof height === 'number' && height > 0 && height <= largestHeight;
}

export function isLookMessage(data: unknown): data is LookMessage {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  if (data.type !== 'conv-scope-look' || !('theme' in data) || !('lang' in data)) return false;
  const { theme, lang } = data;
  return (theme === null || themeOf(theme) !== null) && (lang === null || languageOf(lang) !== null);
}
