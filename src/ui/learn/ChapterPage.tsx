/** One chapter: head, figure, sentences, tasks, sources, and the way on. */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand/vanilla';
import type { Session } from '../../live/session.ts';
import type { ChapterName } from '../../store/learn.ts';
import { Button } from '../components/Button.tsx';
import { Kbd } from '../components/Kbd.tsx';
import { useSession } from '../session.tsx';
import { ChapterHead } from './ChapterHead.tsx';
import type { Chapter } from './chapters/chapter.ts';
import { FigurePlace } from './FigurePlace.tsx';
import { useChangeLearn } from './learn.tsx';
import type { Presenting } from './presenting.ts';
import { createTold, type Told, ToldProvider } from './telling.tsx';
import { Prediction } from './text/Prediction.tsx';
import { TryThis } from './text/TryThis.tsx';
import { useFacts } from './useFacts.ts';
import { useFigure } from './useFigure.ts';

const Formula = lazy(() => import('./text/Formula.tsx'));
const points = ['first', 'second', 'third'] as const;

interface ChapterPageProps {
  readonly chapter: Chapter;
  readonly previous: ChapterName | null;
  readonly next: ChapterName | null;
  readonly presenting: Presenting;
}

export function ChapterPage({ chapter, previous, next, presenting }: ChapterPageProps) {
  const { t } = useTranslation('learn');
  const figure = useFigure(useSession(), chapter);
  const [told] = useState(createTold);
  return (
    <article className="learn-chapter" aria-labelledby="learn-title">
      <ChapterHead chapter={chapter} figure={figure} presenting={presenting} />
      <ToldProvider value={told}>
        <FigurePlace chapter={chapter} session={figure?.session ?? null} />
      </ToldProvider>
      <section className="panel learn-text">
        <div className="learn-points">
          {points.map((point) => (
            <p key={point}>
              <strong>{t(`chapters.${chapter.name}.${point}.head`)}</strong>{' '}
              {t(`chapters.${chapter.name}.${point}.text`)}
            </p>
          ))}
        </div>
        <Suspense>
          <Formula tex={chapter.formula} label={t(`chapters.${chapter.name}.formula`)} />
        </Suspense>
      </section>
      {figure ? <Tasks chapter={chapter} session={figure.session} told={told} /> : null}
      <footer className="learn-foot">
        <Sources chapter={chapter} />
        <Way to={previous} label={t('previous')} hint="[" />
        <Way to={next} label={t('next')} hint="]" />
      </footer>
    </article>
  );
}

interface TasksProps {
  readonly chapter: Chapter;
  readonly session: Session;
  readonly told: StoreApi<Told>;
}

function Tasks({ chapter, session, told }: TasksProps) {
  const { t } = useTranslation('learn');
  const facts = useFacts(session, told);
  return (
    <section className="panel learn-tasks" aria-label={t('tasks')}>
      <TryThis chapter={chapter} facts={facts} />
      {facts && <Prediction chapter={chapter} name="one" facts={facts} />}
      {facts && <Prediction chapter={chapter} name="two" facts={facts} />}
    </section>
  );
}

function Sources({ chapter }: { readonly chapter: Chapter }) {
  const { t } = useTranslation('learn');
  if (chapter.sources.length === 0) return null;
  return (
    <div className="learn-sources">
      <h3>{t('sources')}</h3>
      <ul>
        {chapter.sources.map(({ title, href }) => (
          <li key={href}>
            <a href={href} target="_blank" rel="noopener">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Way({ to, label, hint }: { readonly to: ChapterName | null; readonly label: string; readonly hint: string }) {
  const { t } = useTranslation('learn');
  const change = useChangeLearn();
  if (!to) return null;
  return (
    <Button className="learn-way" onClick={() => change((view) => ({ ...view, chapter: to }))}>
      <Kbd>{hint}</Kbd> {label}: {t(`chapters.${to}.short`)}
    </Button>
  );
}
