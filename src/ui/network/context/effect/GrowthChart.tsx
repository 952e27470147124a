/** The field over depth: its size grows with every layer, what moves the unit only with the root of their number. */
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useTranslation } from 'react-i18next';
import { type GrowthRow, growthExponent } from '../../../../graph/effectiveField/growth.ts';
import { percent } from '../../../../math/format.ts';
import { Button } from '../../../components/Button.tsx';
import { useProblemWords } from '../../../shell/problemWords.ts';
import type { Growth } from './useGrowth.ts';
import './growth.css';

const size = { width: 332, height: 130, left: 30, right: 62, top: 8, bottom: 18 } as const;
const curves = ['size', 'random', 'uniform'] as const;

/** Four standard deviations: two to both sides. */
const heightOf = (row: GrowthRow, curve: (typeof curves)[number]) => (curve === 'size' ? row.size : 4 * row[curve]);

export function GrowthChart({ growth }: { readonly growth: Growth }) {
  const { t } = useTranslation('network');
  const { rows, progress, problem, measure, stop } = growth;
  const words = useProblemWords(problem);
  const last = rows.at(-1);
  if (!last || rows.length < 2) return null;
  const x = scaleLinear()
    .domain([1, rows.length])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...rows.flatMap((row) => curves.map((curve) => heightOf(row, curve))))])
    .range([size.height - size.bottom, size.top]);
  const exponent = growthExponent(rows);
  const names = curves.map((curve) => `${t(`context.growth.${curve}`)} ${heightOf(last, curve).toFixed(0)} px`);
  return (
    <section className="context-growth" aria-label={t('context.growth.title')}>
      <h3>
        {t('context.growth.title')}
        {progress === null ? (
          <Button size="small" variant="quiet" title={t('context.growth.hint')} onClick={measure}>
            {t('context.growth.measure')}
          </Button>
        ) : (
          <span className="effect-progress">
            <span className="mono">{percent(progress)}</span>
            <Button size="small" onClick={stop}>
              {t('context.effect.stop')}
            </Button>
          </span>
        )}
      </h3>
      {problem !== null && (
        <p role="alert" className="network-problem">
          {words?.what} {words?.todo}
        </p>
      )}
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
        {curves.map((curve) => (
          <g key={curve} className="growth-curve" data-curve={curve}>
            <path
              d={
                line<GrowthRow>()
                  .x(({ depth }) => x(depth))
                  .y((row) => y(heightOf(row, curve)))([...rows]) ?? ''
              }
            />
            <text x={size.width - size.right + 4} y={y(heightOf(last, curve))}>
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
