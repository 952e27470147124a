/** Why a layer cannot run, right below it: what is wrong, the shapes of all that it reads, and PyTorch's sentence. */
import { useTranslation } from 'react-i18next';
import type { LayerRow } from '../../../views/network/table/rows.ts';
import { useReason } from '../useReason.ts';

export function RowError({ row, columns }: { readonly row: LayerRow; readonly columns: number }) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  if (!row.error) return null;
  const { error, inputs } = row.error.state;
  const shapes = inputs.map(([, ...shape]) => shape.join(' × ')).join(t('layers.and'));
  return (
    <tr className="network-error">
      <td colSpan={columns}>
        <p role="status" title={error.message}>
          {reasonOf(error)} {shapes !== '' && <span>{t('layers.reads', { shapes })}</span>}{' '}
          <q lang="en" className="mono">
            {error.message}
          </q>
        </p>
      </td>
    </tr>
  );
}
