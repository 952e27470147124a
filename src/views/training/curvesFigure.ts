/** Curves of training for paper: two charts side by side, each run's name at the end of its line. In the light theme. */
import { scaleLinear } from 'd3-scale';
import { spread } from '../chart/marks.ts';
import { tickTexts } from '../chart/ticks.ts';
import type { Figure, FigureMark } from '../figure/marks.ts';
import { paper } from '../figure/paper.ts';
import { type CurvePoint, rangeOfCurves } from './curves.ts';

export interface CurvesChart {
  readonly title: string;
  readonly xName: string;
  readonly xEnd: number;
  readonly isShare: boolean;
  readonly lines: readonly { readonly name: string; readonly colour: string; readonly points: readonly CurvePoint[] }[];
}

const margin = 24;
const chart = { width: 380, height: 250, left: 52, right: 92, top: 34, bottom: 40 } as const;

export function curvesFigure(title: string, charts: readonly CurvesChart[]): Figure {
  const marks = charts.flatMap((each, i) => chartMarks(each, margin + i * (chart.width + margin), margin + 20));
  marks.unshift(text(title, margin, margin + 8, { size: 16, weight: 600 }));
  const width = margin + charts.length * (chart.width + margin);
  return { width, height: chart.height + 2 * margin + 20, background: paper.background, title, marks };
}

function chartMarks({ title, xName, xEnd, isShare, lines }: CurvesChart, left: number, top: number): FigureMark[] {
  const range = rangeOfCurves(lines.map(({ points }) => points)) ?? [0, 1];
  const right = left + chart.width - chart.right;
  const bottom = top + chart.height - chart.bottom;
  const x = scaleLinear()
    .domain([0, Math.max(1, xEnd)])
    .range([left + chart.left, right]);
  const y = scaleLinear()
    .domain([...range])
    .nice(5)
    .range([bottom, top + chart.top]);
  const ticks = y.ticks(5);
  const texts = tickTexts(ticks, isShare);
  const axis = { size: 10.5, family: 'mono', fill: paper.muted } as const;
  const marks: FigureMark[] = [text(title, left, top + 14, { size: 13, weight: 600 })];
  for (const [i, tick] of ticks.entries()) {
    marks.push(line([left + chart.left, y(tick)], [right, y(tick)], paper.line, 1));
    marks.push(text(texts[i] ?? '', left + chart.left - 6, y(tick) + 4, { ...axis, anchor: 'end' }));
  }
  for (const tick of x.ticks(5).filter(Number.isInteger))
    marks.push(text(String(tick), x(tick), bottom + 16, { ...axis, anchor: 'middle' }));
  marks.push(text(xName, right, bottom + 32, { size: 10.5, fill: paper.muted, anchor: 'end' }));
  const ends: { readonly name: string; readonly colour: string; readonly at: CurvePoint }[] = [];
  for (const { name, colour, points } of lines) {
    const known = points.filter(({ y: value }) => Number.isFinite(value)).map((at) => ({ x: x(at.x), y: y(at.y) }));
    for (const [i, to] of known.entries()) {
      const from = known[i - 1];
      if (from) marks.push(line([from.x, from.y], [to.x, to.y], colour, 1.6));
    }
    const at = known.at(-1);
    if (at) ends.push({ name, colour, at });
  }
  const heights = spread(
    ends.map(({ at }) => at.y + 4),
    13,
  );
  for (const [i, { name, colour, at }] of ends.entries()) {
    marks.push({ kind: 'circle', x: at.x, y: at.y, radius: 2.5, fill: colour });
    marks.push(text(name, right + 8, heights[i] ?? at.y, { size: 10.5, family: 'mono', fill: colour }));
  }
  return marks;
}

function line(
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: string,
  strokeWidth: number,
): FigureMark {
  return { kind: 'line', from, to, stroke, strokeWidth, opacity: 1 };
}

type TextMark = Extract<FigureMark, { kind: 'text' }>;

function text(words: string, x: number, y: number, more: Partial<TextMark>): FigureMark {
  return {
    ...{ kind: 'text', x, y, text: words, size: 12, family: 'sans', weight: 400, anchor: 'start', fill: paper.ink },
    ...more,
  };
}
