/** What growth is about: the sizes of a layer, C H W K² N, and a layer as a function of them. */
import type { Shape } from '../../operators/operator.ts';
import type { Graph, NodeId } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';

/** A valid network with one node of kind `input`, and the shape of what it reads. */
export interface SizedNetwork {
  readonly graph: Graph;
  readonly input: Shape;
}

/** 'side' is the width of the image; its height goes with it. */
export const growthVariables = ['kernel', 'inChannels', 'outChannels', 'side'] as const;
export type GrowthVariable = (typeof growthVariables)[number];

export function inputOf(graph: Graph): NodeId {
  const node = graph.nodes.find(({ operator }) => operator.kind === 'input');
  if (!node) throw new Error('the network has no input');
  return node.id;
}

/** Throws where the network is not valid. */
export function shapesOf({ graph, input }: SizedNetwork): Shapes {
  const shapes = inferShapes(graph, { [inputOf(graph)]: input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

/** A layer as a function of its sizes: a network of any kind (`varied.ts`), or a column of a comparison (`columnSizes.ts`). */
export interface Resizable {
  /** What the size is now; null where the layer has none (a kernel where there is none). */
  present(variable: GrowthVariable): number | null;
  /** The layer with one size changed and the others kept; null where there is no such layer. */
  resized(variable: GrowthVariable, value: number): SizedNetwork | null;
}
