/** The layers of the network that is trained, with the sizes of their maps. */
import { useTranslation } from 'react-i18next';
import { layerRows } from '../../../live/train/layerRows.ts';
import { useTraining } from '../train.tsx';

export function NetworkPart() {
  const { t } = useTranslation('train');
  const run = useTraining((results) => results.runs[0]);
  if (!run) return null;
  return (
    <section className="train-part" aria-label={t('network.title')}>
      <h3>{t('network.title')}</h3>
      <table className="train-layers mono small">
        <tbody>
          {layerRows(run.configuration).map(({ name, kernel, isGrouped, size }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {kernel} {isGrouped && <b>groups=g</b>}
              </td>
              <td>{size}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">{t('network.words')}</p>
    </section>
  );
}
