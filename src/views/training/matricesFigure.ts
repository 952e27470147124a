/**
 * The figure of filter groups for paper: a column for each number of groups, a row for each moment, the ends of groups ticked outside of the
 * matrices, below each what its blocks hold, one colour bar for all. In the light theme; all words come in the person's language.
 */
import { groupEnds } from '../correlation/picture.ts';
import type { Figure, FigureMark, Picture } from '../figure/marks.ts';
import { paper } from '../figure/paper.ts';
import { wrapped } from '../figure/wrapped.ts';

export interface FigureMatrix {
  /** One pixel for each pair of channels. */
  readonly picture: Picture;
  /** Below the matrix. */
  readonly text: string;
}

export interface MatricesContent {
  readonly title: string;
  readonly subtitle: string;
  /** What the rows show: a moment of training. */
  readonly rows: readonly string[];
  readonly columns: readonly {
    readonly name: string;
    readonly groups: number;
    /** One for each row. */
    readonly matrices: readonly FigureMatrix[];
  }[];
  /** Null where each matrix has a range of its own. */
  readonly bar: { readonly colours: Uint8Array; readonly lo: string; readonly hi: string } | null;
  readonly notes: readonly string[];
}

const margin = 24;
const gap = 18;
const tick = 5;
/** Sides of a matrix: whole pixels for each channel, so that all pairs are as large as each other. */
const wantedSide = 200;
const lettersPerPixel = 1 / 6;

export const sideOf = (channels: number): number => channels * Math.max(1, Math.floor(wantedSide / channels));

export function matricesFigure({ title, subtitle, rows, columns, bar, notes }: MatricesContent): Figure {
  const sizes = columns.map(({ matrices }) => {
    const { width, height } = matrices[0]?.picture ?? { width: 1, height: 1 };
    return { width: sideOf(width), height: sideOf(height) };
  });
  const lefts = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, { width }) => sum + width + gap, margin));
  const all = sizes.reduce((sum, { width }) => sum + width + gap, -gap);
  const width = 2 * margin + Math.max(all, 340);
  const tall = Math.max(...sizes.map(({ height }) => height));
  const marks: FigureMark[] = [text(title, margin, margin + 14, { size: 16, weight: 600 })];
  marks.push(text(subtitle, margin, margin + 33, { size: 11.5, family: 'mono', fill: paper.muted }));
  let y = margin + 62;
  for (const [row, name] of rows.entries()) {
    marks.push(text(name, margin, y, { size: 11.5, fill: paper.muted }));
    y += 18;
    for (const [i, column] of columns.entries()) {
      const [x, { width: side, height }] = [lefts[i]!, sizes[i]!];
      const shown = column.matrices[row];
      if (!shown) continue;
      marks.push(text(column.name, x, y + 4, { size: 12, family: 'mono', weight: 600 }));
      const top = y + 12 + tick;
      marks.push({ kind: 'image', x, y: top, width: side, height, picture: shown.picture });
      marks.push({ kind: 'frame', x, y: top, width: side, height, stroke: paper.edge, strokeWidth: 1 });
      for (const end of groupEnds(column.groups)) {
        marks.push(line([x + end * side, top - tick], [x + end * side, top - 1]));
        marks.push(line([x - tick, top + end * height], [x - 1, top + end * height]));
      }
      marks.push(text(shown.text, x, top + height + 15, { size: 11, family: 'mono' }));
    }
    y += tall + tick + 48;
  }
  if (bar) {
    const at = { x: margin, y: y - 8, width: 180, height: 10 };
    marks.push({ kind: 'image', ...at, picture: { width: 256, height: 1, rgba: new Uint8ClampedArray(bar.colours) } });
    marks.push({ kind: 'frame', ...at, stroke: paper.line, strokeWidth: 1 });
    marks.push(text(bar.lo, at.x, y + 16, { size: 11, family: 'mono' }));
    marks.push(text(bar.hi, at.x + at.width, y + 16, { size: 11, family: 'mono', anchor: 'end' }));
    y += 40;
  }
  for (const note of notes.flatMap((each) => wrapped(each, (width - 2 * margin) * lettersPerPixel))) {
    marks.push(text(note, margin, y, { size: 11, fill: paper.muted }));
    y += 16;
  }
  return { width, height: y + margin - 8, background: paper.background, title, marks };
}

const line = (from: readonly [number, number], to: readonly [number, number]): FigureMark => {
  return { kind: 'line', from, to, stroke: paper.ink, strokeWidth: 1, opacity: 1 };
};

type TextMark = Extract<FigureMark, { kind: 'text' }>;

function text(words: string, x: number, y: number, more: Partial<TextMark>): FigureMark {
  return {
    ...{ kind: 'text', x, y, text: words, size: 12, family: 'sans', weight: 400, anchor: 'start', fill: paper.ink },
    ...more,
  };
}
