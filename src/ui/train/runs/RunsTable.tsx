/** All runs in numbers: price, accuracy learned and tested, time per step, channels that do nothing, and what a loss costs. */
import { useTranslation } from 'react-i18next';
import { type RunSummary, stepsToLoss, summaryOf } from '../../../live/train/runSummary.ts';
import type { ShownRun } from '../../../live/train/variantRun.ts';
import { exactCount, milliseconds, siCount } from '../../../math/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { accuracyText } from '../groups/GroupColumnView.tsx';
import { runColour, runName } from '../runNames.ts';
import { isOfStart, runProblem } from '../runProblem.ts';
import { useTrain, useTraining, useTrainView } from '../train.tsx';
import './runs.css';

export function RunsTable() {
  const { t } = useTranslation('train');
  const { compare, match, network } = useTrain();
  const isMatched = compare === 'groups' && network === 'nin' && match !== 'channels';
  const runs = useTraining((results) => results.runs);
  const { loss } = useTrainView();
  if (runs.every(({ observations }) => observations.length === 0)) return null;
  const title = `${t('runs.title')}: ${t(`variants.${compare}`)}`;
  return (
    <Panel token="maps" title={t('runs.title')} className="train-runs">
      {/* It scrolls sideways where it is narrow, so it must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section className="train-runs-scroll" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t(`variants.${compare}`)}</th>
              {columns.map(({ key }) => (
                <th key={key} scope="col">
                  {t(`runs.${key}`)}
                </th>
              ))}
              <th scope="col">{t('runs.toLoss', { loss: loss.toFixed(2) })}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run, place) => (
              <RunRow
                key={run.name}
                run={run}
                plain={isMatched ? (runs[0]?.price ?? null) : null}
                name={runName(run.variant, compare)}
                place={place}
                loss={loss}
              />
            ))}
          </tbody>
        </table>
      </section>
      <p className="muted small">{t(`runs.words.${compare}`)}</p>
      {runs.some(({ programsChanged }) => programsChanged) && <p className="small">{t('runs.programsChanged')}</p>}
      {runs.map(({ name, variant, problem }) =>
        problem && !isOfStart(problem) ? (
          <p key={name} role="alert" className="train-problem">
            {runName(variant, compare)}: {runProblem(problem, t)}
          </p>
        ) : null,
      )}
    </Panel>
  );
}

/** " (× 1.01)": of the first run's. */
const ratio = (value: number, of: number | undefined) => (of === undefined ? '' : ` (× ${(value / of).toFixed(2)})`);

const points = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** `plain`: the price of the first run where the others are matched to it. */
type Told = { readonly summary: RunSummary; readonly run: ShownRun; readonly plain: ShownRun['price'] | null };

const columns = [
  {
    key: 'parameters',
    text: ({ run, plain }: Told) =>
      `${exactCount(run.price.parameters)}${ratio(run.price.parameters, plain?.parameters)}`,
  },
  { key: 'macs', text: ({ run, plain }: Told) => `${siCount(run.price.macs)}${ratio(run.price.macs, plain?.macs)}` },
  { key: 'train', text: ({ summary }: Told) => points(summary.trainAccuracy) },
  {
    key: 'test',
    text: ({ summary: { testAccuracy } }: Told) =>
      testAccuracy ? accuracyText(testAccuracy.share, testAccuracy.count) : '–',
  },
  { key: 'gap', text: ({ summary: { gap } }: Told) => (gap === null ? '–' : (100 * gap).toFixed(1).replace('-', '−')) },
  { key: 'time', text: ({ summary: { msPerStep } }: Told) => (msPerStep === null ? '–' : milliseconds(msPerStep)) },
  { key: 'silent', text: ({ summary }: Told) => points(summary.silent) },
  { key: 'copies', text: ({ summary: { copies } }: Told) => (copies === null ? '–' : String(copies)) },
] as const;

interface RunRowProps {
  readonly run: ShownRun;
  readonly plain: ShownRun['price'] | null;
  readonly name: string;
  readonly place: number;
  readonly loss: number;
}

function RunRow({ run, plain, name, place, loss }: RunRowProps) {
  const { t } = useTranslation('train');
  const summary = summaryOf(run);
  const steps = stepsToLoss(run, loss);
  return (
    <tr>
      <th scope="row" className="mono" style={{ color: runColour(place) }}>
        {name}
      </th>
      {columns.map(({ key, text }) => (
        <td key={key} className="mono">
          {text({ run, summary, plain })}
        </td>
      ))}
      <td className="mono">
        {steps === null || summary.msPerStep === null
          ? '–'
          : t('runs.stepsAndTime', { steps, seconds: ((steps * summary.msPerStep) / 1000).toFixed(1) })}
      </td>
    </tr>
  );
}
