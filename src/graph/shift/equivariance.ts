/**
 * Does moving the photo move the maps? The maps of the moved photo, less the moved maps of the photo: f(T x) - T' f(x), away from what came in
 * at the border. A convolution gives 0 for shifts by multiples of its stride; other shifts fall between its outputs and show the aliasing
 * of the stride (Zhang, "Making Convolutional Networks Shift-Invariant Again", ICML 2019); a fully connected layer knows no place.
 */
import type { Interval } from '../../math/intervals.ts';
import type { Axis, HostTensor } from '../../operators/operator.ts';
import { dimensionOf, everyElement, rangeTo } from '../../operators/tensors.ts';
import { type Field, fieldsOf } from '../field/receptiveField.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { jumpOf } from './jump.ts';

/** Whole pixels, positive downwards and to the right. */
export interface Shift {
  readonly dy: number;
  readonly dx: number;
}

/** The tensor moved by the shift; 0 comes in. */
export function shifted({ shape, values }: HostTensor, { dy, dx }: Shift): HostTensor<Float64Array> {
  const [, , height, width] = shape;
  const moved = new Float64Array(values.length);
  everyElement(shape, (_n, _c, y, x, index) => {
    const isInside = y - dy >= 0 && y - dy < height && x - dx >= 0 && x - dx < width;
    if (isInside) moved[index] = values[index - dy * width - dx]!;
  });
  return { shape, values: moved };
}

/** Where maps are compared, and how far they are moved for it. */
export interface Comparison {
  /** The shift in output pixels, rounded to whole ones. */
  readonly by: Shift;
  /** The shift is a multiple of the jump: nothing was rounded. */
  readonly isOnGrid: boolean;
  /**
   * 'interior': outputs that read, before and after, pixels of the photo alone, neither padding nor what came in. 'overlap': there are none
   * (a unit reads the whole image); all outputs that the moved maps cover.
   */
  readonly region: 'interior' | 'overlap';
  readonly field: Field;
}

/** How the maps of node `id` are compared after a shift of the input `input`. */
export function comparisonOf(graph: Graph, shapes: Shapes, id: NodeId, input: NodeId, shift: Shift): Comparison {
  const along = (axis: Axis, d: number) => {
    const [size, outputs] = [shapes[input]![dimensionOf(axis)], shapes[id]![dimensionOf(axis)]];
    // Maps that do not follow their input's rows by rule (fully connected ones) are taken to lie evenly over it; one output cannot move.
    const jump = jumpOf(graph, shapes, id, axis) ?? (outputs > 1 ? size / outputs : Number.POSITIVE_INFINITY);
    const by = Math.round(d / jump) + 0;
    const overlap = { lo: Math.max(0, by), hi: Math.min(outputs - 1, outputs - 1 + by) };
    return { by, isOnGrid: by * jump === d || d === 0, overlap, interior: interiorAlong(axis, d, by, overlap) };
  };
  const interiorAlong = (axis: Axis, d: number, by: number, overlap: Interval): Interval => {
    const isWithin = ({ lo, hi }: Interval, node: NodeId) => lo >= 0 && hi < shapes[node]![dimensionOf(axis)];
    const fieldsAt = (u: number) => fieldsOf(graph, shapes, id, { h: { lo: u, hi: u }, w: { lo: u, hi: u } });
    const readsMaps = (u: number) => Object.entries(fieldsAt(u)).every(([node, field]) => isWithin(field[axis], node));
    const isInterior = (u: number) => {
      const field = fieldsAt(u)[input]?.[axis];
      if (!field) return false;
      return readsMaps(u) && readsMaps(u - by) && isWithin({ lo: field.lo - d, hi: field.hi - d }, input);
    };
    const inside = rangeTo(Math.max(0, overlap.hi - overlap.lo + 1))
      .map((i) => overlap.lo + i)
      .filter(isInterior);
    return { lo: inside[0] ?? 0, hi: inside.at(-1) ?? -1 };
  };
  const h = along('h', shift.dy);
  const w = along('w', shift.dx);
  const hasInterior = h.interior.hi >= h.interior.lo && w.interior.hi >= w.interior.lo;
  return {
    by: { dy: h.by, dx: w.by },
    isOnGrid: h.isOnGrid && w.isOnGrid,
    region: hasInterior ? 'interior' : 'overlap',
    field: hasInterior ? { h: h.interior, w: w.interior } : { h: h.overlap, w: w.overlap },
  };
}

export interface EquivarianceError extends Comparison {
  /** |maps of the moved photo - moved maps|, at most. */
  readonly largest: number;
  /** Root mean square of the difference over that of the maps, in the region; 0 where both are 0. */
  readonly relative: number;
  /** The difference, of the maps' shape; 0 outside the region. */
  readonly difference: HostTensor<Float64Array>;
}

/** The error from given arrays: the maps of the photo and those of the moved photo, [N, C, H, W]. */
export function equivarianceError(comparison: Comparison, before: HostTensor, after: HostTensor): EquivarianceError {
  const { by, field } = comparison;
  const [, , , width] = before.shape;
  const difference = new Float64Array(before.values.length);
  let [largest, squares, whole] = [0, 0, 0];
  everyElement(before.shape, (_n, _c, y, x, index) => {
    if (y < field.h.lo || y > field.h.hi || x < field.w.lo || x > field.w.hi) return;
    const moved = before.values[index - by.dy * width - by.dx]!;
    const error = after.values[index]! - moved;
    difference[index] = error;
    largest = Math.max(largest, Math.abs(error));
    squares += error * error;
    whole += moved * moved;
  });
  const relative = squares === 0 ? 0 : Math.sqrt(squares / whole);
  return { ...comparison, largest, relative, difference: { shape: before.shape, values: difference } };
}

/** The error of node `id` by the float64 reference: two runs of the network. `input` names the photo's node. */
export function measuredEquivariance(
  { graph, id, input }: { readonly graph: Graph; readonly id: NodeId; readonly input: NodeId },
  photo: HostTensor,
  parameters: GraphParameters,
  shift: Shift,
): EquivarianceError {
  const shapes = inferShapes(graph, { [input]: photo.shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const mapsOf = (tensor: HostTensor) => runReference(graph, { [input]: tensor }, parameters)[id]!.output;
  const comparison = comparisonOf(graph, shapes.value, id, input, shift);
  return equivarianceError(comparison, mapsOf(photo), mapsOf(shifted(photo, shift)));
}
