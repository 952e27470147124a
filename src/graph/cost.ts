/** The price of a network: per node, and summed. `activationBytes` of the sum counts every node's output but the inputs. */
import { rulesOf } from '../operators/index.ts';
import type { Cost } from '../operators/operator.ts';
import type { Graph, NodeId } from './graph.ts';
import type { Shapes } from './infer.ts';

const free: Cost = { parameters: 0, macs: 0, usefulMacs: 0, activationBytes: 0 };

export interface GraphCost {
  readonly total: Cost;
  readonly nodes: Readonly<Record<NodeId, Cost>>;
}

/** Costs from the shapes that `inferShapes` found for the same graph. */
export function costOf(graph: Graph, shapes: Shapes): GraphCost {
  const nodes: Record<NodeId, Cost> = {};
  let total = free;
  for (const { id, operator, inputs } of graph.nodes) {
    if (operator.kind === 'input') {
      nodes[id] = free;
      continue;
    }
    const read = inputs.map((input) => {
      const shape = shapes[input];
      if (!shape) throw new Error(`no shape of node '${input}'`);
      return shape;
    });
    const cost = rulesOf(operator).cost(operator, read);
    nodes[id] = cost;
    total = {
      parameters: total.parameters + cost.parameters,
      macs: total.macs + cost.macs,
      usefulMacs: total.usefulMacs + cost.usefulMacs,
      activationBytes: total.activationBytes + cost.activationBytes,
    };
  }
  return { total, nodes };
}
