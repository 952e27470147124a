/**
 * The receptive field of a layer's units on the picture that the network reads, as three numbers for each axis:
 *
 *   size   rows (columns) from the first to the last that a unit reads, over all paths; where units differ (behind a transposed layer,
 *          in pooling to a given size) that of the largest
 *   jump   rows of the picture between the fields of neighbouring units: the product of the strides on the way, a transposed layer's
 *          counting as 1 / stride
 *   start  the first row that unit 0 reads; negative in the padding
 *
 * (Araujo et al., Computing receptive fields of convolutional neural networks, Distill 2019.) A layer that reads whole maps, as global
 * pooling does, sees the picture and as much padding around it as the layers before.
 */
import { sizeOf } from '../../math/intervals.ts';
import type { Operator } from '../../operators/index.ts';
import type { Axis, Pair, Shape, Surroundings } from '../../operators/operator.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { lineAlong } from './place.ts';
import { fieldsOf } from './receptiveField.ts';

export interface FieldOnPicture {
  readonly size: Pair;
  readonly jump: Pair;
  readonly start: Pair;
}

/** Units whose fields may differ in size; more than so many are not looked at one by one. */
const mostPhases = 64;

/** Of the units of node `id` on node `picture`, an input; null where it reads none of it. */
export function fieldOnPicture(graph: Graph, shapes: Shapes, id: NodeId, picture: NodeId): FieldOnPicture | null {
  const [, , height, width] = shapes[id]!;
  const [phasesH, phasesW] = phasesBefore(graph, shapes, id);
  const count = Math.max(Math.min(height, phasesH), Math.min(width, phasesW));
  const fields = Array.from({ length: count }, (_, unit) => {
    const [y, x] = [Math.min(unit, height - 1), Math.min(unit, width - 1)];
    return fieldsOf(graph, shapes, id, { h: { lo: y, hi: y }, w: { lo: x, hi: x } })[picture];
  });
  const known = fields.filter((field) => field !== undefined);
  const [first] = known;
  if (!first) return null;
  const largest = (axis: Axis) => Math.max(...known.map((field) => sizeOf(field[axis])));
  return {
    size: [largest('h'), largest('w')],
    jump: [jumpOf(graph, shapes, id, 'h'), jumpOf(graph, shapes, id, 'w')],
    start: [first.h.lo, first.w.lo],
  };
}

/** After how many units along each axis sizes repeat, by the layers on the way. */
export function phasesBefore({ nodes }: Graph, shapes: Shapes, id: NodeId): Pair {
  const reached = new Set([id]);
  const phases: [number, number] = [1, 1];
  for (const { id: node, operator, inputs } of nodes.toReversed()) {
    if (!reached.has(node)) continue;
    for (const input of inputs) reached.add(input);
    const [h, w] = phasesOf(operator, shapes[node]!);
    phases[0] = Math.min(mostPhases, phases[0] * h);
    phases[1] = Math.min(mostPhases, phases[1] * w);
  }
  return phases;
}

/** After how many units the fields of an operator's outputs repeat. */
export function phasesOf(operator: Operator, [, , height, width]: Shape): Pair {
  switch (operator.kind) {
    case 'conv_transpose2d':
      return operator.stride;
    case 'depth_to_space':
      return [operator.block, operator.block];
    case 'adaptive_pool2d':
    case 'resize':
      return [height, width];
    default:
      return [1, 1];
  }
}

function jumpOf({ nodes }: Graph, shapes: Shapes, id: NodeId, axis: Axis): number {
  const jumps = new Map<NodeId, Pair>();
  for (const { id: node, operator, inputs } of nodes) {
    const around = { inputs: inputs.map((input) => shapes[input]!), output: shapes[node]! };
    const jump = jumpThrough(operator, inputs, around, axis, jumps);
    jumps.set(node, [jump, jump]);
    if (node === id) return jump;
  }
  throw new Error(`no node '${id}'`);
}

/** The jump behind an operator from those of what it reads. */
export function jumpThrough(
  operator: Operator,
  inputs: readonly NodeId[],
  around: Surroundings,
  axis: Axis,
  jumps: ReadonlyMap<NodeId, Pair>,
): number {
  const dimension = dimensionOf(axis);
  // Where maps of several sizes meet, those are followed that set the size of the result.
  const from = Math.max(
    around.inputs.findIndex((shape) => shape[dimension] === around.output[dimension]),
    0,
  );
  const input = inputs[from];
  if (input === undefined) return 1;
  const before = jumps.get(input)?.[axis === 'h' ? 0 : 1] ?? 1;
  return before * (lineAlong(operator, axis, from, around)?.scale ?? 1);
}
