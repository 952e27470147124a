/** The figure of filter groups of the networks that were measured before, or of the person's own runs, with what each costs. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { figureOfRuns } from '../../../live/train/runsFigure.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useLookAtTraining, useTrain, useTraining, useTrainView } from '../train.tsx';
import { CostPlot } from './CostPlot.tsx';
import { GroupsPanel } from './GroupsPanel.tsx';

export function ChosenFigure({ measured }: { readonly measured: GroupFigure | null }) {
  const { t } = useTranslation('train');
  const { source } = useTrainView();
  const look = useLookAtTraining();
  const { compare } = useTrain();
  const runs = useTraining((results) => results.runs);
  const own = useMemo(() => (compare === 'groups' ? figureOfRuns(runs) : null), [compare, runs]);
  const figure = source === 'runs' ? own : measured;
  const isSeen = runs.some(({ observations }) => observations.length > 0);
  const reason = compare === 'widths' ? 'widths' : isSeen ? 'noPair' : 'none';
  const choice = (
    <SegmentedControl
      label={t('source.label')}
      options={(['measured', 'runs'] as const).map((value) => ({ value, label: t(`source.${value}`) }))}
      value={source}
      onChange={(next) => look({ source: next })}
    />
  );
  return (
    <div className="train-figure" id="maps" tabIndex={-1}>
      {figure ? (
        <>
          <GroupsPanel figure={figure} choice={choice} />
          <CostPlot figure={figure} />
        </>
      ) : (
        <div className="panel train-no-figure">
          {choice}
          <p className="muted">{t(`source.${reason}`)}</p>
        </div>
      )}
    </div>
  );
}
