/** How many channels? The same network at widths from 1/4 to 4: accuracy, gap, time, and channels that do nothing, as curves over the width. */
import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { widthCurves } from '../../../live/train/runCurves.ts';
import { milliseconds } from '../../../math/format.ts';
import { type TrainState, trainedWidths } from '../../../store/train.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PointChart } from '../curves/PointChart.tsx';
import { widthText } from '../runNames.ts';
import { useChangeTrain, useLookAtTraining, useTrain, useTrainDesk, useTraining } from '../train.tsx';
import './runs.css';
import { useKeptRuns } from './useKeptRuns.ts';

const allWidths: Partial<TrainState> = { compare: 'widths', widths: trainedWidths };

const percent = (value: number) => `${(100 * value).toFixed(1).replace('-', '−')} %`;

export function WidthsPanel() {
  const { t } = useTranslation('train');
  const desk = useTrainDesk();
  const { compare, widths } = useTrain();
  const change = useChangeTrain();
  const look = useLookAtTraining();
  const isPlaying = useTraining((results) => results.isPlaying);
  const hasRuns = useTraining(({ runs }) => runs.length > 0);
  const runs = useKeptRuns(allWidths);
  const isOver = runs.length > 0 && runs.every(({ state }) => state !== 'ready');
  const isQueued = compare === 'widths' && widths.length === trainedWidths.length;
  const queue = () => {
    if (!isQueued) change(null, allWidths);
    look({ source: 'runs' });
    desk.play();
  };
  const { train, test, gap, msPerStep, silent, copies } = widthCurves(runs);
  const axis = {
    xs: trainedWidths,
    xText: widthText,
    xName: t('widths.axis'),
    none: t('widths.none'),
  };
  const one = (name: string, points: typeof test, colour: string) => [{ name, points, colour }];
  return (
    <Panel
      token="maps"
      title={t('widths.title')}
      className="train-widths"
      end={
        <Button
          icon={<Play aria-hidden="true" />}
          disabled={!hasRuns || isOver || (isPlaying && isQueued)}
          onClick={queue}
        >
          {t(isOver ? 'widths.done' : 'widths.queue')}
        </Button>
      }
    >
      <div className="point-charts">
        <PointChart
          {...axis}
          title={t('curves.accuracy')}
          series={[
            { name: t('runs.train'), points: train, colour: '--weights-ink', isDashed: true },
            { name: t('runs.test'), points: test, colour: '--input-ink' },
          ]}
          isShare
          fromZero={false}
          yText={percent}
        />
        <PointChart {...axis} title={t('widths.gap')} series={one('gap', gap, '--field-ink')} isShare yText={percent} />
        <PointChart
          {...axis}
          title={t('widths.time')}
          series={one('time', msPerStep, '--maps-ink')}
          yText={milliseconds}
        />
        <PointChart
          {...axis}
          title={t('widths.silent')}
          series={one('silent', silent, '--dead-ink')}
          isShare
          yText={percent}
        />
        <PointChart
          {...axis}
          title={t('widths.copies')}
          series={one('copies', copies, '--dead-ink')}
          isCount
          yText={String}
        />
      </div>
      <p className="muted small">{t('widths.words')}</p>
    </Panel>
  );
}
