/** A question about what the figure will do: predicted first, answered by moving the figure. */
import { Check, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withDone } from '../../../store/learn.ts';
import { type Answer, type Chapter, type FigureFacts, sameAnswer } from '../chapters/chapter.ts';
import { useChangeLearn, useLearn } from '../learn.tsx';

interface PredictionProps {
  readonly chapter: Chapter;
  readonly name: 'one' | 'two';
  readonly facts: FigureFacts;
}

export function Prediction({ chapter, name, facts }: PredictionProps) {
  const { t } = useTranslation('learn');
  const group = useId();
  const change = useChangeLearn();
  const isDone = useLearn().done[chapter.name]?.includes(name) ?? false;
  const question = chapter.questions[name];
  const [predicted, setPredicted] = useState<Answer | null>(null);
  /** What the figure showed when it first showed what was asked, after the prediction. */
  const [seen, setSeen] = useState<Answer | null>(null);
  const isShown = predicted !== null && seen === null && question.isShown(facts);
  useEffect(() => {
    if (!isShown) return;
    setSeen(question.seen(facts));
    change((view) => withDone(view, chapter.name, name));
  }, [isShown, question, facts, change, chapter.name, name]);
  const printed = (answer: Answer) => (typeof answer === 'string' ? answer : t(`answers.${answer.word}`));
  const words = `chapters.${chapter.name}.${name}` as const;

  return (
    <fieldset className="learn-task" data-done={isDone || undefined} disabled={seen !== null}>
      <legend>
        {isDone && <Check aria-label={t('done')} />}
        {t(`${words}.ask`, { width: facts.picture.width, height: facts.picture.height })}
      </legend>
      <div className="learn-answers">
        {question.answers(facts).map((answer) => (
          <label key={printed(answer)}>
            <input
              type="radio"
              name={group}
              checked={predicted !== null && sameAnswer(answer, predicted)}
              onChange={() => setPredicted(answer)}
            />
            <span>{printed(answer)}</span>
          </label>
        ))}
      </div>
      <p className="learn-seen" role="status">
        {predicted === null && t('predict')}
        {predicted !== null && seen === null && t(`${words}.move`)}
        {predicted !== null && seen !== null && (
          <Verdict isRight={sameAnswer(predicted, seen)} seen={printed(seen)} why={t(`${words}.why`)} />
        )}
      </p>
    </fieldset>
  );
}

function Verdict({ isRight, seen, why }: { readonly isRight: boolean; readonly seen: string; readonly why: string }) {
  const { t } = useTranslation('learn');
  return (
    <>
      {isRight ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      <strong>{t(isRight ? 'right' : 'wrong', { seen })}</strong> {why}
    </>
  );
}
