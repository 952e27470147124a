/** Whether a list of nodes is a network: unique ids, every input known and standing before its reader, the right number of inputs. */
import { rulesOf } from '../operators/index.ts';
import type { OperatorError, Result } from '../operators/operator.ts';
import type { Graph } from './graph.ts';

/** The graph itself, or the first thing that is wrong with it. */
export function validateGraph(graph: Graph): Result<Graph> {
  const all = new Set(graph.nodes.map((node) => node.id));
  const before = new Set<string>();
  for (const { id, operator, inputs } of graph.nodes) {
    if (before.has(id)) return refuse('duplicate-node', `node '${id}' stands twice in the graph`, { id });
    const arity = rulesOf(operator).arity(operator);
    if (arity === null ? inputs.length === 0 : inputs.length !== arity) {
      const message = `${operator.kind} '${id}' reads ${arity ?? 'one or more'} tensor(s), but got ${inputs.length}`;
      return refuse('wrong-arity', message, { id, expected: arity ?? 1, got: inputs.length });
    }
    for (const input of inputs) {
      if (!all.has(input)) return refuse('unknown-node', `node '${id}' reads unknown node '${input}'`, { id, input });
      if (!before.has(input))
        return refuse('not-in-order', `node '${id}' reads '${input}', which does not stand before it`, { id, input });
    }
    before.add(id);
  }
  return { ok: true, value: graph };
}

function refuse(code: string, message: string, values: OperatorError['values']): Result<Graph> {
  return { ok: false, error: { code, message, values } };
}
