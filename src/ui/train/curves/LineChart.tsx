/** One line for each run over the same axes, each named at its end. */
import { scaleLinear } from 'd3-scale';
import { spread } from '../../../views/chart/marks.ts';
import { tickTexts } from '../../../views/chart/ticks.ts';
import { type CurvePoint, pathOf } from '../../../views/training/curves.ts';
import { runColour } from '../runNames.ts';

export interface Line {
  readonly name: string;
  /** Among the variants: says the colour. */
  readonly place: number;
  readonly points: readonly CurvePoint[];
  /** Drawn faintly behind the line. */
  readonly behind?: readonly CurvePoint[];
  /** Where the line comes to the level. */
  readonly mark?: CurvePoint;
}

export interface LineChartProps {
  /** What the picture is of, then each line's end. */
  readonly label: string;
  readonly lines: readonly Line[];
  readonly xEnd: number;
  readonly yRange: readonly [number, number];
  readonly xName: string;
  readonly yText: (value: number) => string;
  /** Shares are told in percent. */
  readonly isShare?: boolean;
  /** A value that is looked for, drawn across. */
  readonly level?: number;
}

const size = { width: 380, height: 236, left: 42, right: 84, top: 10, bottom: 36 } as const;
const labelGap = 14;

export function LineChart({ label, lines, xEnd, yRange, xName, yText, isShare = false, level }: LineChartProps) {
  const x = scaleLinear()
    .domain([0, Math.max(1, xEnd)])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([...yRange])
    .nice(5)
    .range([size.height - size.bottom, size.top])
    .clamp(true);
  const ends = lines.flatMap((line) => {
    const last = line.points.at(-1);
    return last ? [{ line, last }] : [];
  });
  const heights = spread(
    ends.map(({ last }) => y(last.y) + 4),
    labelGap,
  );
  const ticks = y.ticks(5);
  const texts = tickTexts(ticks, isShare);
  // Steps and epochs are whole.
  const xTicks = x.ticks(5).filter(Number.isInteger);
  const [lowest, highest] = y.domain() as [number, number];
  const said = ends.map(({ line, last }) => `${line.name}: ${yText(last.y)}`).join('; ');
  return (
    <svg className="line-chart" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={`${label} ${said}`}>
      {ticks.map((tick, i) => (
        <g key={tick}>
          <line className="line-chart-grid" x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
          <text className="line-chart-axis mono" x={size.left - 6} y={y(tick) + 4} textAnchor="end">
            {texts[i]}
          </text>
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} className="line-chart-axis mono" x={x(tick)} y={size.height - 20} textAnchor="middle">
          {tick}
        </text>
      ))}
      <text className="line-chart-axis" x={size.width - size.right} y={size.height - 4} textAnchor="end">
        {xName}
      </text>
      {level !== undefined && level >= lowest && level <= highest && (
        <line className="line-chart-level" x1={size.left} x2={size.width - size.right} y1={y(level)} y2={y(level)} />
      )}
      {lines.map(({ place, name, points, behind, mark }) => (
        <g key={name} style={{ stroke: runColour(place) }}>
          {behind && <path className="line-chart-behind" d={pathOf(behind, x, y)} />}
          <path className="line-chart-line" d={pathOf(points, x, y)} />
          {mark && <circle className="line-chart-mark" cx={x(mark.x)} cy={y(mark.y)} r={4} />}
        </g>
      ))}
      {ends.map(({ line, last }, i) => (
        <g key={line.name} style={{ fill: runColour(line.place) }}>
          <circle cx={x(last.x)} cy={y(last.y)} r={3} />
          <text className="line-chart-name mono" x={size.width - size.right + 8} y={heights[i]}>
            {line.name} {yText(last.y)}
          </text>
        </g>
      ))}
    </svg>
  );
}
