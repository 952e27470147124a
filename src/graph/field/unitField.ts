/**
 * What one unit reads, of every map on the way and of the picture: the interval of all paths (`hull`, as of `receptiveField.ts`, padding
 * and holes included) and, within the maps, the exact set of pixels.
 */
import { clipTo, type Interval, sizeOf } from '../../math/intervals.ts';
import type { PerSide, Shape } from '../../operators/operator.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { between } from './positions.ts';
import { type NodeReader, readersIn, readsWhole } from './reading.ts';
import { type Field, fieldsOf } from './receptiveField.ts';
import { type PixelBlock, pixelCount, pixelsOf, type Region, simplified, withBlock } from './region.ts';

/** A place of a map: row, column; of one channel where it is said, else of all. */
export interface Unit {
  readonly y: number;
  readonly x: number;
  readonly channel?: number;
}

/** Of one node, what a unit above reads. */
export interface NodeField {
  /** The box around all paths, where maps go on for ever: what lies outside of the map is padding. */
  readonly hull: Field;
  /** The hull's part on the map; empty (hi < lo) where it lies in the padding altogether. */
  readonly box: Field;
  /** Rows and columns of the hull beyond each side of the map. */
  readonly outside: PerSide;
  /** Of the hull's pixels, the share that lies beyond the map. */
  readonly shareOutside: number;
  /** The pixels that are read: blocks of rows crossed with columns, no two with a row in common. */
  readonly read: readonly PixelBlock[];
  readonly pixels: number;
  /** Pixels of the box that are never read. */
  readonly unread: number;
}

export interface UnitField {
  /** Of every node that the unit reads, itself and the picture included. */
  readonly nodes: Readonly<Record<NodeId, NodeField>>;
  /**
   * The nodes on the way that read whole maps whatever their size, in the graph's order: global pooling, squeeze-excite's pooling, norms over
   * space, flattening, deformable layers (whose offsets may point everywhere). With one of them the unit sees the whole image.
   */
  readonly wholeImage: readonly NodeId[];
}

/** `shapes` as `inferShapes` gives them; `unit` inside the node's map. */
export function unitField(graph: Graph, shapes: Shapes, id: NodeId, unit: Unit): UnitField {
  const { regions, wholeImage } = regionsOf(graph, shapes, id, unit);
  const hulls = fieldsOf(graph, shapes, id, { h: between(unit.y, unit.y), w: between(unit.x, unit.x) });
  const nodes: Record<NodeId, NodeField> = {};
  for (const [node, region] of regions) nodes[node] = nodeField(hulls[node]!, shapes[node]!, region);
  return { nodes, wholeImage };
}

/** The exact regions alone: of every node of which something is read. */
export function regionsOf(
  graph: Graph,
  shapes: Shapes,
  id: NodeId,
  { y, x, channel }: Unit,
): { readonly regions: ReadonlyMap<NodeId, Region>; readonly wholeImage: readonly NodeId[] } {
  const [, channels] = shapes[id]!;
  const [first, last] = channel === undefined ? [0, channels - 1] : [channel, channel];
  const regions = new Map<NodeId, Region>([
    [id, [{ channels: between(first, last), rows: between(y, y), columns: between(x, x) }]],
  ]);
  const wholeImage: NodeId[] = [];
  const readers = readersIn(graph, shapes);
  for (let n = readers.length - 1; n >= 0; n--) {
    const reader = readers[n]!;
    const known = regions.get(reader.id);
    if (!known) continue;
    // All that read this node have been here.
    const region = simplified(known);
    regions.set(reader.id, region);
    if (readThrough(reader, region, regions, shapes)) wholeImage.unshift(reader.id);
  }
  return { regions, wholeImage };
}

/** Adds what `region` of a node reads; true where the node reads whole maps. */
function readThrough(reader: NodeReader, region: Region, regions: Map<NodeId, Region>, shapes: Shapes): boolean {
  let isWhole = false;
  for (const [i, input] of reader.inputs.entries()) {
    const [, , height, width] = shapes[input]!;
    const mayBeWhole =
      height * width > 1 &&
      (height === 1 || readsWhole(reader.operator, 'h', i)) &&
      (width === 1 || readsWhole(reader.operator, 'w', i));
    let read = regions.get(input) ?? [];
    for (const block of region)
      for (const part of reader.blocksRead(block, i)) {
        read = withBlock(read, part);
        isWhole ||= mayBeWhole && pixelCount([part]) === height * width;
      }
    if (read.length > 0) regions.set(input, read);
  }
  return isWhole;
}

function nodeField(hull: Field, [, , height, width]: Shape, region: Region): NodeField {
  const box = { h: clipTo(hull.h, height), w: clipTo(hull.w, width) };
  const read = pixelsOf(region);
  const area = (field: Field) => sizeOf(field.h) * sizeOf(field.w);
  return {
    hull,
    box,
    outside: {
      top: beyond(hull.h, -hull.h.lo),
      bottom: beyond(hull.h, hull.h.hi - height + 1),
      left: beyond(hull.w, -hull.w.lo),
      right: beyond(hull.w, hull.w.hi - width + 1),
    },
    shareOutside: 1 - area(box) / area(hull),
    read,
    pixels: pixelCount(read),
    unread: area(box) - pixelCount(read, box),
  };
}

function beyond(hull: Interval, rows: number): number {
  return Math.min(sizeOf(hull), Math.max(0, rows));
}
