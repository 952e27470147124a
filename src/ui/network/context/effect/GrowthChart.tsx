/** The field over depth: its size grows with every layer, what moves the unit only with the root of their number. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useTranslation } from 'react-i18next';
import { type GrowthRow, growthExponent } from '../../../../graph/effectiveField/growth.ts';
import { Button } from '../../../components/Button.tsx';
import { MeasurementBar } from './MeasurementBar.tsx';
import type { Growth } from './useGrowth.ts';
import './growth.css';

const size = { width: 332, height: 130, left: 30, right: 62, top: 8, bottom: 18 } as const;
const curves = ['size', 'random', 'root', 'uniform'] as const;
/** Lines of text keep so far from each other. */
const lineHeight = 11;

/** Four standard deviations: two to both sides. */
const heightOf = (row: GrowthRow, curve: (typeof curves)[number]) => (curve === 'size' ? row.size : 4 * row[curve]);

export function GrowthChart({ growth }: { readonly growth: Growth }) {
  const { t } = useTranslation('network');
  const { rows, progress, problem, measure, stop } = growth;
  const last = rows.at(-1);
  if (!last || rows.length < 2) return null;
  const x = scaleLinear()
    .domain([1, rows.length])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...rows.flatMap((row) => curves.map((curve) => heightOf(row, curve))))])
    .range([size.height - size.bottom, size.top]);
  const exponent = growthExponent(rows);
  const labels = apart(curves.map((curve) => y(heightOf(last, curve))));
  const names = curves.map((curve) => `${t(`context.growth.${curve}`)} ${heightOf(last, curve).toFixed(0)} px`);
  return (
    <section className="context-growth" aria-label={t('context.growth.title')}>
      <h3>
        {t('context.growth.title')}
        {progress === null && (
          <Button size="small" variant="quiet" title={t('context.growth.hint')} onClick={measure}>
            {t('context.growth.measure')}
          </Button>
        )}
      </h3>
      <MeasurementBar
        label={t('context.growth.progress')}
        {...{ progress, problem, stop }}
        wanted={null}
        onMeasure={null}
      />
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('context.growth.figure', { layer: last.node, curves: names.join(', ') })}
      >
        {y.ticks(3).map((tick) => (
          <g key={tick} className="growth-tick">
            <line x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text x={size.left - 5} y={y(tick)} className="mono">
              {tick}
            </text>
          </g>
        ))}
        {curves.map((curve, i) => (
          <g key={curve} className="growth-curve" data-curve={curve}>
            <path
              d={
                line<GrowthRow>()
                  .x(({ depth }) => x(depth))
                  .y((row) => y(heightOf(row, curve)))([...rows]) ?? ''
              }
            />
            <text x={size.width - size.right + 4} y={labels[i]}>
              {t(`context.growth.${curve}`)}
            </text>
          </g>
        ))}
        {rows.map(
          ({ node, depth, measured }) =>
            measured !== null && (
              <circle key={node} className="growth-point" cx={x(depth)} cy={y(4 * measured)} r={3}>
                <title>{`${node}: 4σ ${(4 * measured).toFixed(1)} px`}</title>
              </circle>
            ),
        )}
        <text className="growth-axis" x={size.left} y={size.height - 4}>
          {t('context.growth.depth', { count: rows.length })}
        </text>
      </svg>
      {exponent !== null && <p className="muted">{t('context.growth.exponent', { exponent: exponent.toFixed(2) })}</p>}
    </section>
  );
}

/** Heights of labels, moved down as far as keeps them apart. */
function apart(heights: readonly number[]): readonly number[] {
  const placed = new Map<number, number>();
  let above = Number.NEGATIVE_INFINITY;
  for (const i of heights.map((_, at) => at).sort((a, b) => heights[a]! - heights[b]!)) {
    above = Math.max(heights[i]!, above + lineHeight);
    placed.set(i, above);
  }
  return heights.map((height, i) => placed.get(i) ?? height);
}
