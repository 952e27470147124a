/**
 * A small chart of a few measured points over a logarithmic axis of widths or numbers of groups: a line for each thing measured, a bar of
 * one standard error at each point. Pure layout in the chart's own pixels.
 */
import { scaleLinear, scaleLog } from 'd3-scale';
import { tickTexts } from '../chart/ticks.ts';

export interface MeasuredPoint {
  readonly x: number;
  readonly y: number;
  /** One standard error; null where none is known. */
  readonly error: number | null;
}

export interface PointSeries {
  readonly name: string;
  readonly points: readonly MeasuredPoint[];
}

export const pointChartSize = { width: 260, height: 168, left: 46, right: 14, top: 12, bottom: 32 } as const;

export interface PlacedPoint {
  readonly x: number;
  readonly y: number;
  /** Of the bar, [top, bottom]; null without one. */
  readonly bar: readonly [number, number] | null;
}

export interface PointChartLayout {
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
  readonly xTicks: readonly { readonly at: number; readonly value: number }[];
  readonly series: readonly { readonly name: string; readonly path: string; readonly points: readonly PlacedPoint[] }[];
}

interface PointChartOptions {
  /** Values are shares, told in percent. */
  readonly isShare?: boolean;
  /** Values are whole, and so are the ticks. */
  readonly isCount?: boolean;
  readonly fromZero: boolean;
}

/** `xs`: of all points there may be, so that the axis stands still while they come. Null where nothing has been measured. */
export function pointChart(
  series: readonly PointSeries[],
  xs: readonly number[],
  { isShare = false, isCount = false, fromZero }: PointChartOptions,
): PointChartLayout | null {
  const { width, height, left, right, top, bottom } = pointChartSize;
  const all = series.flatMap(({ points }) => points);
  const lows = all.map(({ y, error }) => y - (error ?? 0));
  const highs = all.map(({ y, error }) => y + (error ?? 0));
  if (all.length === 0) return null;
  const low = Math.min(...lows, ...(fromZero ? [0] : []));
  const high = Math.max(...highs);
  const x = scaleLog()
    .domain([Math.min(...xs) / 1.25, Math.max(...xs) * 1.25])
    .range([left, width - right]);
  const y = scaleLinear()
    .domain(low === high ? [low - (fromZero ? 0 : 0.05), high + (isShare ? 0.05 : 1)] : [low, high])
    .nice(4)
    .range([height - bottom, top]);
  const ticks = y.ticks(4).filter((tick) => !isCount || Number.isInteger(tick));
  const texts = tickTexts(ticks, isShare);
  return {
    yTicks: ticks.map((tick, i) => ({ at: y(tick), text: texts[i] ?? '' })),
    xTicks: xs.map((value) => ({ at: x(value), value })),
    series: series.map(({ name, points }) => {
      const placed = points
        .toSorted((a, b) => a.x - b.x)
        .map((point) => ({
          ...{ x: x(point.x), y: y(point.y) },
          bar: point.error === null ? null : ([y(point.y + point.error), y(point.y - point.error)] as const),
        }));
      const path = placed.map((at, i) => `${i === 0 ? 'M' : 'L'}${at.x.toFixed(1)} ${at.y.toFixed(1)}`).join('');
      return { name, path, points: placed };
    }),
  };
}
