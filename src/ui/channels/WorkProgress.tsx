/** How far some work of the screen is, with a way to stop it; or why it cannot be done. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../live/results.ts';
import { percent } from '../../math/format.ts';
import { Button } from '../components/Button.tsx';
import { useProblemWords } from '../shell/problemWords.ts';

interface WorkProgressProps {
  /** What is being done, and how much of it is. Null while nothing is. */
  readonly progress: { readonly label: string; readonly share: number } | null;
  readonly problem: Problem | null;
  readonly onStop: () => void;
  /** While nothing is being done. */
  readonly idle?: ReactNode;
}

export function WorkProgress({ progress, problem, onStop, idle = null }: WorkProgressProps) {
  const { t } = useTranslation('channels');
  const words = useProblemWords(problem);
  if (problem)
    return (
      <p role="alert" className="channels-problem">
        {words?.what} {words?.todo}
      </p>
    );
  if (!progress) return idle;
  return (
    <div className="channels-progress">
      <progress aria-label={t('progress.label')} value={progress.share} max={1} />
      <span className="muted small">
        {progress.label} {percent(progress.share)}
      </span>
      <Button size="small" onClick={onStop}>
        {t('progress.stop')}
      </Button>
    </div>
  );
}
