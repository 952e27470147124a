/** The boxes of all layers around one place, nested in one picture: each box once, with a name where there is room for it. */

import type { Rect } from '../../../engine/engine.ts';
import type { NestedField } from '../../../graph/field/growth.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { sizeOf } from '../../../math/intervals.ts';

export interface NestedBox {
  /** The first layer with this box. */
  readonly id: NodeId;
  /** In pixels of the picture; may reach beyond it. */
  readonly rect: Rect;
  /** 0 for the first layer, 1 for the last. */
  readonly depth: number;
  readonly isLabelled: boolean;
}

/** `room`: rows of the picture that a label takes. Labels stand at the upper edge of their boxes, the largest boxes first. */
export function nestedBoxes(fields: readonly NestedField[], room: number): readonly NestedBox[] {
  const grown = fields.filter(({ hull }, i) => {
    const before = fields[i - 1]?.hull;
    return !before || sizeOf(hull.h) > sizeOf(before.h) || sizeOf(hull.w) > sizeOf(before.w);
  });
  let above = Number.NEGATIVE_INFINITY;
  return grown
    .map(({ id, hull }, i) => ({
      id,
      rect: { x: hull.w.lo, y: hull.h.lo, width: sizeOf(hull.w), height: sizeOf(hull.h) },
      depth: grown.length === 1 ? 1 : i / (grown.length - 1),
    }))
    .toReversed()
    .map((box) => {
      const y = Math.max(0, box.rect.y);
      const isLabelled = y - above >= room;
      if (isLabelled) above = y;
      return { ...box, isLabelled };
    })
    .toReversed();
}
