/** The whole network's price before and after, with bars relative to before. */
import { useTranslation } from 'react-i18next';
import { type LeverMeasure, leverMeasures, type NetworkTotals } from '../../../graph/price/levers.ts';
import { byteCount, exactCount, percent, siCount } from '../../../math/format.ts';

interface LeverTotalsProps {
  readonly before: NetworkTotals;
  /** Null where the levers as they are give no network. */
  readonly after: NetworkTotals | null;
}

export function LeverTotals({ before, after }: LeverTotalsProps) {
  const { t } = useTranslation('network');
  return (
    <table className="price-table levers-totals" aria-label={t('levers.totals')}>
      <thead>
        <tr>
          <th scope="col">{t('levers.totals')}</th>
          <th scope="col">{t('levers.before')}</th>
          <th scope="col">{t('levers.after')}</th>
          <th scope="col">%</th>
        </tr>
      </thead>
      <tbody>
        {leverMeasures.map((measure) => (
          <tr key={measure} data-measure={measure}>
            <th scope="row">{t(`levers.measures.${measure}`)}</th>
            <td className="mono" title={exactCount(before[measure])}>
              {amountText(measure, before[measure])}
            </td>
            <td className="mono" title={after ? exactCount(after[measure]) : undefined}>
              {after ? amountText(measure, after[measure]) : '–'}
            </td>
            <td className="mono">
              {after && shareText(after[measure] / before[measure])}
              <span className="levers-bar" aria-hidden="true">
                <span style={{ width: `${Math.min(100, 50 * (after ? after[measure] / before[measure] : 0))}%` }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function amountText(measure: LeverMeasure, amount: number): string {
  return measure === 'trainingBytes' || measure === 'inferenceBytes' ? byteCount(amount) : siCount(amount);
}

function shareText(share: number): string {
  if (!Number.isFinite(share)) return '–';
  return share < 1 ? percent(share) : `${Math.round(100 * share)}\u202f%`;
}
