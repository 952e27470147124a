/** Which network is trained, and its layers with the sizes of their maps; or why it is not. */
import { useTranslation } from 'react-i18next';
import { layerRows } from '../../../live/train/layerRows.ts';
import { trainedModels } from '../../../store/train.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';

/** Of what a sentence does not name. */
const unsaid = { id: '', size: '', ends: 0, message: '', needed: 0, budget: 0 } as const;

export function NetworkPart() {
  const { t } = useTranslation('train');
  const { network } = useTrain();
  const change = useChangeTrain();
  const run = useTraining((results) => results.runs[0]);
  const refusal = useTraining((results) => results.refusal);
  return (
    <section className="train-part" aria-label={t('network.title')}>
      <div className="train-part-head">
        <h3>{t('network.title')}</h3>
        <SelectMenu
          label={t('network.title')}
          options={trainedModels.map((value) => ({ value, label: t(`network.models.${value}`) }))}
          value={network}
          onChange={(next) => change(null, next === 'network' ? { network: next, groups: [1] } : { network: next })}
        />
      </div>
      {refusal && (
        <p role="alert" className="train-problem">
          {t(`network.refusals.${refusal.code}`, { ...unsaid, ...refusal.values })}
        </p>
      )}
      {run && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long network is scrolled by keys
        <section className="train-layers-scroll" tabIndex={0} aria-label={t('network.layers')}>
          <table className="train-layers mono small">
            <tbody>
              {layerRows(run.configuration).map(({ name, kernel, groups, size }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    {kernel} {groups !== null && <b>groups={groups}</b>}
                  </td>
                  <td>{size}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="muted small">{t(`network.words.${network}`)}</p>
    </section>
  );
}
