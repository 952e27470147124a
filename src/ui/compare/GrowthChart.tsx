/** One chart of growth: a line for each column, and the marker where the person stands, which is a slider. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { useTranslation } from 'react-i18next';
import { byteCount, siCount } from '../../math/format.ts';
import { snapped, spread } from '../../views/chart/marks.ts';
import { Slider } from '../components/Slider.tsx';
import type { Translate } from './translate.ts';

export interface Curve {
  readonly place: number;
  /** Where the column stands. */
  readonly at: number;
  readonly points: readonly (readonly [value: number, cost: number])[];
}

interface GrowthChartProps {
  readonly name: string;
  readonly curves: readonly Curve[];
  readonly isLog: boolean;
  /** The end of the cost axis, shared by all charts. */
  readonly highest: number;
  readonly measure: 'macs' | 'parameters' | 'activationBytes';
  readonly value: number;
  readonly values: readonly number[];
  readonly onChange: (value: number) => void;
}

const size = { width: 240, height: 104, left: 42, right: 16, top: 6, bottom: 16 } as const;

export function GrowthChart(props: GrowthChartProps) {
  const { name, curves, isLog, highest, measure, value, values, onChange } = props;
  const { t } = useTranslation('compare');
  const all = curves.flatMap(({ points }) => points);
  const sizes = all.map(([at]) => at);
  const lowest = Math.min(...all.map(([, cost]) => cost).filter((cost) => cost > 0));
  // A column may have no such layer at some of the sizes that can be chosen.
  const [from, to] = [Math.min(...sizes, ...values), Math.max(...sizes, ...values)];
  if (all.length === 0) return <div className="growth-chart" />;
  const x = (isLog ? scaleLog() : scaleLinear()).domain([from, to]).range([size.left, size.width - size.right]);
  const y = (isLog ? scaleLog() : scaleLinear())
    .domain([isLog ? lowest : 0, highest])
    .range([size.height - size.bottom, size.top]);
  const path = line<readonly [number, number]>()
    .defined(([, cost]) => !isLog || cost > 0)
    .x(([at]) => x(at))
    .y(([, cost]) => y(cost));
  const text = (cost: number) => (measure === 'activationBytes' ? byteCount(cost) : siCount(cost));
  const ticks = isLog ? [lowest, highest] : y.ticks(3);
  const labels = spread(
    curves.map(({ points }) => y(points.at(-1)![1])),
    9,
  );
  return (
    <div className="growth-chart">
      <p>
        {name} <b className="mono">{value}</b>
      </p>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={inWords(t, name, curves, text)}>
        {ticks.map((tick) => (
          <g key={tick} className="growth-tick">
            <line x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text x={size.left - 4} y={y(tick)} className="mono">
              {text(tick)}
            </text>
          </g>
        ))}
        {[from, to].map((end) => (
          <text key={end} x={x(end)} y={size.height - 3} className="mono growth-end">
            {end}
          </text>
        ))}
        {curves.map(({ place, points, at }, i) => {
          const here = points.find(([each]) => each === at);
          const last = points.at(-1)!;
          return (
            <g key={place} className="growth-curve" data-column={place + 1}>
              <path d={path([...points]) ?? ''} />
              {here && <circle cx={x(here[0])} cy={y(here[1])} r={3} />}
              <text x={x(last[0]) + 4} y={labels[i]}>
                {place + 1}
              </text>
            </g>
          );
        })}
      </svg>
      <Slider
        label={name}
        valueText={String(value)}
        min={size.left}
        max={size.width - size.right}
        step={0.1}
        value={x(value)}
        onChange={(next) => onChange(snapped(x.invert(next), value, values))}
      />
    </div>
  );
}

/** The chart in words: what each column costs at the two ends. */
function inWords(t: Translate, name: string, curves: readonly Curve[], text: (cost: number) => string): string {
  const ends = curves.map(({ place, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return t('growth.curve', {
      number: place + 1,
      from: text(first[1]),
      at: first[0],
      to: text(last[1]),
      end: last[0],
    });
  });
  return `${name}: ${ends.join('; ')}`;
}
