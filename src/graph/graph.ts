/**
 * A network as data: nodes in topological order, each an operator and the nodes that it reads. Shapes, fields, costs, code,
 * links and execution are functions of it.
 */
import type { Operator } from '../operators/index.ts';
import type { ParameterValues } from '../operators/operator.ts';
import type { Distribution } from './weights/filterState.ts';

export type NodeId = string;

export interface GraphNode {
  readonly id: NodeId;
  readonly operator: Operator;
  /** The nodes whose outputs this one reads, in the operator's order; each stands before this node. */
  readonly inputs: readonly NodeId[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
}

/** The learned tensors of a graph's nodes. A new object means new values: engines upload again only then. */
export type GraphParameters = Readonly<Record<NodeId, ParameterValues>>;

/** How to draw the learned tensors of a node (`weights/drawnParameters.ts`). Biases are 0; norms scale by 1 and shift by 0; slopes of PReLU are PyTorch's 0.25. */
export interface DrawnParameters {
  readonly kind: 'drawn';
  readonly distribution: Distribution;
  /** A 32-bit integer. */
  readonly seed: number;
  /** Which of the seed's streams, a 32-bit integer: one for each node (`streamOf`). Absent: the seed's own numbers, those of Explore's filters. */
  readonly stream?: number;
}

/**
 * Learned tensors that an engine holds: of each the `input` node of the same graph whose first values, planar, are the tensor's in
 * PyTorch's order. What stands behind them there (an optimiser's state) is not read.
 */
export interface HeldParameters {
  readonly kind: 'held';
  readonly weight: NodeId;
  readonly bias: NodeId | null;
  /** Statistics of batch norm, as numbers: training has none that it multiplies by. */
  readonly runningMean?: Float32Array;
  readonly runningVar?: Float32Array;
}

/** The learned tensors of one node: their values, how an engine draws them by itself, or which of its tensors they are. */
export type NodeParameters = ParameterValues | DrawnParameters | HeldParameters;

/** What an engine runs a graph with. A new object means new values here too. */
export type RunParameters = Readonly<Record<NodeId, NodeParameters>>;

/** Those that can be looked at one by one: values, or how they are drawn, where each is known without the others. */
export type LayerParameters = Readonly<Record<NodeId, ParameterValues | DrawnParameters>>;

/** The values of a node's learned tensors; null where it has none, or they are drawn. */
export function valuesIn(parameters: LayerParameters, id: NodeId): ParameterValues | null {
  const given = parameters[id];
  return !given || isDrawn(given) ? null : given;
}

/** Whether parameters are a recipe and no values. */
export function isDrawn(parameters: NodeParameters): parameters is DrawnParameters {
  return 'kind' in parameters && parameters.kind === 'drawn';
}

/** Whether parameters are tensors of the engine. */
export function isHeld(parameters: NodeParameters): parameters is HeldParameters {
  return 'kind' in parameters && parameters.kind === 'held';
}
