/** A row moved among the rows: past a whole neighbour row, behind a row that it is dropped on, with all layers that it holds. */
import type { Graph, NodeId } from '../../../graph/graph.ts';
import { type Edited, move } from '../../../graph/network/edit.ts';
import type { OperatorError, Result } from '../../../operators/operator.ts';
import type { TableRow } from '../../../views/network/table/rows.ts';

export const idsOf = ({ nodes }: TableRow): ReadonlySet<NodeId> => new Set(nodes.map(({ id }) => id));

/** What is read of a row from outside it: its last node that is, else its last. */
export function outputOf(graph: Graph, row: TableRow): NodeId {
  const inside = idsOf(row);
  const read = new Set(graph.nodes.filter(({ id }) => !inside.has(id)).flatMap(({ inputs }) => inputs));
  const output = row.nodes.findLast(({ id }) => read.has(id)) ?? row.nodes.at(-1);
  return output!.id;
}

/** Behind row `target`. */
export function moveBehind(graph: Graph, row: TableRow, target: TableRow): Result<Edited> {
  return move(graph, idsOf(row), outputOf(graph, target));
}

/**
 * Past the row that reads it (`1`) or that it reads (`-1`), of all rows that could be passed; refused at the ends of the network and for
 * what belongs to the row itself.
 */
export function movePast(graph: Graph, rows: readonly TableRow[], row: TableRow, step: 1 | -1): Result<Edited> {
  const own = idsOf(row);
  const source = row.nodes.flatMap(({ inputs }) => inputs).find((id) => !own.has(id));
  const output = outputOf(graph, row);
  const neighbour =
    step === 1 ? graph.nodes.find(({ id, inputs }) => !own.has(id) && inputs.includes(output))?.id : source;
  const passed = neighbour === undefined ? undefined : rows.find((each) => holds(each, neighbour, own));
  if (!passed || source === undefined) return refused(row.key);
  if (step === 1) return moveBehind(graph, row, passed);
  const inside = idsOf(passed);
  const entry = passed.nodes.flatMap(({ id, inputs }) => inputs.map((input) => ({ id, input })));
  const first = entry.find(({ input }) => !inside.has(input));
  if (!first) return refused(row.key);
  const readers = entry.filter(({ input }) => input === first.input);
  return move(graph, own, first.input, readers.length === 1 ? readers[0]!.id : null);
}

/** The outermost row that holds a node and nothing of the row that moves. */
function holds({ nodes, ...row }: TableRow, id: NodeId, own: ReadonlySet<NodeId>): boolean {
  // An open block is passed layer by layer.
  if (row.kind === 'block' && row.isOpen) return false;
  return nodes.some((node) => node.id === id) && !nodes.some((node) => own.has(node.id));
}

function refused(node: string): Result<never> {
  const error: OperatorError = {
    code: 'not-movable',
    values: { node },
    message: `'${node}' cannot be moved any further`,
  };
  return { ok: false, error };
}
