/** The field on the way to a layer: how it grows along the main path, and one unit's boxes nested in each other on the picture. */
import { clipTo } from '../../math/intervals.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type FieldOnPicture, fieldOnPicture } from './fieldOnPicture.ts';
import { pictureOf } from './layerField.ts';
import { mainPath, unitsAlong } from './mainPath.ts';
import { perNetwork } from './perNetwork.ts';
import { type Field, fieldsOf } from './receptiveField.ts';
import type { Unit } from './unitField.ts';

export interface GrowthStep {
  readonly id: NodeId;
  readonly size: Pair;
  readonly jump: Pair;
  /** Along each axis: is the field larger than that of all layers before it on the path? */
  readonly grew: readonly [h: boolean, w: boolean];
}

const fieldsKnown = perNetwork(() => new Map<NodeId, FieldOnPicture | null>());

/** As `fieldOnPicture`, kept for the next time. */
export function keptFieldOnPicture(graph: Graph, shapes: Shapes, id: NodeId): FieldOnPicture | null {
  const known = fieldsKnown(graph, shapes);
  const field = known.get(id) ?? fieldOnPicture(graph, shapes, id, pictureOf(graph));
  known.set(id, field);
  return field;
}

/** The layers from the picture, which is none of them, to node `id` along the main path. */
export function fieldGrowth(graph: Graph, shapes: Shapes, id: NodeId): readonly GrowthStep[] {
  const picture = pictureOf(graph);
  const steps: GrowthStep[] = [];
  let largest: Pair = [1, 1];
  for (const { id: node } of mainPath(graph, shapes, id)) {
    const field = node === picture ? null : keptFieldOnPicture(graph, shapes, node);
    if (!field) continue;
    const { size, jump } = field;
    steps.push({ id: node, size, jump, grew: [size[0] > largest[0], size[1] > largest[1]] });
    largest = [Math.max(size[0], largest[0]), Math.max(size[1], largest[1])];
  }
  return steps;
}

export interface NestedField {
  readonly id: NodeId;
  readonly unit: Unit;
  /** On the picture, and its part inside it. */
  readonly hull: Field;
  readonly box: Field;
}

/**
 * Of every layer on the main path to node `id`, the picture left out, the field on the picture of the unit that stands where `unit` of node
 * `id` stands, which is the last.
 */
export function nestedFields(graph: Graph, shapes: Shapes, id: NodeId, unit: Unit): readonly NestedField[] {
  const picture = pictureOf(graph);
  const [, , height, width] = shapes[picture]!;
  return unitsAlong(graph, shapes, id, unit).flatMap((layer) => {
    const { y, x } = layer.unit;
    const hull = fieldsOf(graph, shapes, layer.id, { h: { lo: y, hi: y }, w: { lo: x, hi: x } })[picture];
    if (layer.id === picture || !hull) return [];
    return [{ ...layer, hull, box: { h: clipTo(hull.h, height), w: clipTo(hull.w, width) } }];
  });
}
