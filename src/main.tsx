/** The page's entry: language and theme first, then the session, then React. */
import { createRoot } from 'react-dom/client';
import { startI18n } from './i18n/index.ts';
import { createSession } from './live/createSession.ts';
import { App } from './ui/shell/App.tsx';
import { loadAheadOnFirstUse } from './ui/shell/loadAhead.ts';
import { applyPreferences, engineChoice, preferences } from './ui/shell/preferences.ts';
import './ui/theme/fonts.css';
import './ui/theme/tokens.css';
import './ui/theme/base.css';

applyPreferences();

/** No top-level await: what is loaded later imports from this script, and would wait for its end while it is waited for. */
async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  const [session] = await Promise.all([
    createSession({ choice: engineChoice.getState(), precision: preferences.getState().precision }),
    startI18n(preferences.getState().language),
  ]);
  preferences.subscribe(({ precision }) => session.choosePrecision(precision));
  createRoot(root).render(<App session={session} />);
  loadAheadOnFirstUse();
}

void start();
