/** A column's price as bars relative to the first column, with the exact numbers. */
import { useTranslation } from 'react-i18next';
import type { ComputedColumn } from '../../live/compare/compareDesk.ts';
import { byteCount, exactCount, milliseconds, percent, siCount } from '../../math/format.ts';
import { ratioText } from './ratio.ts';

interface CostRowProps {
  readonly computed: ComputedColumn;
  readonly first: ComputedColumn;
}

export function CostRow({ computed, first }: CostRowProps) {
  const { t } = useTranslation('compare');
  const { cost, timing } = computed;
  const against = first.cost;
  const useful = cost.macs > 0 ? cost.usefulMacs / cost.macs : 1;
  return (
    <dl className="compare-costs">
      <Bar
        name={t('cost.parameters')}
        token="weights"
        value={cost.parameters}
        first={against.parameters}
        text={exactCount(cost.parameters)}
      />
      <Bar
        name={t('cost.operations')}
        hint={t('cost.operationsHint')}
        token="ink"
        value={cost.macs}
        first={against.macs}
        text={siCount(cost.macs)}
        exact={exactCount(cost.macs)}
      />
      <div title={t('cost.usefulHint')}>
        <dt>{t('cost.useful')}</dt>
        <dd>
          <span className="mono">{percent(useful)}</span>
        </dd>
      </div>
      <Bar
        name={t('cost.memory')}
        hint={t('cost.memoryHint')}
        token="maps"
        value={cost.activationBytes}
        first={against.activationBytes}
        text={byteCount(cost.activationBytes)}
        exact={exactCount(cost.activationBytes)}
      />
      <Bar
        name={t('cost.time')}
        hint={
          timing ? t('cost.timeHint', { method: t(timing.method === 'wall' ? 'cost.wall' : 'cost.timestamp') }) : ''
        }
        token="field"
        value={timing?.ms ?? Number.NaN}
        first={first.timing?.ms ?? Number.NaN}
        text={timing ? `${milliseconds(timing.ms)} ms` : '…'}
      />
    </dl>
  );
}

interface BarProps {
  readonly name: string;
  readonly hint?: string;
  readonly token: 'weights' | 'ink' | 'maps' | 'field';
  readonly value: number;
  readonly first: number;
  readonly text: string;
  /** On hover, where `text` is rounded. */
  readonly exact?: string;
}

/** The first column's bar is half of the room: twice its price fills it, and more is cut with a mark. */
function Bar({ name, hint, token, value, first, text, exact }: BarProps) {
  const { t } = useTranslation('compare');
  const ratio = value / first;
  const isKnown = Number.isFinite(ratio);
  return (
    <div title={hint}>
      <dt>{name}</dt>
      <dd>
        <span className="bar" aria-hidden="true">
          <span
            className={`bar-fill ${token}`}
            data-cut={ratio > 2 || undefined}
            style={{ width: `${isKnown ? Math.min(100, 50 * ratio) : 0}%` }}
          />
        </span>
        <span className="mono" title={exact}>
          {text}
        </span>
        <span className="mono muted">{isKnown ? t('times', { ratio: ratioText(ratio) }) : ''}</span>
      </dd>
    </div>
  );
}
