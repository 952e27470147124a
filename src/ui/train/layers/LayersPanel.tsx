/** Layer by layer through the epochs of one run: channels that fall silent, and how far the last step of an epoch moved the weights. */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { runName } from '../runNames.ts';
import { useTrain, useTraining, useTrainView } from '../train.tsx';
import '../runs/runs.css';

export function LayersPanel() {
  const { t } = useTranslation('train');
  const { compare } = useTrain();
  const { run: wanted } = useTrainView();
  const runs = useTraining((results) => results.runs);
  const run = runs[Math.min(wanted, runs.length - 1)];
  const last = run?.observations.at(-1);
  if (!run || !last) return null;
  return (
    <Panel
      token="dead"
      title={t('layers.title')}
      meta={`${runName(run.variant, compare)} · ${t('groups.step', { steps: last.step })}`}
      className="train-runs"
    >
      <div className="train-runs-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('layers.layer')}</th>
              {run.observations.map(({ step }) => (
                <th key={step} scope="col" className="mono">
                  {step}
                </th>
              ))}
              <th scope="col">{t('layers.update')}</th>
            </tr>
          </thead>
          <tbody>
            {last.layers.map(({ layer, channels, update }, i) => (
              <tr key={layer}>
                <th scope="row" className="mono">
                  {layer}
                </th>
                {run.observations.map(({ step, layers }) => {
                  const silent = layers[i]?.silent ?? null;
                  return (
                    <td key={step} className="mono">
                      {silent === null ? '–' : `${silent}/${channels}`}
                    </td>
                  );
                })}
                <td className="mono">{update === null ? '–' : update.toExponential(1).replace('-', '−')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{t('layers.words')}</p>
    </Panel>
  );
}
