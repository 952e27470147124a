/** Correlation between two layers of five trained networks with 1, 2, 4, 8 and 16 filter groups. */
import { useEffect, useState } from 'react';
import type { Problem } from '../../../live/results.ts';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { loadMeasuredFigure } from '../../../live/train/measuredFigure.ts';
import { blockShare } from '../../../math/blockShare.ts';
import { useProblemWords } from '../../shell/problemWords.ts';
import { GroupsPanel } from '../../train/groups/GroupsPanel.tsx';
import '../../train/train.css';
import { useTrainView } from '../../train/train.tsx';
import { useTell } from '../telling.tsx';

export function GroupsFigure() {
  const [figure, setFigure] = useState<GroupFigure | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = useProblemWords(problem);
  useEffect(() => {
    let isCurrent = true;
    void loadMeasuredFigure().then((loaded) => {
      if (!isCurrent) return;
      if (loaded.ok) setFigure(loaded.value);
      else setProblem({ kind: 'file', ...loaded.error, values: { name: '', ...loaded.error.values } });
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  useSharesTold(figure);
  if (words) return <p role="alert">{words.what}</p>;
  return (
    figure && (
      <div id="maps" tabIndex={-1}>
        <GroupsPanel figure={figure} choice={null} />
      </div>
    )
  );
}

/** The share of correlation inside the blocks, of four groups: before training and after. */
function useSharesTold(figure: GroupFigure | null): void {
  const { measure, scale } = useTrainView();
  const column = figure?.columns.find(({ groups }) => groups === 4);
  const last = column?.trained.at(-1);
  useTell(
    column && last
      ? {
          measure,
          scale,
          untrained: blockShare(column.untrained[measure], 4),
          trained: blockShare(last.moment[measure], 4),
        }
      : null,
  );
}
