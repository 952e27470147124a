/** Which columns the table has beside those that always stand there, and whether its counts are sums from the first layer on. */
import { Columns3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Column, optionalColumns } from '../../../views/network/table/columns.ts';
import { Button } from '../../components/Button.tsx';
import { Popover } from '../../components/Popover.tsx';
import { Toggle } from '../../components/Toggle.tsx';

interface TableToolsProps {
  readonly shown: ReadonlySet<Column>;
  readonly onShow: (column: Column, isShown: boolean) => void;
  readonly isCumulative: boolean;
  readonly onCumulative: (isCumulative: boolean) => void;
}

export function TableTools({ shown, onShow, isCumulative, onCumulative }: TableToolsProps) {
  const { t } = useTranslation('network');
  return (
    <>
      <Toggle label={t('layers.cumulative')} checked={isCumulative} onChange={onCumulative} />
      <Popover
        label={t('layers.show')}
        trigger={
          <Button size="small" variant="quiet" icon={<Columns3 size={14} aria-hidden="true" />}>
            {t('layers.show')}
          </Button>
        }
      >
        {optionalColumns.map((column) => (
          <Toggle
            key={column}
            label={t(`layers.columns.${column}`)}
            hint={t(`layers.columnHints.${column}`)}
            checked={shown.has(column)}
            onChange={(isShown) => onShow(column, isShown)}
          />
        ))}
      </Popover>
    </>
  );
}
