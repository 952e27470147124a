/** The sums of all layers, and what stands behind the last one. */
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { byteCount, exactCount } from '../../../math/format.ts';
import type { Column } from '../../../views/network/table/columns.ts';
import { type LayerMs, networkNumbers } from '../../../views/network/table/numbers.ts';
import { countText } from './cells.tsx';

interface TotalsRowProps {
  readonly plan: NetworkPlan;
  readonly times: LayerMs;
  readonly columns: readonly Column[];
}

export function TotalsRow({ plan, times, columns }: TotalsRowProps) {
  const { t } = useTranslation('network');
  const { total } = networkNumbers(plan.price, times);
  const { trainingBytes } = plan.price.totals;
  const textOf = (column: Column): string => {
    switch (column) {
      case 'output':
      case 'field':
      case 'jump':
        return '';
      case 'memory':
        return byteCount(trainingBytes);
      case 'params':
      case 'macs':
      case 'textbook':
      case 'useful':
      case 'time':
        return countText(column, total);
      default:
        return column satisfies never;
    }
  };
  const exact: Partial<Record<Column, number>> = {
    params: total.parameters,
    macs: total.macs,
    memory: trainingBytes,
  };
  return (
    <tfoot>
      <tr className="network-total">
        <th scope="row">
          <b>{t('layers.total')}</b> <span className="muted">{t('layers.totalMemory')}</span>
        </th>
        {columns.map((column) => (
          <td
            key={column}
            className="mono"
            data-column={column}
            data-label={t(`layers.columns.${column}`)}
            title={exact[column] === undefined ? undefined : exactCount(exact[column])}
          >
            {textOf(column)}
          </td>
        ))}
        <td />
      </tr>
    </tfoot>
  );
}
