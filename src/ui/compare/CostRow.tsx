/** A column's price as bars relative to the first column, with the exact numbers. */
import { useTranslation } from 'react-i18next';
import type { ComputedColumn } from '../../live/compare/compareDesk.ts';
import { type CostRowWords, costRows } from './costRows.ts';
import { ratioText } from './ratio.ts';

interface CostRowProps {
  readonly computed: ComputedColumn;
  readonly first: ComputedColumn;
}

export function CostRow({ computed, first }: CostRowProps) {
  const { t } = useTranslation('compare');
  return (
    <dl className="compare-costs">
      {costRows(computed, first, t).map((row) => (
        <div key={row.key} title={row.hint}>
          <dt>{row.name}</dt>
          <dd>{row.key === 'useful' ? <Amount row={row} /> : <Bar row={row} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function Amount({ row }: { readonly row: CostRowWords }) {
  return (
    <span className="mono" title={row.exact}>
      {row.text}
    </span>
  );
}

/** The first column's bar is half of the room: twice its price fills it, and more is cut with a mark. */
function Bar({ row }: { readonly row: CostRowWords }) {
  const { t } = useTranslation('compare');
  const ratio = row.value / row.first;
  const isKnown = Number.isFinite(ratio);
  return (
    <>
      <span className="bar" aria-hidden="true">
        {isKnown && (
          <span
            className={`bar-fill ${row.token}`}
            data-cut={ratio > 2 || undefined}
            style={{ width: `${Math.min(100, 50 * ratio)}%` }}
          />
        )}
      </span>
      <Amount row={row} />
      <span className="mono muted">{isKnown ? t('times', { ratio: ratioText(ratio) }) : ''}</span>
    </>
  );
}
