/** The matrices with one cross-hair and one range; channels that never change are folded into a hatched band. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Correlations } from '../../../live/channels/correlate.ts';
import type { Looked } from '../../../live/channels/looked.ts';
import { bakeColourMap } from '../../../views/colour/colourMaps.ts';
import { type Folded, partOfMatrix } from '../../../views/correlation/folded.ts';
import type { MatrixColours } from '../../../views/correlation/picture.ts';
import { ColourBar } from '../../correlation/ColourBar.tsx';
import { type Cell, MatrixView } from '../../correlation/MatrixView.tsx';
import { useGround } from '../../theme/useGround.ts';
import { useChannel, useChannelsContext, useChannelsView, useLookAtChannels } from '../channels.tsx';
import { useOtherChannel } from './useShownPair.ts';

interface PairMatricesProps {
  readonly found: Correlations;
  readonly folded: Folded;
  readonly looked: Looked;
  readonly groups: number;
}

export function PairMatrices({ found, folded, looked, groups }: PairMatricesProps) {
  const { t } = useTranslation('channels');
  const { measure, order } = useChannelsView();
  const { hovered } = useChannelsContext();
  const hover = useStore(hovered, (state) => state.pair);
  const look = useLookAtChannels();
  const pinned = { row: useChannel(), column: useOtherChannel(looked) };
  const ground = useGround();
  const colours = useMemo<MatrixColours>(
    () => ({ colours: bakeColourMap('rdbu', ground), ends: { lo: -1, hi: 1 }, isAbsolute: false }),
    [ground],
  );
  const shown = useMemo(
    () =>
      (['pearson', 'whitened'] as const)
        .filter((each) => measure === 'both' || measure === each)
        .map((each) => ({ measure: each, matrix: partOfMatrix(found[each], folded) })),
    [found, folded, measure],
  );
  const { rows, columns, foldedRows, foldedColumns } = folded;
  if (rows.length === 0 || columns.length === 0) return <p className="muted">{t('pair.empty')}</p>;
  const pairAt = ({ row, column }: Cell) => ({ row: rows[row] ?? 0, column: columns[column] ?? 0 });
  const pair = hover ?? pinned;
  const at = { row: rows.indexOf(pair.row), column: columns.indexOf(pair.column) };
  const cell = at.row < 0 || at.column < 0 ? null : at;
  const isWhole = foldedRows.length === 0 && foldedColumns.length === 0;
  const hasBands = { rows: foldedRows.length > 0 || undefined, columns: foldedColumns.length > 0 || undefined };
  return (
    <>
      <div className="pair-matrices">
        {shown.map((each) => (
          <figure key={each.measure}>
            <figcaption className="small">{t(`pair.${each.measure}`)}</figcaption>
            <div className="pair-folded" data-rows={hasBands.rows} data-columns={hasBands.columns}>
              <MatrixView
                matrix={each.matrix}
                colours={colours}
                groups={isWhole && order !== 'cluster' && groups <= 64 ? groups : 1}
                label={t('pair.figure', {
                  measure: t(`pair.${each.measure}`),
                  rows: rows.length,
                  columns: columns.length,
                  first: looked.layer.label,
                  second: looked.other.label,
                })}
                cell={cell}
                onHover={(next) => hovered.setState({ pair: next && pairAt(next) })}
                onPin={(next) => {
                  const { row, column } = pairAt(next);
                  look({ channel: row, otherChannel: column });
                }}
              />
            </div>
          </figure>
        ))}
      </div>
      <div className="pair-legend">
        <ColourBar colours={colours} label={t('pair.range')} />
        {!isWhole && (
          <span className="muted small">
            {t('pair.folded', {
              first: looked.layer.label,
              second: looked.other.label,
              rows: foldedRows.length,
              columns: foldedColumns.length,
            })}
          </span>
        )}
      </div>
    </>
  );
}
