/** Why something of the screen cannot be had, and what to do. */
import type { Problem } from '../../live/results.ts';
import { useProblemWords } from '../shell/problemWords.ts';

export function ProblemLine({ problem }: { readonly problem: Problem | null }) {
  const words = useProblemWords(problem);
  if (!problem) return null;
  return (
    <p role="alert" className="train-problem">
      {words?.what} {words?.todo}
    </p>
  );
}
