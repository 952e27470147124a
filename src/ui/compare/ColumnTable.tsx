/** The comparison as a table: a column for each kind, a row for each thing to compare. */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { isCurrent } from '../../live/compare/compareDesk.ts';
import { useResults, useWorkspace } from '../session.tsx';
import { CodeRow } from './CodeRow.tsx';
import { ColumnHead } from './ColumnHead.tsx';
import { Connectivity } from './Connectivity.tsx';
import { CostRow } from './CostRow.tsx';
import { useComparison, useUnit } from './comparison.tsx';
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

/** What belongs to numbers that have just been changed stays, paler, until the new columns are computed. */
function ColumnCell({ row, place }: { readonly row: Row; readonly place: number }) {
  const compare = useWorkspace((state) => state.workspace.compare);
  const picture = useResults((state) => state.picture);
  const computed = useComparison((state) => state.columns[place]);
  const first = useComparison((state) => state.columns[0]);
  // A price stands beside the first column's.
  const isStale =
    row !== 'code' &&
    ((computed !== undefined && !isCurrent(computed, place, compare, picture)) ||
      (row === 'cost' && first !== undefined && !isCurrent(first, 0, compare, picture)));
  return (
    <td data-stale={isStale || undefined} aria-busy={isStale || undefined}>
      <Cell row={row} place={place} />
    </td>
  );
}

function Cell({ row, place }: { readonly row: Row; readonly place: number }) {
  const engine = useComparison((state) => state.engine);
  const stem = useComparison((state) => state.stem);
  const computed = useComparison((state) => state.columns[place]);
  const first = useComparison((state) => state.columns[0]);
  if (row === 'code') return <CodeRow place={place} />;
  if (!computed || !stem || !engine || !first) return <Fragment />;
  switch (row) {
    case 'connectivity':
      return (
        <div className="compare-channels">
          <Connectivity computed={computed} place={place} />
          <SliceMatrices computed={computed} place={place} />
        </div>
      );
    case 'reach':
      return <ReachFigure computed={computed} stem={stem} place={place} />;
    case 'maps':
      return <ColumnMaps key={engine.description.kind} engine={engine} computed={computed} place={place} />;
    case 'cost':
      return <CostRow computed={computed} first={first} />;
    default:
      return row satisfies never;
  }
}
