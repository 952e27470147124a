/** Why a run is not trained (on), as a sentence. */
import type { TFunction } from 'i18next';
import type { TrainingProblem } from '../../training/run/trainingError.ts';

export function runProblem(problem: TrainingProblem, t: TFunction<'train'>): string {
  return t(`runs.problems.${problem.code}`, { step: 0, id: '', expected: '', found: '', ...problem });
}

/** Whether the weights that it would begin with do not fit: that stands beside their file. */
export const isOfStart = ({ code }: TrainingProblem): boolean => code.startsWith('weights-');
