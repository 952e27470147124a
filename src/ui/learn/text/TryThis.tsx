/** One thing to try, and a mark when the figure shows that it has been done. */
import { Check } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { withDone } from '../../../store/learn.ts';
import type { Chapter, FigureFacts } from '../chapters/chapter.ts';
import { useChangeLearn, useLearn } from '../learn.tsx';

export function TryThis({ chapter, facts }: { readonly chapter: Chapter; readonly facts: FigureFacts | null }) {
  const { t } = useTranslation('learn');
  const change = useChangeLearn();
  const isDone = useLearn().done[chapter.name]?.includes('try') ?? false;
  const isSeen = facts !== null && chapter.isTried(facts);
  useEffect(() => {
    if (isSeen && !isDone) change((view) => withDone(view, chapter.name, 'try'));
  }, [isSeen, isDone, change, chapter.name]);
  return (
    <section className="learn-task" data-done={isDone || undefined}>
      <h3>
        {isDone && <Check aria-label={t('done')} />}
        {t('try')}
      </h3>
      <p>{t(`chapters.${chapter.name}.try.do`)}</p>
      <p className="learn-seen" role="status">
        {isDone && t(`chapters.${chapter.name}.try.seen`)}
      </p>
    </section>
  );
}
