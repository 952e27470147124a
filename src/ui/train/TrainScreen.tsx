/** Train: a small network learns in front of one, once for each number of filter groups or width; opens on what was measured before. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../live/results.ts';
import type { GroupFigure } from '../../live/train/groupFigure.ts';
import { loadMeasuredFigure } from '../../live/train/measuredFigure.ts';
import { trainDeskOf } from '../../live/train/trainDesk.ts';
import { useSession } from '../session.tsx';
import { Curves } from './curves/Curves.tsx';
import { TrainExports } from './export/TrainExports.tsx';
import { TrainDrop } from './files/TrainDrop.tsx';
import { ChosenFigure } from './groups/ChosenFigure.tsx';
import { LayersPanel } from './layers/LayersPanel.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { CostPanel } from './runs/CostPanel.tsx';
import { RunsTable } from './runs/RunsTable.tsx';
import { WidthsPanel } from './runs/WidthsPanel.tsx';
import { SetupPanel } from './setup/SetupPanel.tsx';
import './train.css';
import { TrainDeskProvider, useTrain, useTraining } from './train.tsx';

export default function TrainScreen() {
  const { t } = useTranslation('train');
  const desk = trainDeskOf(useSession());
  const { figure, problem } = useMeasuredFigure();
  return (
    <TrainDeskProvider value={desk}>
      <TrainDrop>
        <h2 className="sr-only">{t('title')}</h2>
        <TrainExports />
        <SetupPanel />
        <div className="train-seen">
          <ProblemLine problem={problem} />
          <RunProblem />
          <Curves />
          <ChosenFigure measured={figure} />
          <RunsTable />
          <CostPanel />
          <WidthsPanel />
          <LayersPanel />
        </div>
      </TrainDrop>
    </TrainDeskProvider>
  );
}

/** What is wrong with a person's own files stands beside them. */
function RunProblem() {
  const { data } = useTrain();
  const problem = useTraining((results) => results.problem);
  return <ProblemLine problem={data === 'files' && problem?.kind === 'file' ? null : problem} />;
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
