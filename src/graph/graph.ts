/**
 * A network as data: nodes in topological order, each an operator and the nodes that it reads. Shapes, fields, costs, code,
 * links and execution are functions of it.
 */
import type { Operator } from '../operators/index.ts';
import type { ParameterValues } from '../operators/operator.ts';

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
