/**
 * The diagram of a network as a figure for papers and pages: the picture blue, what is learned amber, maps grey, the field of the
 * looked-at unit vermilion on each and as a beam between them; all words come in the person's language.
 */
import type { Figure, FigureMark } from '../figure/marks.ts';
import type { FigureColours } from '../figure/paper.ts';
import { wrapped } from '../figure/wrapped.ts';
import {
  type Box,
  type DiagramBlock,
  type DiagramItem,
  type DiagramOptions,
  diagramText,
  layoutDiagram,
  type Prism,
} from './diagram.ts';

export interface NetworkContent {
  readonly title: string;
  readonly subtitle: string;
  readonly items: readonly DiagramItem[];
  /** What the sizes and colours mean. `magnification`: how many times larger kernels are drawn. */
  readonly notes: (magnification: number) => readonly string[];
}

const margin = 28;
const head = 58;

export function networkFigure(
  { title, subtitle, items, notes }: NetworkContent,
  options: DiagramOptions,
  colours: FigureColours,
): Figure {
  const diagram = layoutDiagram(items, options);
  const width = Math.max(360, diagram.width) + 2 * margin;
  const at = (block: DiagramBlock): DiagramBlock => moved(block, margin, margin + head);
  const blocks = diagram.blocks.map(at);
  const lines = notes(diagram.kernelMagnification).flatMap((note) =>
    wrapped(note, Math.floor((width - 2 * margin) / 6)),
  );
  const bottom = margin + head + diagram.height + 24;
  const text = wordsIn(colours);
  return {
    width,
    height: bottom + lines.length * diagramText.lineHeight + margin / 2,
    background: colours.background,
    title,
    marks: [
      text(title, margin, margin + 16, { size: 18, weight: 600, fill: colours.ink }),
      text(subtitle, margin, margin + 36, { size: 12 }),
      ...blocks.flatMap((block) => blockMarks(block, colours)),
      ...beams(blocks, colours),
      ...blocks.flatMap((block) => wordMarks(block, colours)),
      ...lines.map((line, i) => text(line, margin, bottom + i * diagramText.lineHeight, { size: 11 })),
    ],
  };
}

function moved(block: DiagramBlock, dx: number, dy: number): DiagramBlock {
  const by = <B extends { readonly x: number; readonly y: number }>(box: B): B => ({
    ...box,
    x: box.x + dx,
    y: box.y + dy,
  });
  return {
    ...block,
    maps: by(block.maps),
    kernels: block.kernels && by(block.kernels),
    patch: block.patch && by(block.patch),
    text: by(block.text),
  };
}

function blockMarks({ item, maps, kernels, patch }: DiagramBlock, colours: FigureColours): readonly FigureMark[] {
  const colour = item.kind === 'input' ? colours.input : colours.maps;
  return [
    ...(kernels ? prismMarks(kernels, colours.weights, colours) : []),
    ...(kernels && item.kernels ? gridMarks(kernels, item.kernels, colours) : []),
    ...prismMarks(maps, colour, colours),
    // A second edge behind the first: there are more layers in this block.
    ...(item.kind === 'folded' ? [frame({ ...maps, x: maps.x - 3, y: maps.y + 3 }, colour, 1)] : []),
    ...(patch ? patchMarks(patch, colours) : []),
  ];
}

/** Front, top and side in three strengths over the page's colour, with their edges. */
function prismMarks(prism: Prism, colour: string, colours: FigureColours): readonly FigureMark[] {
  const { x, y, width, height, depth } = prism;
  const [dx, dy] = depth;
  const front = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ] as const;
  const top = [front[0], front[1], [x + width + dx, y + dy], [x + dx, y + dy]] as const;
  const side = [front[1], [x + width + dx, y + dy], [x + width + dx, y + height + dy], front[2]] as const;
  const faces = [
    [front, 0.45],
    [top, 0.25],
    [side, 0.7],
  ] as const;
  return faces.flatMap(([points, opacity]): readonly FigureMark[] => [
    { kind: 'polygon', points, fill: colours.background, opacity: 1 },
    { kind: 'polygon', points, fill: colour, opacity },
    ...points.map((from, i) => line(from, points[(i + 1) % points.length]!, colour, 0.75, 1)),
  ]);
}

/** A cell for each weight of a kernel's face, where cells can be told apart. */
function gridMarks(
  { x, y, width, height }: Box,
  kernel: { readonly height: number; readonly width: number },
  { background }: FigureColours,
): readonly FigureMark[] {
  if (width / kernel.width < 3 || height / kernel.height < 3) return [];
  const inner = (count: number) => Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
  return [
    ...inner(kernel.width).map((at) => line([x + at * width, y], [x + at * width, y + height], background, 0.75, 1)),
    ...inner(kernel.height).map((at) => line([x, y + at * height], [x + width, y + at * height], background, 0.75, 1)),
  ];
}

function patchMarks(patch: Box, { field }: FigureColours): readonly FigureMark[] {
  const { x, y, width, height } = patch;
  const points = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ] as const;
  return [{ kind: 'polygon', points, fill: field, opacity: 0.35 }, frame(patch, field, 1.25)];
}

/** From each patch to the next in its row. */
function beams(blocks: readonly DiagramBlock[], { field }: FigureColours): readonly FigureMark[] {
  return blocks.flatMap((block, i): readonly FigureMark[] => {
    const next = blocks[i + 1];
    if (next?.row !== block.row) return [];
    const [from, to] = [block.patch, next.patch];
    if (!from || !to) return [];
    const points = [
      [from.x + from.width, from.y],
      [to.x, to.y],
      [to.x, to.y + to.height],
      [from.x + from.width, from.y + from.height],
    ] as const;
    return [{ kind: 'polygon', points, fill: field, opacity: 0.14 }];
  });
}

function wordMarks({ item, kernels, text: place }: DiagramBlock, colours: FigureColours): readonly FigureMark[] {
  const text = wordsIn(colours);
  const baseline = (i: number) => place.y + (i + 1) * diagramText.lineHeight - 4;
  const words = [
    text(item.label, place.x, baseline(0), { weight: 600, fill: colours.ink }),
    ...item.lines.map((each, i) => text(each, place.x, baseline(i + 1), { family: 'mono' })),
  ];
  if (item.fieldText !== null)
    words.push(
      text(item.fieldText, place.x, baseline(item.lines.length + 1), { family: 'mono', fill: colours.fieldInk }),
    );
  if (kernels && item.kernels) {
    const [x, y] = [kernels.x + kernels.width / 2, kernels.y + kernels.height + diagramText.lineHeight - 2];
    words.push(text(`×${item.kernels.count}`, x, y, { family: 'mono', anchor: 'middle', fill: colours.weightsInk }));
  }
  return words;
}

type TextMark = Extract<FigureMark, { readonly kind: 'text' }>;

function wordsIn({ muted }: FigureColours) {
  return (
    text: string,
    x: number,
    y: number,
    {
      size = diagramText.size,
      family = 'sans',
      weight = 400,
      anchor = 'start',
      fill = muted,
    }: Partial<Pick<TextMark, 'size' | 'family' | 'weight' | 'anchor' | 'fill'>> = {},
  ): TextMark => ({ kind: 'text', x, y, text, size, family, weight, anchor, fill });
}

function line(
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: string,
  strokeWidth: number,
  opacity: number,
): FigureMark {
  return { kind: 'line', from, to, stroke, strokeWidth, opacity };
}

function frame(box: Box, stroke: string, strokeWidth: number): FigureMark {
  return { kind: 'frame', x: box.x, y: box.y, width: box.width, height: box.height, stroke, strokeWidth };
}
