/** Parameters, operations and accuracy of every number of groups in one plot: the area of a point is its number of parameters. */
import { scaleLinear, scaleLog, scaleSqrt } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { accuracyText } from './GroupColumnView.tsx';

const size = { width: 300, height: 240, left: 38, right: 40, top: 16, bottom: 34 } as const;
const largestRadius = 13;

export function CostPlot({ figure }: { readonly figure: GroupFigure }) {
  const { t } = useTranslation('train');
  const points = figure.columns.flatMap((column) =>
    column.accuracy === null ? [] : [{ ...column, accuracy: column.accuracy }],
  );
  if (points.length === 0) return null;
  const errorOf = (p: number) => Math.sqrt((p * (1 - p)) / figure.testImages);
  const macs = points.map((point) => point.macs);
  const x = scaleLog()
    .domain([Math.min(...macs) / 1.2, Math.max(...macs) * 1.2])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([
      Math.min(...points.map(({ accuracy }) => accuracy - 2 * errorOf(accuracy))),
      Math.max(...points.map(({ accuracy }) => accuracy + 2 * errorOf(accuracy))),
    ])
    .nice()
    .range([size.height - size.bottom, size.top]);
  const radius = scaleSqrt()
    .domain([0, Math.max(...points.map(({ parameters }) => parameters))])
    .range([0, largestRadius]);
  const names = points.map(
    ({ groups, parameters, macs: operations, accuracy }) =>
      `g ${groups}: ${exactCount(parameters)}, ${siCount(operations)}, ${accuracyText(accuracy, figure.testImages)}`,
  );
  return (
    <Panel token="weights" title={t('plot.title')} className="cost-plot">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`${t('plot.figure')} ${names.join('; ')}`}
      >
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line className="cost-plot-grid" x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text className="cost-plot-axis mono" x={size.left - 6} y={y(tick) + 4} textAnchor="end">
              {Math.round(100 * tick)} %
            </text>
          </g>
        ))}
        {x.ticks(4).map((tick) => (
          <text key={tick} className="cost-plot-axis mono" x={x(tick)} y={size.height - 18} textAnchor="middle">
            {x.tickFormat(4, '~s')(tick)}
          </text>
        ))}
        {points.map(({ groups, parameters, macs: operations, accuracy }, i) => (
          <g key={groups} transform={`translate(${x(operations)} ${y(accuracy)})`}>
            <title>{names[i]}</title>
            <line
              className="cost-plot-error"
              y1={y(accuracy - errorOf(accuracy)) - y(accuracy)}
              y2={y(accuracy + errorOf(accuracy)) - y(accuracy)}
            />
            <circle className="cost-plot-point" r={radius(parameters)} />
            <text className="cost-plot-axis mono" x={radius(parameters) + 4} y={4}>
              g {groups}
            </text>
          </g>
        ))}
        <text className="cost-plot-axis" x={size.width - size.right} y={size.height - 3} textAnchor="end">
          {t('plot.macs')}
        </text>
      </svg>
      <p className="muted small">{t('plot.words')}</p>
    </Panel>
  );
}
