/** A figure in somebody else's page: one state of Explore or Compare, and the way to the whole of it. */
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Session } from '../../live/session.ts';
import type { ChapterName } from '../../store/learn.ts';
import { useLearn } from '../learn/learn.tsx';
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

/** The figure of a chapter of Learn, with the words that it says. */
const chapterFigure = (name: ChapterName) =>
  lazy(async () => {
    const [{ chapters }] = await Promise.all([import('../learn/chapters/index.ts'), loadWords('learn')]);
    const chapter = chapters.find((each) => each.name === name) ?? chapters[0];
    const [figure] = await Promise.all([chapter.figure(), ...chapter.words.map(loadWords)]);
    return { default: figure };
  });

function Figure() {
  const { t } = useTranslation('embed');
  const screen = useWorkspace((state) => state.workspace.view.screen);
  const { figure } = useLearn();
  const Chapter = useMemo(() => figure && chapterFigure(figure), [figure]);
  if (Chapter)
    return (
      <Suspense>
        <Chapter />
      </Suspense>
    );
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
