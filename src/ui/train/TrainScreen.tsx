/** Train: what filter groups do to the correlation between layers, to price and to accuracy. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../live/results.ts';
import type { GroupFigure } from '../../live/train/groupFigure.ts';
import { loadMeasuredFigure } from '../../live/train/measuredFigure.ts';
import { useProblemWords } from '../shell/problemWords.ts';
import { CostPlot } from './groups/CostPlot.tsx';
import { GroupsPanel } from './groups/GroupsPanel.tsx';
import './train.css';

export default function TrainScreen() {
  const { t } = useTranslation('train');
  const { figure, problem } = useMeasuredFigure();
  const words = useProblemWords(problem);
  return (
    <div className="train">
      <h2 className="sr-only">{t('title')}</h2>
      {problem && (
        <p role="alert" className="train-problem">
          {words?.what} {words?.todo}
        </p>
      )}
      {figure && <GroupsPanel figure={figure} />}
      {figure && <CostPlot figure={figure} />}
    </div>
  );
}

function useMeasuredFigure(): { readonly figure: GroupFigure | null; readonly problem: Problem | null } {
  const [figure, setFigure] = useState<GroupFigure | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void loadMeasuredFigure().then((loaded) => {
      if (loaded.ok) setFigure(loaded.value);
      else setProblem({ kind: 'file', ...loaded.error, values: { name: '', ...loaded.error.values } });
    });
  }, []);
  return { figure, problem };
}
