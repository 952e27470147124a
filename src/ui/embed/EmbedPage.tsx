/** A figure in somebody else's page: one state of Explore or Compare, and the way to the whole of it. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Session } from '../../live/session.ts';
import { SessionProvider, useWorkspace } from '../session.tsx';
import { ErrorBoundary } from '../shell/ErrorBoundary.tsx';
import { Mark } from '../shell/Mark.tsx';
import { ProblemBanner } from '../shell/ProblemBanner.tsx';
import { ExploreFigure } from './ExploreFigure.tsx';
import './embed.css';
import { useWholeLink } from './useWholeLink.ts';

const CompareFigure = lazy(async () => {
  const [figure] = await Promise.all([import('./CompareFigure.tsx'), loadWords('compare')]);
  return figure;
});

export function EmbedPage({ session }: { readonly session: Session }) {
  return (
    <SessionProvider value={session}>
      <ProblemBanner />
      <main className="embed">
        <ErrorBoundary>
          <Figure />
        </ErrorBoundary>
      </main>
      <Foot />
    </SessionProvider>
  );
}

function Figure() {
  const { t } = useTranslation('embed');
  const screen = useWorkspace((state) => state.workspace.view.screen);
  switch (screen) {
    case 'explore':
      return <ExploreFigure />;
    case 'compare':
      return (
        <Suspense>
          <CompareFigure />
        </Suspense>
      );
    case 'network':
    case 'channels':
    case 'train':
    case 'learn':
      return <p className="embed-whole">{t('needsWhole')}</p>;
    default:
      return screen satisfies never;
  }
}

function Foot() {
  const { t } = useTranslation('embed');
  const href = useWholeLink();
  return (
    <footer className="embed-foot">
      <Mark />
      <span>ConvScope</span>
      <a href={href} target="_blank" rel="noopener">
        {t('open')}
      </a>
    </footer>
  );
}
