/** Where a chapter's figure stands: its own session, its own problems, loaded when the chapter is opened. */
import { type ComponentType, lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Session } from '../../live/session.ts';
import { Skeleton } from '../components/Skeleton.tsx';
import { SessionProvider } from '../session.tsx';
import { ErrorBoundary } from '../shell/ErrorBoundary.tsx';
import { ProblemBanner } from '../shell/ProblemBanner.tsx';
import type { Chapter } from './chapters/chapter.ts';

interface FigurePlaceProps {
  readonly chapter: Chapter;
  readonly session: Session | null;
}

export function FigurePlace({ chapter, session }: FigurePlaceProps) {
  const { t } = useTranslation('learn');
  const Figure = useMemo<ComponentType>(
    () =>
      lazy(async () => {
        const [figure] = await Promise.all([chapter.figure(), ...chapter.words.map(loadWords)]);
        return { default: figure };
      }),
    [chapter],
  );
  return (
    <section className="learn-figure" aria-label={t('figure')}>
      <ErrorBoundary>
        <Suspense fallback={<Skeleton className="panel" />}>
          {session ? (
            <SessionProvider value={session}>
              <ProblemBanner />
              <Figure />
            </SessionProvider>
          ) : (
            <Skeleton className="panel" />
          )}
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}
