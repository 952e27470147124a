/** What went wrong: what happened and why, and what to do. It stands above the screen, which stays as it is. */
import { TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../components/Button.tsx';
import { useResults, useSession } from '../session.tsx';
import { useProblemWords } from './problemWords.ts';

export function ProblemBanner() {
  const { t } = useTranslation();
  const session = useSession();
  const problem = useResults((state) => state.problem);
  const words = useProblemWords(problem);
  return (
    <div role="alert" className="problem-region">
      {words && (
        <div className="problem">
          <TriangleAlert aria-hidden="true" />
          <p>
            <strong>{words.what}</strong> {words.todo}
          </p>
          <IconButton
            size="small"
            label={t('components.dismiss')}
            icon={<X aria-hidden="true" />}
            onClick={() => session.dismissProblem()}
          />
        </div>
      )}
    </div>
  );
}
