/**
 * Receptive fields over a network. As intervals, unclipped, by each operator's own rule (Araujo et al. 2019; over branches the
 * hull of all paths); and as exact sets of rows and columns, in which dilation and stride leave holes. What padding copies inside
 * the network is followed to the pixel it copies; zeros are followed no further.
 */
import type { Interval } from '../../math/intervals.ts';
import { sourceIndex } from '../../operators/conv2d/index.ts';
import { rulesOf } from '../../operators/index.ts';
import type { Axis, Shape, Surroundings } from '../../operators/operator.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

/** A box of a map; outside the map it is padding. */
export interface Field {
  readonly h: Interval;
  readonly w: Interval;
}

/** Rows and columns of a map, ascending; the set is every row crossed with every column. */
export interface PixelSet {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

function hull(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
}

/** The box of every node that box `field` of node `id` reads, through all paths; `id` itself included, unread nodes absent. */
export function fieldsOf(graph: Graph, shapes: Shapes, id: NodeId, field: Field): Readonly<Record<NodeId, Field>> {
  const fields: Record<NodeId, Field> = { [id]: field };
  for (const node of graph.nodes.toReversed()) {
    const output = fields[node.id];
    if (!output) continue;
    const rules = rulesOf(node.operator);
    const around = surroundingsOf(shapes, node.id, node.inputs);
    for (const [i, input] of node.inputs.entries()) {
      const [, , height, width] = shapeOf(shapes, input);
      const read: Field = {
        h: rules.inputInterval(node.operator, 'h', output.h, height, i, around),
        w: rules.inputInterval(node.operator, 'w', output.w, width, i, around),
      };
      const known = fields[input];
      fields[input] = known ? { h: hull(known.h, read.h), w: hull(known.w, read.w) } : read;
    }
  }
  return fields;
}

function ascending(values: Iterable<number>): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function shapeOf(shapes: Shapes, id: NodeId): Shape {
  const shape = shapes[id];
  if (!shape) throw new Error(`no shape of node '${id}'`);
  return shape;
}

function surroundingsOf(shapes: Shapes, id: NodeId, inputs: readonly NodeId[]): Surroundings {
  return { inputs: inputs.map((input) => shapeOf(shapes, input)), output: shapeOf(shapes, id) };
}

/**
 * The rows and columns of every node that the unit (y, x) of node `id` reads, holes left out. Positions outside a map are padding.
 * Exact along a chain; where branches meet, rows and columns are united separately.
 */
export function tapsThrough(
  graph: Graph,
  shapes: Shapes,
  id: NodeId,
  unit: { readonly y: number; readonly x: number },
): Readonly<Record<NodeId, PixelSet>> {
  const rows = positionsThrough(graph, shapes, id, 'h', unit.y);
  const columns = positionsThrough(graph, shapes, id, 'w', unit.x);
  const sets: Record<NodeId, PixelSet> = {};
  for (const [node, positions] of Object.entries(rows)) {
    sets[node] = { rows: positions, columns: columns[node] ?? [] };
  }
  return sets;
}

function positionsThrough(
  graph: Graph,
  shapes: Shapes,
  id: NodeId,
  axis: Axis,
  index: number,
): Record<NodeId, readonly number[]> {
  const read: Record<NodeId, readonly number[]> = { [id]: [index] };
  // The pixels of each map behind the positions read: what padding copies, without its zeros.
  const pixels: Record<NodeId, readonly number[]> = { [id]: [index] };
  for (const { id: node, operator, inputs } of graph.nodes.toReversed()) {
    const outputs = pixels[node];
    if (!outputs) continue;
    const rules = rulesOf(operator);
    const mode = operator.kind === 'conv2d' ? operator.paddingMode : 'zeros';
    const around = surroundingsOf(shapes, node, inputs);
    for (const [i, input] of inputs.entries()) {
      const size = shapeOf(shapes, input)[axis === 'h' ? 2 : 3];
      const positions = outputs.flatMap((output) => rules.reads(operator, axis, size, output, i, around));
      const sources = positions.map((at) => sourceIndex(at, size, mode)).filter((at) => at !== null);
      read[input] = ascending([...(read[input] ?? []), ...positions]);
      pixels[input] = ascending([...(pixels[input] ?? []), ...sources]);
    }
  }
  return read;
}

/** The rows and columns of every node whose units read pixel (y, x) of node `id`, through padding too; unreached nodes absent. */
export function readersOf(
  graph: Graph,
  shapes: Shapes,
  id: NodeId,
  pixel: { readonly y: number; readonly x: number },
): Readonly<Record<NodeId, PixelSet>> {
  const sets: Record<NodeId, PixelSet> = { [id]: { rows: [pixel.y], columns: [pixel.x] } };
  for (const { id: node, operator, inputs } of graph.nodes) {
    const rules = rulesOf(operator);
    const around = surroundingsOf(shapes, node, inputs);
    for (const [i, input] of inputs.entries()) {
      const read = sets[input];
      if (!read) continue;
      const [, , height, width] = shapeOf(shapes, input);
      const known = sets[node] ?? { rows: [], columns: [] };
      sets[node] = {
        rows: ascending([
          ...known.rows,
          ...read.rows.flatMap((row) => rules.readers(operator, 'h', height, row, i, around)),
        ]),
        columns: ascending([
          ...known.columns,
          ...read.columns.flatMap((column) => rules.readers(operator, 'w', width, column, i, around)),
        ]),
      };
    }
  }
  return sets;
}
