/**
 * A comparison laid out for paper, in the light theme whatever the page's: a column for each kind, under one another its name, code,
 * connections, reach, maps and price, then the legend of the colours and where the numbers come from. All words come in the person's
 * language.
 */
import type { Layout, Paths } from '../connectivity/layout.ts';
import { connectionMarks } from './connectionMarks.ts';
import type { Figure, FigureMark, Picture } from './marks.ts';
import { paper } from './paper.ts';
import { wrapped } from './wrapped.ts';

export interface FigureCost {
  readonly name: string;
  readonly text: string;
  /** Relative to the first column; null where there is nothing to compare. */
  readonly ratio: number | null;
  readonly ratioText: string;
  readonly token: 'weights' | 'ink' | 'maps' | 'field';
}

export interface FigureColumn {
  readonly kind: string;
  readonly code: readonly string[];
  readonly connections: { readonly layout: Layout; readonly paths: Paths; readonly output: number } | null;
  readonly reads: string;
  readonly reach: readonly string[];
  readonly maps: readonly { readonly label: string; readonly picture: Picture; readonly isChosen: boolean }[];
  /** Under the maps: their shape, the ends of their range. */
  readonly mapsText: string;
  readonly costs: readonly FigureCost[];
}

export interface ComparisonContent {
  readonly title: string;
  readonly subtitle: string;
  readonly rows: Readonly<Record<'code' | 'connectivity' | 'reach' | 'maps' | 'cost', string>>;
  readonly columns: readonly FigureColumn[];
  readonly legend: { readonly colours: Uint8Array; readonly lo: string; readonly hi: string; readonly caption: string };
  /** What the numbers count and where they come from. */
  readonly notes: readonly string[];
}

const margin = 28;
const gutter = 92;
const columnWidth = 252;
const columnGap = 18;
const lineHeight = 16;
const rowGap = 14;
const diagramHeight = 84;
/** JetBrains Mono: 0.6 em a letter. */
const lettersOfCode = Math.floor(columnWidth / (11 * 0.6));

export function comparisonFigure(content: ComparisonContent): Figure {
  const { columns } = content;
  const width = 2 * margin + gutter + columns.length * (columnWidth + columnGap) - columnGap;
  const marks: FigureMark[] = [];
  const left = (place: number) => margin + gutter + place * (columnWidth + columnGap);
  let y = margin;
  marks.push(text(content.title, margin, y + 18, { size: 19, weight: 600 }));
  marks.push(text(content.subtitle, margin, y + 38, { size: 12, fill: paper.muted }));
  y += 62;
  columns.forEach((column, place) => {
    marks.push({ kind: 'rect', x: left(place), y: y - 13, width: 18, height: 18, fill: paper.ink, radius: 4 });
    marks.push(
      text(String(place + 1), left(place) + 9, y, { size: 11, weight: 600, fill: paper.background, anchor: 'middle' }),
    );
    marks.push(text(column.kind, left(place) + 26, y + 1, { size: 14, weight: 600 }));
  });
  y += 16;
  /** A row as high as its highest cell. */
  const row = (name: keyof ComparisonContent['rows'], cell: (column: FigureColumn, x: number, y: number) => Cell) => {
    marks.push({
      kind: 'line',
      from: [margin, y],
      to: [width - margin, y],
      stroke: paper.line,
      strokeWidth: 1,
      opacity: 1,
    });
    marks.push(text(content.rows[name], margin, y + rowGap + 10, { size: 12, weight: 600 }));
    const cells = columns.map((column, place) => cell(column, left(place), y + rowGap));
    for (const { marks: drawn } of cells) marks.push(...drawn);
    y += 2 * rowGap + Math.max(0, ...cells.map(({ height }) => height));
  };
  row('code', codeCell);
  row('connectivity', connectionsCell);
  row('reach', ({ reach }, x, top) => linesCell(reach, x, top));
  row('maps', mapsCell);
  row('cost', costCell);
  y += 4;
  marks.push(...legendMarks(content.legend, y));
  y += 40;
  const lettersOfNotes = Math.floor((width - 2 * margin) / 6);
  for (const note of content.notes.flatMap((line) => wrapped(line, lettersOfNotes))) {
    y += lineHeight;
    marks.push(text(note, margin, y, { size: 11, fill: paper.muted }));
  }
  return { width, height: y + margin, background: paper.background, title: content.title, marks };
}

interface Cell {
  readonly marks: readonly FigureMark[];
  readonly height: number;
}

type TextMark = Extract<FigureMark, { readonly kind: 'text' }>;

function text(value: string, x: number, y: number, style: Partial<TextMark> & Pick<TextMark, 'size'>): TextMark {
  return { kind: 'text', x, y, text: value, family: 'sans', weight: 400, anchor: 'start', fill: paper.ink, ...style };
}

function linesCell(lines: readonly string[], x: number, top: number): Cell {
  const marks = lines.map((line, i) => text(line, x, top + 11 + i * lineHeight, { size: 12 }));
  return { marks, height: lines.length * lineHeight };
}

function codeCell({ code }: FigureColumn, x: number, top: number): Cell {
  const lines = code.flatMap((line) => wrapped(line, lettersOfCode).map((part, i) => (i === 0 ? part : `  ${part}`)));
  const marks = lines.map((line, i) => text(line, x, top + 11 + i * lineHeight, { size: 11, family: 'mono' }));
  return { marks, height: lines.length * lineHeight };
}

function connectionsCell({ connections, reads }: FigureColumn, x: number, top: number): Cell {
  if (!connections) return { marks: [], height: 0 };
  const box = { x: x + 4, y: top, width: columnWidth - 8, height: diagramHeight };
  const caption = text(reads, x, top + diagramHeight + 16, { size: 11, fill: paper.muted });
  return { marks: [...connectionMarks(connections, box), caption], height: diagramHeight + 18 };
}

function mapsCell({ maps, mapsText }: FigureColumn, x: number, top: number): Cell {
  const gap = 6;
  const side = (columnWidth - gap) / 2;
  const [first] = maps;
  const tall = first ? (side * first.picture.height) / first.picture.width : 0;
  const marks = maps.flatMap(({ label, picture, isChosen }, i): readonly FigureMark[] => {
    const box = { x: x + (i % 2) * (side + gap), y: top + Math.floor(i / 2) * (tall + gap), width: side, height: tall };
    const tag = { x: box.x + 3, y: box.y + tall - 18, width: 8 + 7 * label.length, height: 15 };
    return [
      { kind: 'image', ...box, picture },
      { kind: 'frame', ...box, stroke: isChosen ? paper.field : paper.line, strokeWidth: isChosen ? 2 : 1 },
      { kind: 'rect', ...tag, fill: isChosen ? paper.ink : paper.background, radius: 3 },
      text(label, tag.x + tag.width / 2, tag.y + 11, {
        size: 10.5,
        family: 'mono',
        anchor: 'middle',
        fill: isChosen ? paper.background : paper.ink,
      }),
    ];
  });
  const rows = Math.ceil(maps.length / 2);
  const height = rows * (tall + gap);
  return {
    marks: [...marks, text(mapsText, x, top + height + 11, { size: 11, family: 'mono', fill: paper.muted })],
    height: height + 14,
  };
}

/** Bars as on the page: the first column's is half of the room; what is more than twice as long is broken near its end. */
function costCell({ costs }: FigureColumn, x: number, top: number): Cell {
  const room = { x: x + 74, width: 62 };
  const marks = costs.flatMap(({ name, text: value, ratio, ratioText, token }, i): readonly FigureMark[] => {
    const y = top + 11 + i * 19;
    const bar = { kind: 'rect', x: room.x, y: y - 8, height: 8, fill: paper[token], radius: 2 } as const;
    const middle = room.x + room.width / 2;
    return [
      text(name, x, y, { size: 11.5, fill: paper.muted }),
      ...(ratio === null ? [] : [{ ...bar, width: Math.max(1, Math.min(room.width, (room.width / 2) * ratio)) }]),
      ...(ratio !== null && ratio > 2 ? [breakMark(room.x + room.width - 8, y - 4)] : []),
      { kind: 'line', from: [middle, y - 10], to: [middle, y + 2], stroke: paper.edge, strokeWidth: 1, opacity: 1 },
      text(value, x + 206, y, { size: 11.5, family: 'mono', anchor: 'end' }),
      text(ratioText, x + columnWidth, y, { size: 11.5, family: 'mono', anchor: 'end', fill: paper.muted }),
    ];
  });
  return { marks, height: costs.length * 19 };
}

/** A slanted gap in a bar around (x, y): it goes on. */
function breakMark(x: number, y: number): FigureMark {
  const points = [
    [x, y - 6],
    [x + 4, y - 6],
    [x, y + 6],
    [x - 4, y + 6],
  ] as const;
  return { kind: 'polygon', points, fill: paper.background, opacity: 1 };
}

function legendMarks({ colours, lo, hi, caption }: ComparisonContent['legend'], y: number): readonly FigureMark[] {
  const bar = { x: margin + gutter, y, width: 220, height: 11 };
  const picture = { width: 256, height: 1, rgba: new Uint8ClampedArray(colours) };
  return [
    { kind: 'image', ...bar, picture },
    { kind: 'frame', ...bar, stroke: paper.line, strokeWidth: 1 },
    text(lo, bar.x, y + 26, { size: 11, family: 'mono' }),
    text(hi, bar.x + bar.width, y + 26, { size: 11, family: 'mono', anchor: 'end' }),
    text(caption, bar.x + bar.width + 12, y + 10, { size: 11.5, fill: paper.muted }),
  ];
}
