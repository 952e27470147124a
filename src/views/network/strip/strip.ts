/**
 * A network as a strip of blocks, left to right: the photo, and for every stage the sign of what it does and a box of its maps, with
 * branches in lanes and edges round what stands between. All sizes are CSS pixels of the scrolled content.
 */
import type { Rect } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import type { Stage } from '../../../graph/network/stages.ts';
import type { Shape } from '../../../operators/operator.ts';
import { layoutNetwork, type NetworkLayout } from '../layout.ts';
import { deeper, type Glyph, glyphOf, glyphSize, kernelCell } from './glyph.ts';
import type { StripScale } from './scale.ts';

export interface StripItem {
  readonly stage: Stage;
  /** Of its maps; null where the stage cannot be had. */
  readonly shape: Shape | null;
  readonly column: number;
  readonly lane: number;
  /** All of it, with its caption. */
  readonly area: Rect;
  /** The height at which edges come in and go out. */
  readonly axis: number;
  readonly glyph: Glyph | null;
  /** The front of the sign. */
  readonly sign: Rect | null;
  /** How far kernels lie behind their front. */
  readonly signDepth: number;
  /** The front of the maps; null for a join alone, whose maps are only those that it reads. */
  readonly map: Rect | null;
  readonly mapDepth: number;
  /** Where its caption stands, one line under the other; null for a join alone. */
  readonly caption: Rect | null;
}

export interface StripEdge {
  readonly from: string;
  readonly to: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Nothing stands between the two, and they are at the same height. */
  readonly isStraight: boolean;
}

export interface Strip {
  readonly items: readonly StripItem[];
  readonly edges: readonly StripEdge[];
  readonly width: number;
  readonly height: number;
  /** Pixels of one cell of a kernel. */
  readonly cell: number;
}

export interface StripOptions {
  readonly scale: StripScale;
  readonly shapes: Shapes;
}

const margin = 14;
const signGap = 7;
export const columnGap = 18;
export const captionLine = 15;
const captionHeight = 3 * captionLine + 5;
const narrowestCaption = 82;
/** Under kernels stands how many they are. */
const countHeight = 15;
/** Of a layer that cannot be had. */
const noMap = { width: 30, height: 30 };
const trackHeight = 48;

export function layoutStrip(stages: readonly Stage[], { scale, shapes }: StripOptions): Strip {
  const layout = layoutNetwork(stages);
  const glyphs = stages.map(glyphOfStage);
  const cell = kernelCell(glyphs);
  const parts = stages.map((stage, i) => partOf(stage, glyphs[i]!, cell, scale, shapes));
  const columns = columnsOf(parts, layout);
  const heights = heightsOf(parts, layout);
  const items = parts.map((part) => placed(part, layout, columns, heights.at));
  const itemOf = new Map(items.map((item) => [item.stage.id, item]));
  const edges = layout.edges.map(({ from, to, path }): StripEdge => {
    const inner = path
      .slice(1, -1)
      .map(({ x, y }) => [columns[Math.floor(x)]!.right + columnGap / 2, heights.at(y)] as const);
    const [start, end] = [itemOf.get(from)!, itemOf.get(to)!];
    const points = [[rightOf(start), start.axis] as const, ...inner, [leftOf(end), end.axis] as const];
    return { from, to, points, isStraight: path.length === 2 };
  });
  return { items, edges, width: (columns.at(-1)?.right ?? 0) + margin, height: heights.height, cell };
}

/** The stage under a point: its maps, its sign or its caption. */
export function stageAt({ items }: Strip, x: number, y: number): StripItem | null {
  return items.find(({ area }) => holds(area, x, y)) ?? null;
}

export function holds({ x, y, width, height }: Rect, atX: number, atY: number): boolean {
  return atX >= x && atX < x + width && atY >= y && atY < y + height;
}

/** The member whose maps a stage shows: the one that is looked at, else its end. */
export function shownMember({ members, end }: Stage, looked: NodeId | null): NodeId {
  return looked !== null && members.includes(looked) ? looked : end;
}

interface Part {
  readonly stage: Stage;
  readonly shape: Shape | null;
  readonly glyph: Glyph | null;
  readonly sign: { readonly width: number; readonly height: number } | null;
  readonly signDepth: number;
  readonly map: { readonly width: number; readonly height: number } | null;
  readonly mapDepth: number;
  readonly isCaptioned: boolean;
}

function glyphOfStage({ operator }: Stage): Glyph | null {
  return operator ? glyphOf(operator) : { kind: 'block' };
}

function partOf(stage: Stage, glyph: Glyph | null, cell: number, scale: StripScale, shapes: Shapes): Part {
  const shape = shapes[stage.end] ?? null;
  const isJoinAlone = shape !== null && glyph?.kind === 'join' && stage.members.length === 1;
  return {
    ...{ stage, shape, glyph },
    sign: glyph && glyphSize(glyph, cell),
    signDepth: glyph?.kind === 'kernels' ? scale.depth(glyph.slices) : 0,
    map: isJoinAlone ? null : shape ? scale.map(shape) : noMap,
    mapDepth: shape ? scale.depth(shape[1]) : 0,
    isCaptioned: !isJoinAlone,
  };
}

interface Column {
  readonly left: number;
  /** Where maps begin. */
  readonly maps: number;
  readonly right: number;
}

function columnsOf(parts: readonly Part[], { cells, columns }: NetworkLayout): readonly Column[] {
  const made: Column[] = [];
  let left = margin;
  for (let column = 0; column < columns; column++) {
    const inside = parts.filter(({ stage }) => cells.get(stage.id)!.column === column);
    const signs = Math.max(0, ...inside.map(({ sign, signDepth }) => (sign ? sign.width + deeper(signDepth).x : 0)));
    const maps = left + (signs > 0 && inside.some(({ map }) => map) ? signs + signGap : 0);
    const ends = inside.map(({ map, mapDepth }) => (map ? maps + map.width + deeper(mapDepth).x : left + signs));
    const captions = inside.some(({ isCaptioned }) => isCaptioned) ? left + narrowestCaption : 0;
    const right = Math.max(captions, ...ends);
    made.push({ left, maps, right });
    left = right + columnGap;
  }
  return made;
}

interface Heights {
  /** Of a height in rows of the layout, in pixels. */
  readonly at: (y: number) => number;
  readonly height: number;
}

/** Every lane is as high as what stands on it; between lanes are the tracks. */
function heightsOf(parts: readonly Part[], { cells, rows }: NetworkLayout): Heights {
  const lanes = new Map<number, { up: number; down: number }>();
  for (const { stage, sign, signDepth, map, mapDepth, isCaptioned, glyph } of parts) {
    const { y } = cells.get(stage.id)!;
    const known = lanes.get(y) ?? { up: 0, down: 0 };
    const signHalf = (sign?.height ?? 0) / 2;
    const mapHalf = (map?.height ?? 0) / 2;
    const count = glyph && glyph.kind !== 'join' && glyph.kind !== 'block' ? countHeight : 0;
    lanes.set(y, {
      up: Math.max(known.up, signHalf + deeper(signDepth).y, mapHalf + deeper(mapDepth).y),
      down: Math.max(known.down, Math.max(signHalf + count, mapHalf) + (isCaptioned ? captionHeight : 4)),
    });
  }
  const points: [y: number, pixels: number][] = [[0, margin]];
  for (const y of [...lanes.keys()].sort((a, b) => a - b)) {
    const [before, pixels] = points.at(-1)!;
    const top = pixels + (y - 0.5 - before) * trackHeight;
    const { up, down } = lanes.get(y)!;
    points.push([y - 0.5, top], [y, top + up], [y + 0.5, top + up + down]);
  }
  const [end, bottom] = points.at(-1)!;
  points.push([Math.max(rows, end) + 1, bottom + (Math.max(rows, end) + 1 - end) * trackHeight]);
  const at = (y: number) => {
    const next = Math.max(
      1,
      points.findIndex(([from]) => from >= y),
    );
    const [[y0, p0], [y1, p1]] = [points[next - 1]!, points[next]!];
    return y1 === y0 ? p1 : p0 + ((y - y0) / (y1 - y0)) * (p1 - p0);
  };
  return { at, height: at(Math.max(rows, end)) };
}

function placed(part: Part, { cells }: NetworkLayout, columns: readonly Column[], at: Heights['at']): StripItem {
  const { stage, shape, glyph, sign, signDepth, map, mapDepth, isCaptioned } = part;
  const { column, lane, y } = cells.get(stage.id)!;
  const { left, maps, right } = columns[column]!;
  const [top, axis, bottom] = [at(y - 0.5), at(y), at(y + 0.5)];
  const area = { x: left, y: top, width: right - left, height: bottom - top };
  // What has no maps stands in the middle of its column.
  const signLeft = map ? left : (left + right - (sign?.width ?? 0)) / 2;
  return {
    ...{ stage, shape, column, lane, area, axis, glyph, signDepth, mapDepth },
    sign: sign && { x: signLeft, y: axis - sign.height / 2, ...sign },
    map: map && { x: maps, y: axis - map.height / 2, ...map },
    caption: isCaptioned ? { x: left, y: bottom - captionHeight, width: area.width, height: captionHeight } : null,
  };
}

const rightOf = ({ map, mapDepth, sign, area }: StripItem) =>
  map ? map.x + map.width + deeper(mapDepth).x / 2 : sign ? sign.x + sign.width : area.x + area.width;
const leftOf = ({ sign, map, area }: StripItem) => sign?.x ?? map?.x ?? area.x;
