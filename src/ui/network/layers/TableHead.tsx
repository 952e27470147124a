/** The headings of the table: each sorts by its column, largest first, then smallest first, then not. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, nextOrder } from '../../../views/network/table/columns.ts';
import type { Table } from './useTable.ts';

interface TableHeadProps {
  readonly columns: readonly Column[];
  readonly table: Pick<Table, 'order' | 'setOrder'>;
}

export function TableHead({ columns, table: { order, setOrder } }: TableHeadProps) {
  const { t } = useTranslation('network');
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" data-column="layer">
          {t('layers.layer')}
        </th>
        {columns.map((column) => {
          const isOrder = order?.column === column;
          const sort = !isOrder ? 'none' : order.isDescending ? 'descending' : 'ascending';
          return (
            <th
              key={column}
              scope="col"
              data-column={column}
              aria-sort={sort}
              title={t(`layers.columnHints.${column}`)}
            >
              <button type="button" onClick={() => setOrder(nextOrder(order, column))}>
                {sort === 'descending' && <ArrowDown aria-hidden="true" />}
                {sort === 'ascending' && <ArrowUp aria-hidden="true" />}
                {t(`layers.columns.${column}`)}
              </button>
            </th>
          );
        })}
        <th scope="col" data-column="commands">
          <span className="sr-only">{t('layers.commands')}</span>
        </th>
      </tr>
    </thead>
  );
}
