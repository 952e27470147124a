/** Why something of the screen cannot be had, and what to do. */
import type { Problem } from '../../live/results.ts';
import { useProblemWords } from '../shell/problemWords.ts';

interface ProblemLineProps {
  readonly problem: Problem | null;
  /** Where nothing went wrong yet: something is still to be chosen. */
  readonly isQuiet?: boolean;
}

export function ProblemLine({ problem, isQuiet = false }: ProblemLineProps) {
  const words = useProblemWords(problem);
  if (!problem) return null;
  return (
    <p role={isQuiet ? 'status' : 'alert'} className={isQuiet ? 'small' : 'train-problem'}>
      {words?.what} {words?.todo}
    </p>
  );
}
