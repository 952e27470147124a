/**
 * The field of a layer on the picture, of all its units at once: what holds for every unit (size, jump, start, padding, whether its branches
 * are aligned), and where units differ, which.
 */
import { sizeOf } from '../../math/intervals.ts';
import type { Axis, Pair, PerSide } from '../../operators/operator.ts';
import { dimensionOf, rangeTo } from '../../operators/tensors.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type Misalignment, misalignmentsOf } from './alignment.ts';
import { type FieldOnPicture, fieldOnPicture, phasesBefore } from './fieldOnPicture.ts';
import { countOf, union } from './positions.ts';
import { type Field, fieldsOf } from './receptiveField.ts';
import { type NodeField, regionsOf, type Unit, unitField } from './unitField.ts';

/** Units of a layer that see equally much along one axis; those of other phases see more or less. */
export interface Phase {
  /** Rows (columns) from the first to the last that such a unit reads, and how many of them it reads, in the middle of the picture. */
  readonly size: number;
  readonly read: number;
  /** Their indices modulo the number of phases; all together 0, 1, ... in groups of equal size. */
  readonly phases: readonly number[];
}

export interface LayerField extends FieldOnPicture {
  /** The middle of unit 0's field, in pixel indices; an even size has it between two pixels. */
  readonly centre: Pair;
  /**
   * The padding that all layers together amount to, in rows and columns of the picture: how far the first unit's field reaches out at the
   * top and left, the last one's at the bottom and right. Negative where the outermost pixels are not read.
   */
  readonly padding: PerSide;
  /** The joins on the way whose branches stand apart; empty: aligned. */
  readonly misalignments: readonly Misalignment[];
  /** Empty where all units see equally much; behind transposed layers, pixel shuffles and resizing they need not. */
  readonly phases: { readonly h: readonly Phase[]; readonly w: readonly Phase[] };
  /**
   * Sees nothing new along this axis: the central unit of each layer that this one reads already had all rows (columns) of the picture in
   * its field.
   */
  readonly exceedsInput: { readonly h: boolean; readonly w: boolean };
  /** What the central unit reads: pixels of its box that are `unread` are those that gridding leaves out. */
  readonly central: NodeField | null;
  /** As of `UnitField`, for the central unit. */
  readonly wholeImage: readonly NodeId[];
}

/** The input that stands for the photo: the first of the graph. */
export function pictureOf(graph: Graph): NodeId {
  const picture = graph.nodes.find(({ operator }) => operator.kind === 'input');
  if (!picture) throw new Error('a graph without an input has no picture');
  return picture.id;
}

/** `shapes` as `inferShapes` gives them; null for a layer that reads nothing of the picture. */
export function layerField(graph: Graph, shapes: Shapes, id: NodeId): LayerField | null {
  const picture = pictureOf(graph);
  const field = fieldOnPicture(graph, shapes, id, picture);
  if (!field) return null;
  const [, , height, width] = shapes[id]!;
  const [, , rows, columns] = shapes[picture]!;
  const first = hullOf(graph, shapes, id, { y: 0, x: 0 }, picture)!;
  const last = hullOf(graph, shapes, id, { y: height - 1, x: width - 1 }, picture)!;
  const { nodes, wholeImage } = unitField(graph, shapes, id, centralUnit(shapes, id));
  return {
    ...field,
    centre: [(first.h.lo + first.h.hi) / 2, (first.w.lo + first.w.hi) / 2],
    padding: {
      top: 0 - first.h.lo,
      left: 0 - first.w.lo,
      bottom: last.h.hi - rows + 1,
      right: last.w.hi - columns + 1,
    },
    misalignments: misalignmentsOf(graph, shapes, id, picture),
    phases: { h: phasesAlong(graph, shapes, id, 'h'), w: phasesAlong(graph, shapes, id, 'w') },
    exceedsInput: exceedsInput(graph, shapes, id),
    central: nodes[picture] ?? null,
    wholeImage,
  };
}

function centralUnit(shapes: Shapes, id: NodeId): Unit {
  const [, , height, width] = shapes[id]!;
  return { y: Math.floor(height / 2), x: Math.floor(width / 2) };
}

function hullOf(graph: Graph, shapes: Shapes, id: NodeId, { y, x }: Unit, picture: NodeId): Field | undefined {
  return fieldsOf(graph, shapes, id, { h: { lo: y, hi: y }, w: { lo: x, hi: x } })[picture];
}

/** As of `LayerField`, by itself: cheap enough for every layer of a network. */
export function exceedsInput(graph: Graph, shapes: Shapes, id: NodeId): LayerField['exceedsInput'] {
  const picture = pictureOf(graph);
  const inputs = graph.nodes.find((node) => node.id === id)?.inputs ?? [];
  const below = inputs.map((input) => hullOf(graph, shapes, input, centralUnit(shapes, input), picture));
  const along = (axis: Axis) => {
    const size = shapes[picture]![dimensionOf(axis)];
    return below.length > 0 && below.every((hull) => hull && hull[axis].lo <= 0 && hull[axis].hi >= size - 1);
  };
  return { h: along('h'), w: along('w') };
}

function phasesAlong(graph: Graph, shapes: Shapes, id: NodeId, axis: Axis): readonly Phase[] {
  const picture = pictureOf(graph);
  const size = shapes[id]![dimensionOf(axis)];
  const count = Math.min(size, phasesBefore(graph, shapes, id)[axis === 'h' ? 0 : 1]);
  if (count === 1) return [];
  // Away from the border, where fields are not cut off; a multiple of the number of phases on.
  const first = Math.floor((size - count) / 2 / count) * count;
  const central = centralUnit(shapes, id);
  const groups = new Map<string, { size: number; read: number; phases: number[] }>();
  for (const phase of rangeTo(count)) {
    const unit = axis === 'h' ? { ...central, y: first + phase } : { ...central, x: first + phase };
    const region = regionsOf(graph, shapes, id, unit).regions.get(picture) ?? [];
    const hull = hullOf(graph, shapes, id, unit, picture);
    const read = region.map(({ rows, columns }) => (axis === 'h' ? rows : columns));
    const seen = { size: hull ? sizeOf(hull[axis]) : 0, read: read.length > 0 ? countOf(read.reduce(union)) : 0 };
    const key = `${seen.size} ${seen.read}`;
    const group = groups.get(key) ?? { ...seen, phases: [] };
    group.phases.push(phase);
    groups.set(key, group);
  }
  return groups.size === 1 ? [] : [...groups.values()];
}
