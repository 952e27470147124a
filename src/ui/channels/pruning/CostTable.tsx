/** What pruning saves, exactly, layer by layer and in all; the times as they were measured. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import { type CostChange, costChanges } from '../../../live/channels/pruning/costRows.ts';
import { byteCount, exactCount, milliseconds, siCount } from '../../../math/format.ts';
import { changeInPercent } from '../../../views/channels/change.ts';
import { useResults } from '../../session.tsx';
import { useEngineWords } from '../../shell/useEngineWords.ts';
import { usePruning } from './pruning.tsx';

const columns = [
  { name: 'parameters', of: 'parameters', text: siCount, exact: exactCount },
  { name: 'macs', of: 'macs', text: siCount, exact: exactCount },
  { name: 'memory', of: 'activationBytes', text: byteCount, exact: (bytes: number) => `${exactCount(bytes)} B` },
] as const;

export function CostTable({ pruned }: { readonly pruned: Pruned }) {
  const { t } = useTranslation('channels');
  const base = usePruning((results) => results.base);
  const costs = useMemo(() => (base ? costChanges(base, pruned) : null), [base, pruned]);
  if (!costs) return null;
  const { rows, others, total, unchanged } = costs;
  return (
    <>
      <h3>{t('pruning.cost.title')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <section className="prune-table-scroller" aria-label={t('pruning.cost.table')} tabIndex={0}>
        <table className="prune-table mono">
          <thead>
            <tr>
              <th scope="col">{t('pruning.cost.layer')}</th>
              <th scope="col">{t('pruning.cost.channels')}</th>
              {columns.map(({ name }) => (
                <th key={name} scope="col">
                  {t(`pruning.cost.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.node} title={row.node}>
                <th scope="row">{row.label}</th>
                <td>
                  {row.channels[0] === row.channels[1] ? row.channels[0] : `${row.channels[0]} → ${row.channels[1]}`}
                </td>
                <Changes change={row} />
              </tr>
            ))}
            {others && (
              <tr>
                <th scope="row">{t('pruning.cost.others')}</th>
                <td />
                <Changes change={others} />
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr data-total>
              <th scope="row">{t('pruning.cost.total')}</th>
              <td />
              <Changes change={total} isExact />
            </tr>
            <tr>
              <th scope="row">{t('pruning.cost.share')}</th>
              <td />
              {columns.map(({ name, of }) => (
                <td key={name}>{changeInPercent(total.before[of], total.after[of])}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
      {unchanged > 0 && <p className="muted small">{t('pruning.cost.unchanged', { count: unchanged })}</p>}
      <Times />
    </>
  );
}

function Changes({
  change: { before, after },
  isExact = false,
}: {
  readonly change: CostChange;
  readonly isExact?: boolean;
}) {
  return columns.map(({ name, of, text, exact }) => {
    const said = isExact && name === 'parameters' ? exact : text;
    return (
      <td key={name} title={`${exact(before[of])} → ${exact(after[of])}`}>
        {before[of] === after[of] ? (
          said(before[of])
        ) : (
          <>
            <span className="muted">{said(before[of])} →</span> {said(after[of])}
          </>
        )}
      </td>
    );
  });
}

function Times() {
  const { t } = useTranslation('channels');
  const times = usePruning((results) => results.times);
  const { device } = useEngineWords(useResults((results) => results.engine));
  const base = usePruning((results) => results.base);
  const size = base?.shapes[base.subject.input];
  if (!times || !size) return <p className="muted small">{t('pruning.cost.waiting')}</p>;
  const [, , height, width] = size;
  return (
    <div className="prune-times">
      <p className="mono" role="status" aria-label={t('pruning.cost.time')}>
        {t('pruning.cost.time')} <span className="muted">{milliseconds(times.before)} →</span>{' '}
        {milliseconds(times.after)} ms ({changeInPercent(times.before, times.after)})
      </p>
      <p className="muted small">
        {t('pruning.cost.measured', { rounds: times.rounds, device: device ?? '', height, width })}
      </p>
    </div>
  );
}
