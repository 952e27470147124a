/** A budget as a line: where each lever alone crosses it, the others as they are, and the first setting that fits, ready to be taken. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Budget,
  firstFitting,
  type LeverMeasure,
  type LeverPoint,
  type Levers,
  leverCurve,
  leverMeasures,
  type ScalarLever,
  scalarLevers,
} from '../../../graph/price/levers.ts';
import type { Network } from '../../../graph/price/refit.ts';
import type { Pair } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { amountText } from './LeverTotals.tsx';

interface LeverBudgetProps {
  readonly network: Network;
  readonly levers: Levers;
  readonly photo: Pair;
  readonly onChange: (levers: Levers) => void;
}

export function LeverBudget({ network, levers, photo, onChange }: LeverBudgetProps) {
  const { t } = useTranslation('network');
  const [measure, setMeasure] = useState<LeverMeasure>('macs');
  const [millions, setMillions] = useState(300);
  const curves = useMemo(
    () => scalarLevers.map((lever) => ({ lever, curve: leverCurve(network, levers, lever, photo) })),
    [network, levers, photo],
  );
  const budget: Budget = { measure, limit: millions * 1e6 };
  return (
    <fieldset className="levers-budget">
      <legend>{t('levers.budget')}</legend>
      <div className="levers-choice">
        <SelectMenu
          label={t('levers.budgetMeasure')}
          value={measure}
          options={leverMeasures.map((value) => ({ value, label: t(`levers.measures.${value}`) }))}
          onChange={setMeasure}
        />
        <NumberField
          name={t('levers.budgetOf')}
          unit={measure.endsWith('Bytes') ? 'MB' : 'M'}
          value={millions}
          min={1}
          max={1_000_000}
          onChange={setMillions}
        />
      </div>
      <div className="levers-charts">
        {curves.map(({ lever, curve }) => (
          <BudgetChart key={lever} lever={lever} curve={curve} budget={budget} onChange={onChange} />
        ))}
      </div>
    </fieldset>
  );
}

const size = { width: 200, height: 96, left: 44, right: 8, top: 6, bottom: 16 } as const;

interface BudgetChartProps {
  readonly lever: ScalarLever;
  /** From the dearest on. */
  readonly curve: readonly LeverPoint[];
  readonly budget: Budget;
  readonly onChange: (levers: Levers) => void;
}

function BudgetChart({ lever, curve, budget, onChange }: BudgetChartProps) {
  const { t } = useTranslation('network');
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) return null;
  const { measure, limit } = budget;
  const most = Math.max(limit, ...curve.map(({ totals }) => totals[measure]));
  const x = scaleLinear()
    .domain([Math.min(first.value, last.value), Math.max(first.value, last.value)])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([0, most])
    .range([size.height - size.bottom, size.top]);
  const path = line<LeverPoint>()
    .x(({ value }) => x(value))
    .y(({ totals }) => y(totals[measure]));
  const fitting = firstFitting(curve, budget);
  const amount = (value: number) => amountText(measure, value);
  const name = t(`levers.${lever}`);
  const words = t('levers.chart', {
    name: t(`levers.measures.${measure}`),
    lever: name,
    from: amount(first.totals[measure]),
    at: first.value,
    to: amount(last.totals[measure]),
    end: last.value,
    limit: amount(limit),
  });
  return (
    <div className="levers-chart" data-lever={lever}>
      <p>{name}</p>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={words}>
        {[0, most].map((tick) => (
          <text key={tick} x={size.left - 5} y={y(tick)} className="mono price-tick-text">
            {amount(tick)}
          </text>
        ))}
        {[first.value, last.value].map((end) => (
          <text key={end} x={x(end)} y={size.height - 3} className="mono price-end">
            {end}
          </text>
        ))}
        <line className="levers-limit" x1={size.left} x2={size.width - size.right} y1={y(limit)} y2={y(limit)} />
        <path d={path([...curve]) ?? ''} />
        {fitting && <circle cx={x(fitting.value)} cy={y(fitting.totals[measure])} r={3.5} />}
      </svg>
      {fitting ? (
        <p className="small">
          {t('levers.fits', { lever: name, value: fitting.value, amount: amount(fitting.totals[measure]) })}{' '}
          <Button size="small" variant="quiet" onClick={() => onChange(fitting.levers)}>
            {t('levers.set', { lever: name, value: fitting.value })}
          </Button>
        </p>
      ) : (
        <p className="small muted">{t('levers.fitsNone', { lever: name })}</p>
      )}
    </div>
  );
}
