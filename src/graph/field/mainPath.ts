/**
 * The main path of a network, from the picture to a layer: of branches that meet the deepest, and never a gate, whose maps are smaller than
 * those that it scales. Along it every layer's units have one placement on the picture, which is how a person walks from layer to layer
 * and stays at the same place of the photo.
 */
import type { Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { onPicture, type Placement, placedThrough } from './place.ts';
import type { Unit } from './unitField.ts';

/** A place on the picture, in pixel indices; need not be whole. */
export interface Place {
  readonly y: number;
  readonly x: number;
}

/** The nodes from the picture to node `id`, both included, each read by the next. */
export function mainPath({ nodes }: Graph, shapes: Shapes, id: NodeId): readonly GraphNode[] {
  const depths = new Map<NodeId, number>();
  const byId = new Map<NodeId, GraphNode>();
  for (const node of nodes) {
    byId.set(node.id, node);
    depths.set(
      node.id,
      node.inputs.reduce((depth, input) => Math.max(depth, depths.get(input)! + 1), 0),
    );
  }
  const path: GraphNode[] = [];
  for (let node = byId.get(id); node; node = byId.get(node.inputs[mainInput(node, shapes, depths)] ?? ''))
    path.unshift(node);
  return path;
}

function mainInput({ id, operator, inputs }: GraphNode, shapes: Shapes, depths: ReadonlyMap<NodeId, number>): number {
  // Offsets say where a deformable layer reads, not what.
  if (operator.kind === 'deform_conv2d') return 0;
  const isGate = (input: NodeId) => isSmaller(shapes[input]!, shapes[id]!) && operator.kind === 'arithmetic';
  const rank = (input: NodeId) => (isGate(input) ? -1 : depths.get(input)!);
  return inputs.reduce((best, input, i) => (rank(input) > rank(inputs[best]!) ? i : best), 0);
}

function isSmaller([, , h, w]: Shape, [, , height, width]: Shape): boolean {
  return h < height || w < width;
}

/** The placement of node `id` on the picture, along the main path. */
export function placementOf(graph: Graph, shapes: Shapes, id: NodeId): Placement {
  return placementsAlong(mainPath(graph, shapes, id), shapes).at(-1)!;
}

/** Of every node of a main path. */
export function placementsAlong(path: readonly GraphNode[], shapes: Shapes): readonly Placement[] {
  const placements: Placement[] = [];
  for (const [n, { id, operator, inputs }] of path.entries()) {
    const below = placements.at(-1);
    const i = inputs.indexOf(path[n - 1]?.id ?? '');
    const around = { inputs: inputs.map((input) => shapes[input]!), output: shapes[id]! };
    placements.push((below && placedThrough(below, operator, i, around)) ?? below ?? onPicture);
  }
  return placements;
}

export function placeOf({ jump, centre }: Placement, { y, x }: Unit): Place {
  return { y: centre[0] + y * jump[0], x: centre[1] + x * jump[1] };
}

/** The unit of a map of `shape` that stands nearest to a place of the picture. */
export function unitNear({ jump, centre }: Placement, [, , height, width]: Shape, { y, x }: Place): Unit {
  const nearest = (at: number, axis: 0 | 1, size: number) =>
    Math.min(Math.max(Math.round((at - centre[axis]) / jump[axis]), 0), size - 1);
  return { y: nearest(y, 0, height), x: nearest(x, 1, width) };
}

/** The units of the layers along the main path to node `id` that stand where its `unit` stands; it is the last. */
export function unitsAlong(graph: Graph, shapes: Shapes, id: NodeId, unit: Unit): readonly LayerUnit[] {
  const path = mainPath(graph, shapes, id);
  const placements = placementsAlong(path, shapes);
  const place = placeOf(placements.at(-1)!, unit);
  return path.map((node, i) =>
    node.id === id ? { id, unit } : { id: node.id, unit: unitNear(placements[i]!, shapes[node.id]!, place) },
  );
}

export interface LayerUnit {
  readonly id: NodeId;
  readonly unit: Unit;
}

/**
 * The unit of the next layer (`direction` 1) or the one before (-1) that stands nearest to `place` on the picture: that of the unit that a
 * person started from, so that going there and back again ends where it began. Null behind the last layer and in front of the picture.
 * The next is the one on the network's main path, or, from a branch beside it, the first that reads the node.
 */
export function stepLayer(graph: Graph, shapes: Shapes, id: NodeId, place: Place, direction: 1 | -1): LayerUnit | null {
  const to = direction === 1 ? layerAfter(graph, shapes, id) : mainPath(graph, shapes, id).at(-2)?.id;
  return to === undefined ? null : { id: to, unit: unitNear(placementOf(graph, shapes, to), shapes[to]!, place) };
}

function layerAfter(graph: Graph, shapes: Shapes, id: NodeId): NodeId | undefined {
  const path = mainPath(graph, shapes, graph.nodes.at(-1)!.id);
  const at = path.findIndex((node) => node.id === id);
  return at >= 0 ? path[at + 1]?.id : graph.nodes.find(({ inputs }) => inputs.includes(id))?.id;
}
