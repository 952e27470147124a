/** Loss over the steps and accuracy over the epochs of all runs, once one has begun. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stepsToLoss } from '../../../live/train/runSummary.ts';
import type { ShownRun } from '../../../live/train/variantRun.ts';
import { exactCount } from '../../../math/format.ts';
import { rangeOfCurves, smoothed, thinned } from '../../../views/training/curves.ts';
import { Panel } from '../../components/Panel.tsx';
import { FirstFilters } from '../filters/FirstFilters.tsx';
import { runName } from '../runNames.ts';
import { useTrain, useTraining, useTrainView } from '../train.tsx';
import './curves.css';
import { type Line, LineChart } from './LineChart.tsx';

/** Steps that a loss is the mean of. */
const smoothing = 25;
const mostPoints = 240;
/** Losses above this many times the untrained network's are beyond the chart. */
const lossCeiling = 1.3;

export function Curves() {
  const { t } = useTranslation('train');
  const runs = useTraining((results) => results.runs);
  const { compare } = useTrain();
  const { loss: wanted } = useTrainView();
  const loss = useMemo(() => lossLines(runs, compare, wanted), [runs, compare, wanted]);
  const accuracy = useMemo(() => accuracyLines(runs, compare), [runs, compare]);
  const classes = runs[0]?.configuration.data.classes ?? 10;
  const lossRange = rangeOfCurves(
    loss.map(({ points }) => points),
    lossCeiling * Math.log(classes),
  );
  const accuracyRange = rangeOfCurves(accuracy.map(({ points }) => points));
  const testImages = runs.find(({ observations }) => observations.length > 0)?.observations[0]?.accuracy.count;
  if (!accuracyRange || testImages === undefined) return null;
  return (
    <div className="train-curves">
      <Panel token="maps" title={t('curves.loss')} meta={t('curves.smoothed', { steps: smoothing })}>
        {lossRange ? (
          <LineChart
            label={t('curves.lossFigure')}
            lines={loss}
            xEnd={Math.max(...runs.map(({ steps }) => steps))}
            yRange={lossRange}
            xName={t('curves.step')}
            yText={(value) => value.toFixed(2)}
            level={wanted}
          />
        ) : (
          <p className="muted">{t('curves.noLoss')}</p>
        )}
      </Panel>
      <Panel
        token="maps"
        title={t('curves.accuracy')}
        meta={t('curves.testImages', { images: exactCount(testImages) })}
      >
        <LineChart
          label={t('curves.accuracyFigure')}
          lines={accuracy}
          xEnd={Math.max(...runs.map(({ configuration }) => configuration.epochs))}
          yRange={accuracyRange}
          xName={t('curves.epoch')}
          yText={(value) => `${(100 * value).toFixed(1)} %`}
          isShare
        />
      </Panel>
      <FirstFilters />
    </div>
  );
}

function lossLines(runs: readonly ShownRun[], compare: 'groups' | 'widths', wanted: number): readonly Line[] {
  return runs.flatMap(({ variant, results }, place): Line[] => {
    if (results.length === 0) return [];
    const losses = results.map(({ loss }) => loss);
    const points = (values: readonly number[]) =>
      thinned(
        values.map((y, i) => ({ x: i + 1, y })),
        mostPoints,
      );
    const reached = stepsToLoss({ results }, wanted, smoothing);
    return [
      {
        ...{
          name: runName(variant, compare),
          place,
          points: points(smoothed(losses, smoothing)),
          behind: points(losses),
        },
        ...(reached !== null && { mark: { x: reached, y: wanted } }),
      },
    ];
  });
}

function accuracyLines(runs: readonly ShownRun[], compare: 'groups' | 'widths'): readonly Line[] {
  return runs.flatMap(({ variant, observations, configuration, steps }, place): Line[] => {
    const points = observations.map(({ step, accuracy }) => ({
      x: (step / steps) * configuration.epochs,
      y: accuracy.share,
    }));
    return points.length > 0 ? [{ name: runName(variant, compare), place, points }] : [];
  });
}
