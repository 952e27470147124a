/** A column's price as bars relative to the first column, with the exact numbers. */
import { useTranslation } from 'react-i18next';
import { Tooltip } from '../components/Tooltip.tsx';
import { type CostRowWords, costRows, type Priced } from './costRows.ts';
import { ratioText } from './ratio.ts';

interface CostRowProps {
  readonly priced: Priced;
  readonly first: Priced;
}

export function CostRow({ priced, first }: CostRowProps) {
  const { t } = useTranslation('compare');
  return (
    <dl className="compare-costs">
      {costRows(priced, first, t).map((row) => (
        <div key={row.key} title={row.key === 'operations' ? undefined : row.hint}>
          <dt>{row.key === 'operations' ? <Explained row={row} /> : row.name}</dt>
          <dd>{row.key === 'useful' ? <Amount row={row} /> : <Bar row={row} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The one name whose meaning differs between libraries: explained by keyboard too. */
function Explained({ row }: { readonly row: CostRowWords }) {
  return (
    <Tooltip text={row.hint} side="top">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: focus opens the tooltip, as hovering does */}
      <span className="cost-explained" tabIndex={0}>
        {row.name}
      </span>
    </Tooltip>
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
