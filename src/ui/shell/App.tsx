/** The page: top bar, the screen, and what stands over both: problems, dialogs, the drop target. */
import { type ComponentType, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Session } from '../../live/session.ts';
import type { ScreenName } from '../../store/workspace.ts';
import { ExploreScreen } from '../explore/ExploreScreen.tsx';
import { SessionProvider, useWorkspace } from '../session.tsx';
import { type ActionContext, actionOf } from './actions.ts';
import { DropAnywhere } from './DropAnywhere.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FileDialogProvider } from './fileDialog.ts';
import { keepFocus } from './keepFocus.ts';
import { ProblemBanner } from './ProblemBanner.tsx';
import './shell.css';
import { TopBar } from './TopBar.tsx';

const HelpDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./HelpDialog.tsx'), loadWords('help')]);
  return dialog;
});
const ShareDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('./ShareDialog.tsx'), loadWords('embed')]);
  return dialog;
});
/** The screens that are loaded when they are first opened, with their words. */
const lateScreens = {
  compare: lateScreen('compare', () => import('../compare/CompareScreen.tsx')),
  network: lateScreen('network', () => import('../network/NetworkScreen.tsx')),
  channels: lateScreen('channels', () => import('../channels/ChannelsScreen.tsx')),
  train: lateScreen('train', () => import('../train/TrainScreen.tsx')),
  learn: lateScreen('learn', () => import('../learn/LearnScreen.tsx')),
} as const;

function lateScreen(words: Exclude<ScreenName, 'explore'>, load: () => Promise<{ default: ComponentType }>) {
  return lazy(async () => {
    const [screen] = await Promise.all([load(), loadWords(words)]);
    return screen;
  });
}

const acceptedFiles = 'image/*,video/*,.convscope,.npz,.json';

export function App({ session }: { readonly session: Session }) {
  const { t } = useTranslation();
  const fileInput = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'help' | 'share' | null>(null);
  const context = useMemo<ActionContext>(
    () => ({
      session,
      openFileDialog: () => fileInput.current?.click(),
      openHelp: () => setDialog('help'),
      openShare: () => setDialog('share'),
    }),
    [session],
  );
  // A dialog tells late that it has closed: by then the next one may have been opened.
  const close = (closed: typeof dialog) => setDialog((present) => (present === closed ? null : present));
  useShortcuts(context);
  useEffect(() => keepFocus(document), []);

  return (
    <SessionProvider value={session}>
      <FileDialogProvider value={context.openFileDialog}>
        <a className="skip" href="#maps">
          {t('shell.skip')}
        </a>
        <input
          ref={fileInput}
          type="file"
          hidden
          accept={acceptedFiles}
          aria-label={t('input.fileLabel')}
          onChange={(event) => {
            const input = event.currentTarget;
            const file = input.files?.[0];
            // The same file may be chosen again.
            input.value = '';
            if (file) void session.openFile(file);
          }}
        />
        <TopBar context={context} />
        <ProblemBanner />
        <main id="main" className="screen" tabIndex={-1}>
          <ErrorBoundary>
            <Screen />
          </ErrorBoundary>
        </main>
        <DropAnywhere />
        <Suspense>
          {dialog === 'help' && <HelpDialog onClose={() => close('help')} />}
          {dialog === 'share' && <ShareDialog onClose={() => close('share')} />}
        </Suspense>
      </FileDialogProvider>
    </SessionProvider>
  );
}

/** The screen that the workspace is looked at on. */
function Screen() {
  const screen = useWorkspace((state) => state.workspace.view.screen);
  if (screen === 'explore') return <ExploreScreen />;
  const LateScreen = lateScreens[screen];
  return (
    <Suspense>
      <LateScreen />
    </Suspense>
  );
}

function useShortcuts(context: ActionContext): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = actionOf(event);
      if (!action || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      const { session } = context;
      if (action.isEnabled(session.workspace.getState(), session.results.getState())) action.perform(context);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [context]);
}
