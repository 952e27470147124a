/** What one unit reads, as a beam through the strip: a box on every map, and the light between the boxes of what reads each other. */
import type { Rect } from '../../../engine/engine.ts';
import type { Field } from '../../../graph/field/receptiveField.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { clipTo, sizeOf } from '../../../math/intervals.ts';
import { joinRadius } from './glyph.ts';
import type { Strip, StripEdge, StripItem } from './strip.ts';

export interface BeamBox {
  readonly stage: string;
  /** The part of the field that lies on the map; at least as large as can be seen. */
  readonly rect: Rect;
  /** Rows and columns, with what lies in the padding. */
  readonly size: readonly [height: number, width: number];
}

export interface Beam {
  readonly boxes: readonly BeamBox[];
  /** Between neighbours: corners, clockwise. */
  readonly quads: readonly (readonly (readonly [x: number, y: number])[])[];
  /** Along edges that go round something. */
  readonly lines: readonly StripEdge[];
}

const smallest = 3;

/** `fields`: of the nodes that are read (`fieldsOf`). */
export function beamOf({ items, edges }: Strip, fields: Readonly<Record<NodeId, Field>>): Beam {
  const boxes = new Map<string, BeamBox>();
  for (const item of items) {
    const field = fieldOf(item, fields);
    if (field) boxes.set(item.stage.id, boxOf(item, field));
  }
  const quads: (readonly (readonly [number, number])[])[] = [];
  const lines: StripEdge[] = [];
  for (const edge of edges) {
    const from = boxes.get(edge.from)?.rect;
    const to = boxes.get(edge.to)?.rect;
    if (!from || !to) continue;
    if (!edge.isStraight) {
      lines.push(edge);
      continue;
    }
    quads.push([
      [from.x + from.width, from.y],
      [to.x, to.y],
      [to.x, to.y + to.height],
      [from.x + from.width, from.y + from.height],
    ]);
  }
  return { boxes: [...boxes.values()], quads, lines };
}

/** Of the last member that is read: its maps are as large as those that are shown, but in a block. */
export function fieldOf({ stage }: StripItem, fields: Readonly<Record<NodeId, Field>>): Field | null {
  const read = stage.block === null ? stage.members.findLast((id) => fields[id]) : stage.end;
  return read === undefined ? null : (fields[read] ?? null);
}

function boxOf({ stage, shape, map, axis, sign, area }: StripItem, { h, w }: Field): BeamBox {
  const size = [sizeOf(h), sizeOf(w)] as const;
  if (!map || !shape) {
    const x = sign ? sign.x + joinRadius : area.x;
    return { stage: stage.id, rect: { x: x - 2, y: axis - 2, width: 4, height: 4 }, size };
  }
  const [, , height, width] = shape;
  const along = (at: number, room: number, interval: Field['h'], count: number) => {
    const { lo, hi } = clipTo(interval, count);
    const length = Math.max(smallest, (Math.max(0, hi - lo + 1) / count) * room);
    const middle = at + ((Math.max(0, Math.min(count, lo)) + Math.max(lo, hi + 1)) / 2 / count) * room;
    return [Math.min(at + room - length, Math.max(at, middle - length / 2)), length] as const;
  };
  const [x, boxWidth] = along(map.x, map.width, w, width);
  const [y, boxHeight] = along(map.y, map.height, h, height);
  return { stage: stage.id, rect: { x, y, width: boxWidth, height: boxHeight }, size };
}
