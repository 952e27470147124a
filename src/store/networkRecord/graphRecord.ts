/**
 * A network as a small JSON value, for links, files and the record of a tab: a built-in architecture by its name, any other node by node,
 * without defaults and without what the order says. Reading holds every number to its bounds; a node that cannot be read is left out,
 * its readers read through, and the reason is handed back.
 */

import { ArchitectureError } from '../../graph/architectures/builder.ts';
import type { ArchitectureName } from '../../graph/architectures/index.ts';
import { architecture, isArchitectureName } from '../../graph/architectures/index.ts';
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import { isOperatorKind, operatorOf, saidAttributes } from '../../graph/network/attributes/values.ts';
import { without } from '../../graph/network/edit.ts';
import { rulesOf } from '../../operators/index.ts';
import type { OperatorError, Shape } from '../../operators/operator.ts';
import { fieldsOf, listOf, readMatch } from '../fields.ts';

/**
 * [id, kind, attributes, inputs]. Inputs are distances back, 1 for the node before; a node that reads that one alone leaves them out,
 * and then attributes without any entry too.
 */
type NodeRecord = readonly [NodeId, string, Readonly<Record<string, unknown>>?, (readonly number[])?];

export type GraphRecord =
  | { readonly architecture: ArchitectureName; readonly classes: number }
  | { readonly nodes: readonly NodeRecord[] };

/** Why a node was left out. */
export interface Dropped {
  readonly node: NodeId;
  readonly error: OperatorError;
}

export interface ReadGraph {
  readonly graph: Graph;
  readonly dropped: readonly Dropped[];
}

/** The most nodes that are read: EfficientNet-B7 has 813. */
export const mostNodes = 4096;
const mostClasses = 65536;
const idPattern = /^[A-Za-z0-9_][\w.-]{0,99}$/;

/** `made`: the architecture that the network was made as, where it was; it is named when the network is still that. */
export function writeGraph(
  graph: Graph,
  made: { readonly name: ArchitectureName; readonly input: Shape } | null,
): GraphRecord {
  if (made) {
    const classes = classesOf(graph);
    if (isSame(graph, builtIn(made.name, made.input, classes))) return { architecture: made.name, classes };
  }
  const places = new Map(graph.nodes.map(({ id }, i) => [id, i]));
  return {
    nodes: graph.nodes.map(({ id, operator, inputs }, i): NodeRecord => {
      const attributes = saidAttributes(operator);
      const back = inputs.map((input) => i - places.get(input)!);
      const isImplied = operator.kind === 'input' || (back.length === 1 && back[0] === 1);
      if (!isImplied) return [id, operator.kind, attributes, back];
      return Object.keys(attributes).length === 0 ? [id, operator.kind] : [id, operator.kind, attributes];
    }),
  };
}

/** What the last layer gives: the classes of every architecture. */
function classesOf({ nodes }: Graph): number {
  const last = nodes.findLast(({ operator }) => operator.kind === 'linear' || operator.kind === 'conv2d')?.operator;
  if (last?.kind === 'linear') return last.outFeatures;
  return last?.kind === 'conv2d' ? last.outChannels : 1;
}

function builtIn(name: ArchitectureName, input: Shape, classes: number): Graph | null {
  try {
    return architecture(name, input, classes);
  } catch (error) {
    if (error instanceof ArchitectureError) return null;
    throw error;
  }
}

function isSame(a: Graph, b: Graph | null): boolean {
  return b !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** The network of a record of unknown origin for pictures of `input`, [N, C, H, W]; null where it is none at all. */
export function readGraph(record: unknown, input: Shape): ReadGraph | null {
  const fields = fieldsOf(record);
  if (!fields) return null;
  const { architecture: name, classes } = fields;
  if (typeof name === 'string' && isArchitectureName(name)) {
    const count = typeof classes === 'number' && Number.isSafeInteger(classes) && classes > 0 ? classes : 1000;
    const graph = builtIn(name, input, Math.min(count, mostClasses));
    return graph && { graph, dropped: [] };
  }
  const nodes = listOf(fields.nodes).slice(0, mostNodes);
  return nodes.length === 0 ? null : readNodes(nodes);
}

function readNodes(records: readonly unknown[]): ReadGraph {
  const nodes: GraphNode[] = [];
  const dropped: Dropped[] = [];
  // The id at every place of the record; null where the place itself cannot be read.
  const ids: (NodeId | null)[] = [];
  const lost = new Set<NodeId>();
  for (const record of records) {
    const [rawId, kind, attributes, back = [1]] = listOf(record);
    const id = readMatch(rawId, idPattern);
    // No layer is called as what every object has.
    const isNew = id !== null && !(id in {}) && !ids.includes(id);
    ids.push(isNew ? id : null);
    if (!isNew) {
      dropped.push(left(String(rawId).slice(0, 100), 'node-id', 'has no name of its own'));
      continue;
    }
    const inputs = kind === 'input' ? [] : listOf(back).map((distance) => at(ids, distance));
    const known = inputs.filter((input) => input !== null);
    const read = isOperatorKind(kind) ? operatorOf(kind, fieldsOf(attributes) ?? {}) : null;
    const problem =
      read === null
        ? left(id, 'unknown-operator', `is of no known kind: '${String(kind)}'`)
        : 'wrong' in read
          ? left(id, 'attribute-bounds', `has no valid ${read.wrong}`, { attribute: read.wrong })
          : known.length < inputs.length || !readsEnough(read.operator, known.length)
            ? left(id, 'wrong-arity', 'reads what is not there')
            : null;
    if (problem) dropped.push(problem);
    const operator = !problem && read && 'operator' in read ? read.operator : null;
    // What cannot be read stands in as something to read through, until all that reads it is known.
    if (operator) nodes.push({ id, operator, inputs: known });
    else if (known.length > 0) {
      nodes.push({ id, operator: { kind: 'dropout', p: 0 }, inputs: known.slice(0, 1) });
      lost.add(id);
    } else ids[ids.length - 1] = null;
  }
  return { graph: without({ nodes }, lost), dropped };
}

function at(ids: readonly (NodeId | null)[], distance: unknown): NodeId | null {
  if (typeof distance !== 'number' || !Number.isSafeInteger(distance) || distance < 1) return null;
  return ids[ids.length - 1 - distance] ?? null;
}

function readsEnough(operator: GraphNode['operator'], count: number): boolean {
  if (operator.kind === 'input') return count === 0;
  const arity = rulesOf(operator).arity(operator);
  return arity === null ? count > 0 : count === arity;
}

function left(node: NodeId, code: string, reason: string, values: OperatorError['values'] = {}): Dropped {
  return { node, error: { code, values: { ...values, node }, message: `'${node}' ${reason}` } };
}
