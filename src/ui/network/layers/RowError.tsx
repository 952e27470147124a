/** Why a layer cannot run, right below it: PyTorch's sentence, and the shapes of all that it reads. */
import { useTranslation } from 'react-i18next';
import type { LayerRow } from '../../../views/network/table/rows.ts';

export function RowError({ row, columns }: { readonly row: LayerRow; readonly columns: number }) {
  const { t } = useTranslation('network');
  if (!row.error) return null;
  const { error, inputs } = row.error.state;
  const shapes = inputs.map(([, ...shape]) => shape.join(' × ')).join(t('layers.and'));
  return (
    <tr className="network-error">
      <td colSpan={columns}>
        <p role="status" title={error.message}>
          <span lang="en" className="mono">
            {error.message}
          </span>{' '}
          {shapes !== '' && <span>{t('layers.reads', { shapes })}</span>}
        </p>
      </td>
    </tr>
  );
}
