/** Whose field is as large as this object: the first layer, and the unit of it, whose field covers a box of the picture. */
import { type Interval, sizeOf } from '../../math/intervals.ts';
import type { Axis, Pair, PerSide } from '../../operators/operator.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { keptFieldOnPicture } from './growth.ts';
import { pictureOf } from './layerField.ts';
import { type LayerUnit, mainPath, placementsAlong, unitNear } from './mainPath.ts';
import type { Placement } from './place.ts';
import { type Field, fieldsOf } from './receptiveField.ts';

export interface Covering extends LayerUnit {
  readonly kind: 'covered';
  /** On the picture. */
  readonly hull: Field;
  /** Rows and columns of the field beyond each side of the box. */
  readonly overhang: PerSide;
}

export type NotCovered =
  | { readonly kind: 'outside-picture' }
  /** No layer's field is large enough; `largest` is the largest there is. */
  | { readonly kind: 'too-large'; readonly largest: { readonly id: NodeId; readonly size: Pair } | null }
  /** Fields are large enough, and none has a unit whose field lies there: at a border without padding. */
  | { readonly kind: 'no-unit-there' };

/**
 * `box` in rows and columns of the picture. Layers are tried along the main path to node `last`, the network's last if nothing is said; of a
 * layer's units that cover the box the one is taken whose field hangs over least, and among equals the one that stands nearest to its middle.
 */
export function coveringUnit(
  graph: Graph,
  shapes: Shapes,
  box: Field,
  last: NodeId = graph.nodes.at(-1)!.id,
): Covering | NotCovered {
  const picture = pictureOf(graph);
  const [, , height, width] = shapes[picture]!;
  if (!isInside(box.h, height) || !isInside(box.w, width)) return { kind: 'outside-picture' };
  let isLargeEnough = false;
  let largest: { id: NodeId; size: Pair } | null = null;
  const path = mainPath(graph, shapes, last);
  const placements = placementsAlong(path, shapes);
  for (const [i, { id }] of path.entries()) {
    const field = id === picture ? null : keptFieldOnPicture(graph, shapes, id);
    if (!field) continue;
    const { size } = field;
    if (!largest || size[0] * size[1] > largest.size[0] * largest.size[1]) largest = { id, size };
    if (size[0] < sizeOf(box.h) || size[1] < sizeOf(box.w)) continue;
    isLargeEnough = true;
    const covering = candidatesOf(graph, shapes, id, placements[i]!, box).filter(
      ({ hull }) => covers(hull.h, box.h) && covers(hull.w, box.w),
    );
    if (covering.length === 0) continue;
    const best = covering.reduce((a, b) => (isBetter(b, a) ? b : a));
    return { kind: 'covered', id, unit: best.unit, hull: best.hull, overhang: overhangOf(best.hull, box) };
  }
  return isLargeEnough ? { kind: 'no-unit-there' } : { kind: 'too-large', largest };
}

interface Candidate {
  readonly unit: LayerUnit['unit'];
  readonly hull: Field;
  /** From the unit's place to the middle of the box, in pixels along each axis, added up. */
  readonly distance: number;
}

/** The unit that stands nearest to the box's middle, and its neighbours, whose fields differ behind transposed layers. */
function candidatesOf(
  graph: Graph,
  shapes: Shapes,
  id: NodeId,
  placement: Placement,
  box: Field,
): readonly Candidate[] {
  const picture = pictureOf(graph);
  const [y, x] = [middle(box.h), middle(box.w)];
  const nearest = unitNear(placement, shapes[id]!, { y, x });
  const around = (at: number, axis: Axis) =>
    [at, at - 1, at + 1].filter((index) => index >= 0 && index < shapes[id]![dimensionOf(axis)]);
  // Rows and columns do not depend on each other, so that three fields hold those of all nine units.
  const along = (axis: Axis) =>
    around(axis === 'h' ? nearest.y : nearest.x, axis).flatMap((index) => {
      const unit = axis === 'h' ? { ...nearest, y: index } : { ...nearest, x: index };
      const hull = fieldsOf(graph, shapes, id, unitBox(unit))[picture];
      return hull
        ? [{ index, interval: hull[axis], distance: distance(placement, axis, index, axis === 'h' ? y : x) }]
        : [];
    });
  const columns = along('w');
  return along('h').flatMap((row) =>
    columns.map((column) => ({
      unit: { y: row.index, x: column.index },
      hull: { h: row.interval, w: column.interval },
      distance: row.distance + column.distance,
    })),
  );
}

function unitBox({ y, x }: LayerUnit['unit']): Field {
  return { h: { lo: y, hi: y }, w: { lo: x, hi: x } };
}

function distance({ jump, centre }: Placement, axis: Axis, index: number, to: number): number {
  const i = axis === 'h' ? 0 : 1;
  return Math.abs(centre[i] + index * jump[i] - to);
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const area = ({ hull }: Candidate) => sizeOf(hull.h) * sizeOf(hull.w);
  return area(a) < area(b) || (area(a) === area(b) && a.distance < b.distance);
}

function overhangOf(hull: Field, box: Field): PerSide {
  return {
    top: box.h.lo - hull.h.lo,
    bottom: hull.h.hi - box.h.hi,
    left: box.w.lo - hull.w.lo,
    right: hull.w.hi - box.w.hi,
  };
}

const middle = ({ lo, hi }: Interval) => (lo + hi) / 2;

const covers = (outer: Interval, inner: Interval) => outer.lo <= inner.lo && outer.hi >= inner.hi;

const isInside = ({ lo, hi }: Interval, size: number) => lo <= hi && lo >= 0 && hi < size;
