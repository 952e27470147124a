/** The comparison as a table: a column for each kind, a row for each thing to compare. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { isComputed } from '../../live/compare/compareDesk.ts';
import type { ComparisonPlan } from '../../live/compare/plan.ts';
import { useResults, useWorkspace } from '../session.tsx';
import { CodeRow } from './CodeRow.tsx';
import { ColumnHead } from './ColumnHead.tsx';
import { Connectivity } from './Connectivity.tsx';
import { CostRow } from './CostRow.tsx';
import { useComparison, useUnit } from './comparison.tsx';
import type { Priced } from './costRows.ts';
import { ColumnMaps } from './maps/ColumnMaps.tsx';
import { MapsGutter } from './maps/MapsGutter.tsx';
import { ReachFigure } from './ReachFigure.tsx';
import { SliceMatrices } from './SliceMatrices.tsx';

const rows = ['code', 'connectivity', 'reach', 'maps', 'cost'] as const;
type Row = (typeof rows)[number];

export function ColumnTable() {
  const { t } = useTranslation('compare');
  const columns = useWorkspace((state) => state.workspace.compare.columns);
  const problem = useComparison((state) => state.problem);
  const unit = useUnit();
  return (
    <section id="maps" tabIndex={-1} className="panel compare-table" aria-label={t('title')}>
      {problem !== null && (
        <p role="alert" className="compare-problem">
          {t('failed', { message: problem })}
        </p>
      )}
      <table style={{ '--columns': columns.length } as React.CSSProperties}>
        <thead>
          <tr>
            <td />
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <th key={i} scope="col">
                <ColumnHead column={column} place={i} count={columns.length} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row} className={`compare-${row}`}>
              <th scope="row" title={row === 'maps' ? t('hints.maps') : undefined}>
                {t(`rows.${row}`)}
                {row !== 'code' && row !== 'maps' && (
                  <p className="muted">{t(`hints.${row}`, { channel: unit.channel })}</p>
                )}
                {row === 'maps' && <MapsGutter />}
              </th>
              {columns.map((_, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <ColumnCell key={place} row={row} place={place} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Wiring, reach and price follow at once. Maps that belong to numbers that have just been changed stay, paler, until the new ones come. */
function ColumnCell({ row, place }: { readonly row: Row; readonly place: number }) {
  const compare = useWorkspace((state) => state.workspace.compare);
  const picture = useResults((state) => state.picture);
  const plan = useComparison((state) => state.plan);
  const computed = useComparison((state) => state.columns[place]);
  const isPlanned = plan?.compare === compare && plan.picture === picture;
  const isStale =
    row === 'maps'
      ? computed !== undefined && !(isPlanned && isComputed(computed, plan, place))
      : row !== 'code' && plan !== null && !isPlanned;
  return (
    <td data-stale={isStale || undefined} aria-busy={isStale || undefined}>
      <Cell row={row} place={place} />
    </td>
  );
}

function Cell({ row, place }: { readonly row: Row; readonly place: number }) {
  const plan = useComparison((state) => state.plan);
  const planned = plan?.columns[place];
  if (row === 'code') return <CodeRow place={place} />;
  if (row === 'maps') return <Maps place={place} />;
  if (!plan || !planned) return <Fragment />;
  switch (row) {
    case 'connectivity':
      return (
        <div className="compare-channels">
          <Connectivity planned={planned} place={place} />
          <SliceMatrices planned={planned} place={place} />
        </div>
      );
    case 'reach':
      return <ReachFigure planned={planned} picture={plan.picture} place={place} />;
    case 'cost':
      return <Cost plan={plan} place={place} />;
    default:
      return row satisfies never;
  }
}

function Maps({ place }: { readonly place: number }) {
  const engine = useComparison((state) => state.engine);
  const computed = useComparison((state) => state.columns[place]);
  if (!engine || !computed) return <Fragment />;
  return <ColumnMaps key={engine.description.kind} engine={engine} computed={computed} place={place} />;
}

function Cost({ plan, place }: { readonly plan: ComparisonPlan; readonly place: number }) {
  const computed = useComparison((state) => state.columns);
  const priced = (at: number): Priced => {
    const { cost, graph } = plan.columns[at]!;
    const column = computed[at];
    return { cost, graph, timing: column && isComputed(column, plan, at) ? column.timing : null };
  };
  return <CostRow priced={priced(place)} first={priced(0)} />;
}
