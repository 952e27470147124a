/**
 * The entry of `embed.html`: one state (the hash of a share link) as a figure in somebody else's page. It keeps nothing, and has a
 * device only while it is in sight. With the page around it it exchanges the two messages of `src/element.ts`.
 */
import { createRoot } from 'react-dom/client';
import { type HeightMessage, isLookMessage } from './embedMessages.ts';
import { loadWords, startI18n } from './i18n/index.ts';
import { createSession } from './live/createSession.ts';
import { keepNowhere } from './live/keeping.ts';
import type { Session } from './live/session.ts';
import { EmbedPage } from './ui/embed/EmbedPage.tsx';
import { applyPreferences, engineChoice, preferences } from './ui/shell/preferences.ts';
import './ui/theme/fonts.css';
import './ui/theme/tokens.css';
import './ui/theme/base.css';
import './ui/shell/shell.css';

/** A figure that has left sight keeps its device so long, milliseconds: who scrolls back soon finds it as it was. */
const restAfter = 2000;

applyPreferences();

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) throw new Error('embed.html has no #root');
  await startI18n(preferences.getState().language);
  const [session] = await Promise.all([
    createSession({ choice: engineChoice.getState(), keeping: keepNowhere(), engineAtFirst: 'resting' }),
    loadWords('embed'),
  ]);
  createRoot(root).render(<EmbedPage session={session} />);
  runWhileSeen(root, session);
  tellHeight(root);
  followLook();
}

function runWhileSeen(root: Element, session: Session): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAwake = false;
  new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    clearTimeout(timer);
    if (isSeen && !isAwake) {
      isAwake = true;
      void session.chooseEngine(engineChoice.getState());
    } else if (!isSeen && isAwake) {
      timer = setTimeout(() => {
        isAwake = false;
        session.rest();
      }, restAfter);
    }
  }).observe(root);
}

function tellHeight(root: Element): void {
  if (window.parent === window) return;
  new ResizeObserver(() => {
    const message: HeightMessage = {
      type: 'conv-scope-height',
      height: Math.ceil(root.getBoundingClientRect().height),
    };
    // A height is no secret; whose page it is is not known here.
    window.parent.postMessage(message, '*');
  }).observe(root);
}

/** The page around may change theme and language; nobody else may. */
function followLook(): void {
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    if (source !== window.parent || !isLookMessage(data)) return;
    if (data.theme) preferences.getState().setTheme(data.theme);
    if (data.lang) preferences.getState().setLanguage(data.lang);
  });
}

void start();
