/** Each layer's output and operations before and after; layers that stay the same are left pale. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type LayerPrice, leverRows } from '../../../graph/price/levers.ts';
import type { Network } from '../../../graph/price/refit.ts';
import { exactCount, siCount } from '../../../math/format.ts';

interface LeverRowsProps {
  readonly before: Network;
  readonly after: Network;
}

export function LeverRows({ before, after }: LeverRowsProps) {
  const { t } = useTranslation('network');
  const rows = useMemo(() => leverRows(before, after), [before, after]);
  const most = Math.max(1, ...rows.flatMap((row) => [row.before.macs, row.after?.macs ?? 0]));
  return (
    <details className="levers-layers">
      <summary>{t('levers.layers')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard too */}
      <section className="price-scroller" aria-label={t('levers.layers')} tabIndex={0}>
        <table className="price-table">
          <thead>
            <tr>
              <th scope="col">{t('levers.layer')}</th>
              <th scope="col">{t('levers.output')}</th>
              <th scope="col">{t('levers.measures.parameters')}</th>
              <th scope="col">{t('levers.measures.macs')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} data-same={isSame(row.before, row.after) || undefined}>
                <th scope="row" className="mono">
                  {row.name}
                </th>
                <td className="mono">
                  <Change from={shapeText(row.before)} to={row.after ? shapeText(row.after) : t('levers.gone')} />
                </td>
                <td className="mono">
                  <Change
                    from={siCount(row.before.parameters)}
                    to={row.after ? siCount(row.after.parameters) : '–'}
                    exact={row.after && `${exactCount(row.before.parameters)} → ${exactCount(row.after.parameters)}`}
                  />
                </td>
                <td className="mono">
                  <Change
                    from={siCount(row.before.macs)}
                    to={row.after ? siCount(row.after.macs) : '–'}
                    exact={row.after && `${exactCount(row.before.macs)} → ${exactCount(row.after.macs)}`}
                  />
                  <span className="levers-bars" aria-hidden="true">
                    <span style={{ width: `${(100 * row.before.macs) / most}%` }} />
                    <span style={{ width: `${(100 * (row.after?.macs ?? 0)) / most}%` }} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

interface ChangeProps {
  readonly from: string;
  readonly to: string;
  readonly exact?: string | null;
}

function Change({ from, to, exact = null }: ChangeProps) {
  if (from === to) return <span>{from}</span>;
  return (
    <span title={exact ?? undefined}>
      <span className="muted">{from} → </span>
      {to}
    </span>
  );
}

function shapeText({ output }: LayerPrice): string {
  return output.join(' × ');
}

function isSame(before: LayerPrice, after: LayerPrice | null): boolean {
  return (
    after !== null &&
    before.macs === after.macs &&
    before.parameters === after.parameters &&
    shapeText(before) === shapeText(after)
  );
}
