/** Language and theme, as buttons of the top bar. */
import { Moon, Sun, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../i18n/index.ts';
import { themes } from '../../store/preferences.ts';
import { Button } from '../components/Button.tsx';
import { Menu, MenuChoice } from '../components/Menu.tsx';
import { preferences, usePreferences } from './preferences.ts';

/** Each language by its own name, in its own words. */
export const languageNames: readonly { readonly value: Language; readonly label: string }[] = [
  { value: 'en', label: 'English' },
  { value: 'ko', label: '한국어' },
];

/** Shows the other language, in that language: who cannot read the page can still find it. */
export function LanguageToggle() {
  const language = usePreferences((state) => state.language);
  const other = languageNames.find(({ value }) => value !== language);
  if (!other) return null;
  return (
    <Button variant="quiet" lang={other.value} onClick={() => preferences.getState().setLanguage(other.value)}>
      {other.label}
    </Button>
  );
}

export function ThemeToggle() {
  const { t } = useTranslation();
  const theme = usePreferences((state) => state.theme);
  const icon = {
    system: <SunMoon aria-hidden="true" />,
    light: <Sun aria-hidden="true" />,
    dark: <Moon aria-hidden="true" />,
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="icon-button medium"
          aria-label={t('shell.actions.theme')}
          title={t('shell.actions.theme')}
        >
          {icon[theme]}
        </button>
      }
    >
      <MenuChoice
        label={t('shell.theme.title')}
        options={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
        value={theme}
        onChange={(next) => preferences.getState().setTheme(next)}
      />
    </Menu>
  );
}
