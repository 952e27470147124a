/** The chapters in their order, those that are finished marked. */
import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ChapterName, isFinished } from '../../store/learn.ts';
import { chapterParts } from './chapters/index.ts';
import { useChangeLearn, useLearn } from './learn.tsx';

export function ChapterList({ present }: { readonly present: ChapterName }) {
  const { t } = useTranslation('learn');
  const view = useLearn();
  const change = useChangeLearn();
  let number = 0;
  return (
    <nav className="panel learn-list" aria-label={t('chaptersTitle')}>
      {chapterParts.map(({ part, chapters }) => (
        <section key={part}>
          <h2>{t(`parts.${part}`)}</h2>
          <ol start={number + 1}>
            {chapters.map(({ name }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === present ? 'page' : undefined}
                  onClick={() => change((now) => ({ ...now, chapter: name }))}
                >
                  <span className="learn-number mono">{++number}</span>
                  <span>{t(`chapters.${name}.short`)}</span>
                  {isFinished(view, name) && <Check aria-label={t('finished')} />}
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </nav>
  );
}
