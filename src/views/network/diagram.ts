/**
 * A network as blocks in space, left to right, in pixels of the picture: the maps of each layer as a box of rows x columns x channels, and
 * before it one of its kernels. Sizes are true to scale: on the linear scale a length is a constant times the size, on the logarithmic one
 * a constant times log2(1 + size); one constant holds for all rows and columns, one for all channels, and kernels are enlarged by one
 * whole number. Depth goes to the upper right at 30 degrees, in its full length. What the caller folds together (a block of layers) is one
 * item, so that a hundred layers stay a picture.
 */
import type { Interval } from '../../math/intervals.ts';

export interface DiagramKernels {
  readonly count: number;
  /** Of one kernel: the input channels of its group. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

export interface DiagramItem {
  readonly id: string;
  readonly kind: 'input' | 'layer' | 'folded';
  readonly label: string;
  /** Under the label: a shape, a price. */
  readonly lines: readonly string[];
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Null where nothing is learned, or kernels are no window. */
  readonly kernels: DiagramKernels | null;
  /** Rows and columns of these maps that the looked-at unit reads, what lies in the padding included; null: none. */
  readonly field: { readonly h: Interval; readonly w: Interval } | null;
  /** What the size of the field is called. */
  readonly fieldText: string | null;
}

export const diagramScales = ['linear', 'log'] as const;
export type DiagramScale = (typeof diagramScales)[number];

export interface DiagramOptions {
  readonly scale: DiagramScale;
  /** A new row begins before it becomes wider than this; null: all in one row. */
  readonly rowWidth: number | null;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The front face, and how far the back lies behind it. */
export interface Prism extends Box {
  readonly depth: readonly [dx: number, dy: number];
}

export interface DiagramBlock {
  readonly item: DiagramItem;
  readonly row: number;
  readonly maps: Prism;
  readonly kernels: Prism | null;
  /** The field on the front face, cut at its border. */
  readonly patch: Box | null;
  /** Left end of the words, top of their first line. */
  readonly text: { readonly x: number; readonly y: number };
}

export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly blocks: readonly DiagramBlock[];
  /** How many times larger kernels are drawn than maps. */
  readonly kernelMagnification: number;
}

/** The largest map, the most channels and about the largest kernel, in pixels. */
const longest = { side: 96, channels: 54, kernel: 26 } as const;
const gaps = { kernel: 12, column: 26, row: 26, text: 14 } as const;
export const diagramText = { size: 11, lineHeight: 15, letter: 6.7 } as const;
const direction = [Math.cos(Math.PI / 6), -Math.sin(Math.PI / 6)] as const;

/** `items` in their order; empty: nothing. */
export function layoutDiagram(items: readonly DiagramItem[], { scale, rowWidth }: DiagramOptions): Diagram {
  const lengths = lengthsOf(items, scale);
  const sized = items.map((item) => sizesOf(item, lengths));
  const blocks: DiagramBlock[] = [];
  let top = 0;
  let width = 0;
  for (const [row, columns] of rowsOf(sized, rowWidth).entries()) {
    const above = Math.max(...columns.map((column) => column.above));
    const below = Math.max(...columns.map((column) => column.below));
    const centre = top + above;
    const textTop = centre + below + gaps.text;
    let x = 0;
    for (const column of columns) {
      blocks.push(placed(column, row, { x, centre, textTop }));
      x += column.width + gaps.column;
    }
    width = Math.max(width, x - gaps.column);
    const lines = Math.max(...columns.map(({ lines }) => lines));
    top = textTop + lines * diagramText.lineHeight + gaps.row;
  }
  return {
    width,
    height: Math.max(0, top - gaps.row),
    blocks,
    kernelMagnification: lengths.kernelMagnification,
  };
}

interface Lengths {
  readonly side: (pixels: number) => number;
  readonly channels: (count: number) => number;
  readonly kernelMagnification: number;
}

function lengthsOf(items: readonly DiagramItem[], scale: DiagramScale): Lengths {
  const size = (value: number) => (scale === 'linear' ? value : Math.log2(1 + value));
  const most = (values: readonly number[]) => Math.max(1, ...values);
  const side = longest.side / size(most(items.flatMap(({ height, width }) => [height, width])));
  const counts = items.flatMap(({ channels, kernels }) => [channels, kernels?.channels ?? 0]);
  const channel = longest.channels / size(most(counts));
  const kernel = side * size(most(items.flatMap(({ kernels }) => (kernels ? [kernels.height, kernels.width] : []))));
  return {
    side: (pixels) => side * size(pixels),
    channels: (count) => channel * size(count),
    kernelMagnification: Math.max(1, Math.round(longest.kernel / kernel)),
  };
}

interface Sized {
  readonly item: DiagramItem;
  readonly maps: Omit<Prism, 'x' | 'y'>;
  readonly kernels: Omit<Prism, 'x' | 'y'> | null;
  readonly width: number;
  /** From the centre line of the row. */
  readonly above: number;
  readonly below: number;
  readonly lines: number;
}

function sizesOf(item: DiagramItem, lengths: Lengths): Sized {
  const prism = (height: number, width: number, channels: number, factor: number) => ({
    width: factor * lengths.side(width),
    height: factor * lengths.side(height),
    depth: [direction[0] * lengths.channels(channels), direction[1] * lengths.channels(channels)] as const,
  });
  const maps = prism(item.height, item.width, item.channels, 1);
  const { kernels } = item;
  const learned = kernels && prism(kernels.height, kernels.width, kernels.channels, lengths.kernelMagnification);
  const words = [item.label, ...item.lines, item.fieldText ?? ''];
  const text = Math.max(...words.map((line) => line.length * diagramText.letter));
  const before = learned ? learned.width + learned.depth[0] + gaps.kernel : 0;
  const halves = [maps, ...(learned ? [learned] : [])];
  return {
    item,
    maps,
    kernels: learned,
    width: before + Math.max(maps.width + maps.depth[0], text),
    above: Math.max(...halves.map(({ height, depth }) => height / 2 - depth[1])),
    // Under a kernel stands how many there are.
    below: Math.max(maps.height / 2, learned ? learned.height / 2 + diagramText.lineHeight : 0),
    lines: 1 + item.lines.length + (item.fieldText === null ? 0 : 1),
  };
}

function rowsOf(columns: readonly Sized[], rowWidth: number | null): readonly (readonly Sized[])[] {
  const rows: Sized[][] = [];
  let x = 0;
  for (const column of columns) {
    const row = rows.at(-1);
    if (row && (rowWidth === null || x + column.width <= rowWidth)) row.push(column);
    else {
      rows.push([column]);
      x = 0;
    }
    x += column.width + gaps.column;
  }
  return rows;
}

function placed(
  { item, maps, kernels }: Sized,
  row: number,
  at: { readonly x: number; readonly centre: number; readonly textTop: number },
): DiagramBlock {
  const left = at.x + (kernels ? kernels.width + kernels.depth[0] + gaps.kernel : 0);
  const front: Prism = { ...maps, x: left, y: at.centre - maps.height / 2 };
  return {
    item,
    row,
    maps: front,
    kernels: kernels && { ...kernels, x: at.x, y: at.centre - kernels.height / 2 },
    patch: patchOf(item, front),
    text: { x: left, y: at.textTop },
  };
}

/** Within the face positions are linear, whatever the scale of sizes: a patch covers its share of the map. */
function patchOf({ field, height, width }: DiagramItem, face: Prism): Box | null {
  if (!field) return null;
  const along = ({ lo, hi }: Interval, size: number, start: number, length: number) => {
    const [from, to] = [Math.max(0, lo), Math.min(size, hi + 1)];
    return from < to ? ([start + (from / size) * length, ((to - from) / size) * length] as const) : null;
  };
  const [rows, columns] = [along(field.h, height, face.y, face.height), along(field.w, width, face.x, face.width)];
  return rows && columns && { x: columns[0], width: columns[1], y: rows[0], height: rows[1] };
}
