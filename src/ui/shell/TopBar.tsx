/** The top bar: the mark, the screens, what computes, and the commands of the whole page. */
import { CircleQuestionMark, Ellipsis, Redo2, Share, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { themes } from '../../store/preferences.ts';
import { screens } from '../../store/workspace.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../components/Menu.tsx';
import { useResults, useWorkspace } from '../session.tsx';
import { type Action, type ActionContext, type ActionName, actions, shortcutText } from './actions.ts';
import { LanguageToggle, languageNames, ThemeToggle } from './Choices.tsx';
import { EngineChip } from './EngineChip.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { Mark } from './Mark.tsx';
import { NoticeToast } from './NoticeToast.tsx';
import { preferences, usePreferences } from './preferences.ts';

const icons: Partial<Readonly<Record<ActionName, ReactNode>>> = {
  undo: <Undo2 aria-hidden="true" />,
  redo: <Redo2 aria-hidden="true" />,
  help: <CircleQuestionMark aria-hidden="true" />,
};

export function TopBar({ context }: { readonly context: ActionContext }) {
  const { t } = useTranslation();
  const present = useWorkspace((state) => state.workspace.view.screen);
  const setView = useWorkspace((state) => state.setView);
  return (
    <header className="top-bar">
      <h1 className="brand">
        <Mark />
        <span className="brand-name">{t('shell.appName')}</span>
      </h1>
      <nav aria-label={t('shell.screens')} className="screens">
        {screens.map((screen) => (
          <button
            key={screen}
            type="button"
            aria-current={screen === present ? 'page' : undefined}
            onClick={() => setView({ screen })}
          >
            {t(`shell.${screen}`)}
          </button>
        ))}
      </nav>
      <NoticeToast />
      <div role="toolbar" aria-label={t('shell.tools')} className="tools">
        <EngineChip />
        <span className="tools-pair">
          <ActionButton name="undo" context={context} />
          <ActionButton name="redo" context={context} />
        </span>
        <ExportMenu />
        <Button
          variant="primary"
          className="share-button"
          icon={<Share className="phone-only" aria-hidden="true" />}
          onClick={() => actions.share.perform(context)}
        >
          <span className="wide-words">{t(actions.share.name)}</span>
        </Button>
        <span className="tools-pair wide-only">
          <LanguageToggle />
          <ThemeToggle />
          <ActionButton name="help" context={context} />
        </span>
        <MoreMenu context={context} />
      </div>
    </header>
  );
}

function ActionButton({ name, context }: { readonly name: ActionName; readonly context: ActionContext }) {
  const { t } = useTranslation();
  const action: Action = actions[name];
  const workspace = useWorkspace((state) => state);
  const results = useResults((state) => state);
  const shortcut = shortcutText(action);
  return (
    <IconButton
      label={t(action.name)}
      icon={icons[name]}
      disabled={!action.isEnabled(workspace, results)}
      onClick={() => action.perform(context)}
      {...(shortcut ? { shortcut } : {})}
    />
  );
}

/** On a phone: what the bar has no room for. */
function MoreMenu({ context }: { readonly context: ActionContext }) {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  const theme = usePreferences((state) => state.theme);
  const screen = useWorkspace((state) => state.workspace.view.screen);
  const setView = useWorkspace((state) => state.setView);
  return (
    <span className="phone-only">
      <Menu
        trigger={
          <button type="button" className="icon-button medium" aria-label={t('shell.actions.more')}>
            <Ellipsis aria-hidden="true" />
          </button>
        }
      >
        <MenuChoice
          label={t('shell.screens')}
          options={screens.map((value) => ({ value, label: t(`shell.${value}`) }))}
          value={screen}
          onChange={(next) => setView({ screen: next })}
        />
        <MenuSeparator />
        <MenuChoice
          label={t('shell.actions.language')}
          options={languageNames}
          value={language}
          onChange={(next) => preferences.getState().setLanguage(next)}
        />
        <MenuSeparator />
        <MenuChoice
          label={t('shell.actions.theme')}
          options={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
          value={theme}
          onChange={(next) => preferences.getState().setTheme(next)}
        />
        <MenuSeparator />
        <MenuItem
          label={t(actions.help.name)}
          icon={<CircleQuestionMark aria-hidden="true" />}
          onSelect={() => actions.help.perform(context)}
        />
      </Menu>
    </span>
  );
}
