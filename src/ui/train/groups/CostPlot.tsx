/** Parameters, operations and accuracy of every number of groups in one plot: the area of a point is its number of parameters. */
import { scaleLinear, scaleLog, scaleSqrt } from 'd3-scale';
import { useTranslation } from 'react-i18next';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { accuracyText } from './GroupColumnView.tsx';

const size = { width: 300, height: 240, left: 38, right: 40, top: 16, bottom: 34 } as const;
const largestRadius = 13;
const labelRoom = { width: 45, height: 14 } as const;

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
  /** The label of a point goes to its left where another point stands in its way at the right. */
  const isCrowded = (point: (typeof points)[number]) =>
    points.some((other) => {
      const [right, up] = [x(other.macs) - x(point.macs), y(other.accuracy) - y(point.accuracy)];
      return right > 0 && right < labelRoom.width && Math.abs(up) < labelRoom.height;
    });
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
        {points.map((point, i) => (
          <g key={point.groups} transform={`translate(${x(point.macs)} ${y(point.accuracy)})`}>
            <title>{names[i]}</title>
            <line
              className="cost-plot-error"
              y1={y(point.accuracy - errorOf(point.accuracy)) - y(point.accuracy)}
              y2={y(point.accuracy + errorOf(point.accuracy)) - y(point.accuracy)}
            />
            <circle className="cost-plot-point" r={radius(point.parameters)} />
            <text
              className="cost-plot-axis mono"
              x={(isCrowded(point) ? -1 : 1) * (radius(point.parameters) + 4)}
              y={4}
              textAnchor={isCrowded(point) ? 'end' : 'start'}
            >
              g {point.groups}
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
