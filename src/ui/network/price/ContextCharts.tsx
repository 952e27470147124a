/** Parameters, multiply-adds and memory of every way over the wanted field; the vermilion line is the chosen field and can be dragged. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type ContextCurve, type ContextWay, contextWays, usualFields } from '../../../graph/price/context.ts';
import { byteCount, siCount } from '../../../math/format.ts';
import { snapped, spread } from '../../../views/chart/marks.ts';

export interface ContextChartsProps {
  readonly curves: readonly ContextCurve[];
  readonly isLog: boolean;
  readonly wanted: number;
  readonly way: ContextWay;
  readonly onWanted: (field: number) => void;
}

const charts = ['parameters', 'macs', 'trainingBytes'] as const;
type Measure = (typeof charts)[number];

export function ContextCharts(props: ContextChartsProps) {
  return (
    <div className="price-charts">
      {charts.map((measure) => (
        <ContextChart key={measure} measure={measure} {...props} />
      ))}
    </div>
  );
}

const size = { width: 250, height: 168, left: 44, right: 18, top: 8, bottom: 30 } as const;

function ContextChart({ curves, measure, isLog, wanted, way, onWanted }: ContextChartsProps & { measure: Measure }) {
  const { t } = useTranslation('network');
  const all = curves.flatMap(({ points }) => points.map((point) => point[measure]));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const [from, to] = [usualFields[0]!, usualFields.at(-1)!];
  const x = (isLog ? scaleLog() : scaleLinear()).domain([from, to]).range([size.left, size.width - size.right]);
  const y = (isLog ? scaleLog().domain([low, high]) : scaleLinear().domain([0, high])).range([
    size.height - size.bottom,
    size.top,
  ]);
  const path = line<ContextCurve['points'][number]>()
    .x((point) => x(point.wanted))
    .y((point) => y(point[measure]));
  const text = (value: number) => (measure === 'trainingBytes' ? byteCount(value) : siCount(value));
  const ticks = isLog ? [low, high] : y.ticks(4);
  const labels = spread(
    curves.map(({ points }) => y(points.at(-1)![measure])),
    9,
  );
  const name = t(`price.measures.${measure}`);
  const words = curves.map((curve) => {
    const [first, last] = [curve.points[0]!, curve.points.at(-1)!];
    const [start, end] = [text(first[measure]), text(last[measure])];
    return t('price.curve', { way: t(`price.ways.${curve.way}`), from: start, at: from, to: end, end: to });
  });
  const drag = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons === 0) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    onWanted(snapped(x.invert(((event.clientX - left) / width) * size.width), wanted, usualFields));
  };
  return (
    <figure className="price-chart" data-measure={measure}>
      <figcaption>{name}</figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={t('price.chart', { name, curves: words.join('; ') })}
        onPointerDown={drag}
        onPointerMove={drag}
      >
        {ticks.map((tick) => (
          <g key={tick} className="price-tick">
            <line x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
            <text x={size.left - 5} y={y(tick)} className="mono">
              {text(tick)}
            </text>
          </g>
        ))}
        {[from, to].map((end) => (
          <text key={end} x={x(end)} y={size.height - 17} className="mono price-end">
            {end}
          </text>
        ))}
        <text x={size.width - size.right} y={size.height - 4} className="price-axis">
          {t('price.field')}, px
        </text>
        {curves.map((curve, i) => (
          <g key={curve.way} className="price-curve" data-way={curve.way} data-chosen={curve.way === way || undefined}>
            <path d={path([...curve.points]) ?? ''} />
            <text x={size.width - size.right + 4} y={labels[i]}>
              {contextWays.indexOf(curve.way) + 1}
            </text>
          </g>
        ))}
        <Marker curves={curves} measure={measure} wanted={wanted} way={way} x={x(wanted)} y={y} />
      </svg>
    </figure>
  );
}

interface MarkerProps extends Pick<ContextChartsProps, 'curves' | 'wanted' | 'way'> {
  readonly measure: Measure;
  readonly x: number;
  readonly y: (value: number) => number;
}

function Marker({ curves, measure, wanted, way, x, y }: MarkerProps) {
  const isAtLeft = x < size.width / 2;
  return (
    <g className="price-marker">
      <line x1={x} x2={x} y1={size.top} y2={size.height - size.bottom} />
      <text x={isAtLeft ? x + 4 : x - 4} y={size.top + 7} textAnchor={isAtLeft ? 'start' : 'end'} className="mono">
        {wanted}
      </text>
      {curves.map((curve) => {
        const point = curve.points.find((each) => each.wanted === wanted);
        return point && <circle key={curve.way} cx={x} cy={y(point[measure])} r={curve.way === way ? 4 : 2} />;
      })}
    </g>
  );
}
