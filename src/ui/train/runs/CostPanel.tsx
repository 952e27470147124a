/** What does low correlation cost? Steps and seconds to a loss for each number of groups, at equal channels, parameters and operations. */
import { useTranslation } from 'react-i18next';
import { costOfLoss } from '../../../live/train/runCurves.ts';
import {
  defaultLoss,
  type GroupMatch,
  groupCounts,
  groupMatches,
  lossRange,
  type TrainState,
} from '../../../store/train.ts';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PointChart, type ToldSeries } from '../curves/PointChart.tsx';
import { useLookAtTraining, useTrain, useTrainView } from '../train.tsx';
import './runs.css';
import { useKeptRuns } from './useKeptRuns.ts';

/** The runs of all numbers of groups at each price. */
const choices: Readonly<Record<GroupMatch, Partial<TrainState>>> = {
  channels: { compare: 'groups', match: 'channels' },
  parameters: { compare: 'groups', match: 'parameters' },
  macs: { compare: 'groups', match: 'macs' },
};

const colours: Readonly<Record<GroupMatch, string>> = {
  channels: '--input-ink',
  parameters: '--weights-ink',
  macs: '--maps-ink',
};

export function CostPanel() {
  const { t } = useTranslation('train');
  const { loss } = useTrainView();
  // What the groups of another network save is not spent elsewhere.
  const matches = useTrain().network === 'nin' ? groupMatches : groupMatches.slice(0, 1);
  const look = useLookAtTraining();
  const runs = {
    channels: useKeptRuns(choices.channels),
    parameters: useKeptRuns(choices.parameters),
    macs: useKeptRuns(choices.macs),
  };
  const costs = matches.map((match) => ({ match, ...costOfLoss(runs[match], loss) }));
  const series = (of: 'steps' | 'seconds') =>
    costs.map(
      (cost): ToldSeries => ({
        name: t(`variants.matches.${cost.match}`),
        points: cost[of],
        colour: colours[cost.match],
        isDashed: cost.match !== 'channels',
      }),
    );
  const axis = {
    xs: groupCounts,
    xText: (value: number) => `g ${value}`,
    xName: t('variants.groups'),
    none: t('costs.none', { loss: loss.toFixed(2) }),
  };
  return (
    <Panel token="maps" title={t('costs.title')} className="train-costs">
      <NumberSlider
        name={t('runs.loss')}
        label={t('runs.loss')}
        {...lossRange}
        step={0.05}
        value={loss}
        resetValue={defaultLoss}
        onChange={(next) => look({ loss: next })}
      />
      <div className="point-charts">
        <PointChart {...axis} title={t('costs.steps')} series={series('steps')} yText={String} />
        <PointChart
          {...axis}
          title={t('costs.seconds')}
          series={series('seconds')}
          yText={(value) => value.toFixed(1)}
        />
      </div>
      <p className="muted small">{t('costs.words')}</p>
    </Panel>
  );
}
