/** One number of groups: its matrix at the chosen moment, untrained below, the share in its blocks, and its prices. */
import { useTranslation } from 'react-i18next';
import { type GroupColumn, type GroupFigure, momentAt } from '../../../live/train/groupFigure.ts';
import { blockShare } from '../../../math/blockShare.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import type { Matrix } from '../../../math/matrix.ts';
import type { TrainView } from '../../../store/train.ts';
import type { MatrixColours } from '../../../views/correlation/picture.ts';
import { type Cell, MatrixView } from '../../correlation/MatrixView.tsx';
import { ShareInBlocks } from './ShareInBlocks.tsx';

export interface ShownFigure {
  readonly figure: GroupFigure;
  /** 0 untrained, 1 the newest. */
  readonly position: number;
  readonly measure: TrainView['measure'];
  readonly colourOf: (matrix: Matrix) => MatrixColours;
  readonly cell: Cell | null;
  readonly onHover: (cell: Cell | null) => void;
}

export function GroupColumnView({ column, ...shown }: ShownFigure & { readonly column: GroupColumn }) {
  const { t } = useTranslation('train');
  const { figure, position, measure, colourOf, cell, onHover } = shown;
  const { groups, parameters, macs, accuracy } = column;
  const [now, before] = [momentAt(column, position)[measure], column.untrained[measure]];
  const label = (matrix: Matrix, stage: 'now' | 'untrained') =>
    t('groups.figure', {
      groups,
      stage: t(`groups.stages.${stage}`),
      rows: figure.rowLayer,
      columns: figure.columnLayer,
      share: (100 * blockShare(matrix, groups)).toFixed(1),
    });
  const most = (of: (each: GroupColumn) => number) => Math.max(...figure.columns.map(of));
  return (
    <section className="groups-column" aria-label={`g = ${groups}`}>
      <h3 className="mono">
        g = {groups}
        <span className="muted">{cell ? valueAt(now, cell) : ''}</span>
      </h3>
      <MatrixView
        matrix={now}
        colours={colourOf(now)}
        groups={groups}
        label={label(now, 'now')}
        cell={cell}
        onHover={onHover}
      />
      <p className="groups-stage muted small">{t('groups.stages.untrained')}</p>
      <MatrixView
        matrix={before}
        colours={colourOf(before)}
        groups={groups}
        label={label(before, 'untrained')}
        cell={cell}
        onHover={onHover}
      />
      <ShareInBlocks column={column} now={now} before={before} measure={measure} />
      <dl className="groups-prices mono">
        <Price
          name={t('groups.parameters')}
          text={exactCount(parameters)}
          share={parameters / most((c) => c.parameters)}
          tone="weights"
        />
        <Price name={t('groups.macs')} text={siCount(macs)} share={macs / most((c) => c.macs)} tone="maps" />
        <div>
          <dt>{t('groups.accuracy')}</dt>
          <dd>{accuracy === null ? '–' : accuracyText(accuracy, figure.testImages)}</dd>
        </div>
      </dl>
    </section>
  );
}

interface PriceProps {
  readonly name: string;
  readonly text: string;
  /** Of the dearest column. */
  readonly share: number;
  readonly tone: 'weights' | 'maps';
}

function Price({ name, text, share, tone }: PriceProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {text}
        <span className={`groups-bar ${tone}`} style={{ width: `${100 * share}%` }} />
      </dd>
    </div>
  );
}

/** With the standard error of a share of n images: sqrt(p (1 - p) / n). */
export function accuracyText(accuracy: number, images: number): string {
  const error = Math.sqrt((accuracy * (1 - accuracy)) / images);
  return `${(100 * accuracy).toFixed(1)} ± ${(100 * error).toFixed(1)} %`;
}

export const valueAt = ({ values, columns }: Matrix, { row, column }: Cell): string =>
  (values[row * columns + column] ?? 0).toFixed(3).replace('-', '−');
