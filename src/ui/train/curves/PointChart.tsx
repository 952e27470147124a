/** Measured points over widths or numbers of groups, a line for each thing measured, bars of one standard error. */
import { useId } from 'react';
import { type PointSeries, pointChart, pointChartSize as size } from '../../../views/training/pointChart.ts';
import './pointChart.css';

export interface ToldSeries extends PointSeries {
  /** A custom property's name. */
  readonly colour: string;
  readonly isDashed?: boolean;
}

interface PointChartProps {
  readonly title: string;
  readonly series: readonly ToldSeries[];
  /** All places of the axis. */
  readonly xs: readonly number[];
  readonly xText: (value: number) => string;
  readonly xName: string;
  readonly yText: (value: number) => string;
  readonly isShare?: boolean;
  readonly isCount?: boolean;
  readonly fromZero?: boolean;
  /** Stands in place of the chart while nothing has been measured. */
  readonly none: string;
}

export function PointChart(props: PointChartProps) {
  const { title, series, xs, xText, xName, yText, isShare = false, isCount = false, fromZero = true, none } = props;
  const heading = useId();
  const chart = pointChart(series, xs, { isShare, isCount, fromZero });
  const said = series
    .filter(({ points }) => points.length > 0)
    .map(({ name, points }) => `${name}: ${points.map(({ x, y }) => `${xText(x)} ${yText(y)}`).join(', ')}`)
    .join('; ');
  return (
    <figure className="point-chart" aria-labelledby={heading}>
      <figcaption id={heading} className="small">
        {title}
        {series.length > 1 &&
          series.map(({ name, colour, isDashed }) => (
            <span key={name} className="point-chart-key" style={{ color: `var(${colour})` }}>
              {isDashed ? '┄' : '—'} {name}
            </span>
          ))}
      </figcaption>
      {chart ? (
        <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${title}. ${said}`}>
          {chart.yTicks.map(({ at, text }) => (
            <g key={at}>
              <line className="point-chart-grid" x1={size.left} x2={size.width - size.right} y1={at} y2={at} />
              <text className="point-chart-axis mono" x={size.left - 6} y={at + 4} textAnchor="end">
                {text}
              </text>
            </g>
          ))}
          {chart.xTicks.map(({ at, value }) => (
            <text key={value} className="point-chart-axis mono" x={at} y={size.height - 18} textAnchor="middle">
              {xText(value)}
            </text>
          ))}
          <text className="point-chart-axis" x={size.width - size.right} y={size.height - 4} textAnchor="end">
            {xName}
          </text>
          {chart.series.map(({ name, path, points }, i) => {
            const [colour, isDashed] = [series[i]?.colour ?? '--ink', series[i]?.isDashed];
            return (
              <g key={name} style={{ color: `var(${colour})` }}>
                <path className={`point-chart-line ${isDashed ? 'dashed' : ''}`} d={path} />
                {points.map(({ x, y, bar }) => (
                  <g key={x}>
                    {bar && <path className="point-chart-line" d={`M${x} ${bar[0]}V${bar[1]}`} />}
                    <circle cx={x} cy={y} r={3} />
                  </g>
                ))}
              </g>
            );
          })}
        </svg>
      ) : (
        <p className="muted small">{none}</p>
      )}
    </figure>
  );
}
