/**
 * A network without its skips, or with one around every convolution that keeps the shape of its maps where it has none. A skip of a sum is
 * every branch but the one with the most windows; of a concatenation, what another of its inputs is computed from.
 */
import type { Graph, GraphNode, NodeId } from '../../graph.ts';
import { insertAfter, single } from '../../network/edit.ts';
import { readersOf } from '../../network/order.ts';
import type { Network } from '../../price/refit.ts';
import { identity } from './activation.ts';
import { type Alteration, unaltered } from './alteration.ts';
import { refitted } from './refitted.ts';

export function alterSkip(network: Network, layer: NodeId): Alteration {
  const removed = withoutSkips(network.graph);
  if (removed.count > 0) return refitted(removed.graph, network, layer, { way: 'removed', count: removed.count });
  const { graph, count, last } = withSkips(network, layer);
  if (count === 0) return unaltered('no-equal-shapes');
  return refitted(graph, network, last, { way: 'added', count });
}

/** How many windows wider than a pixel stand on the longest way to each node, and all nodes that it is computed from. */
function pathsOf({ nodes }: Graph) {
  const windows = new Map<NodeId, number>();
  const sources = new Map<NodeId, ReadonlySet<NodeId>>();
  for (const { id, operator, inputs } of nodes) {
    const isWide = 'kernelSize' in operator && Math.max(...operator.kernelSize) > 1;
    windows.set(id, Math.max(0, ...inputs.map((input) => windows.get(input)!)) + (isWide ? 1 : 0));
    sources.set(id, new Set(inputs.flatMap((input) => [input, ...sources.get(input)!])));
  }
  return { windows, sources };
}

function withoutSkips(graph: Graph): { readonly graph: Graph; readonly count: number } {
  const { windows, sources } = pathsOf(graph);
  let count = 0;
  const nodes = graph.nodes.map((node): GraphNode => {
    const { operator, inputs } = node;
    const isSum = operator.kind === 'arithmetic' && operator.function === 'add' && inputs.length === 2;
    const isSideBySide = operator.kind === 'concat' && operator.axis === 1;
    const left = isSum
      ? deepest(inputs, windows)
      : isSideBySide
        ? inputs.filter((input) => !inputs.some((other) => sources.get(other)!.has(input)))
        : inputs;
    if (left.length === inputs.length) return node;
    count++;
    return { ...node, inputs: left, operator: left.length === 1 ? identity : operator };
  });
  return { graph: { nodes }, count };
}

/** All, where two branches are as deep as each other: none of them is a skip. */
function deepest([a, b]: readonly NodeId[], windows: ReadonlyMap<NodeId, number>): readonly NodeId[] {
  const [left, right] = [windows.get(a!)!, windows.get(b!)!];
  if (left === right) return [a!, b!];
  return [left > right ? a! : b!];
}

/** `last`: what stands for the unit's layer, behind its skip. */
function withSkips({ graph, shapes }: Network, layer: NodeId) {
  let [changed, count, last] = [graph, 0, layer];
  for (const { id, operator } of graph.nodes) {
    if (operator.kind !== 'conv2d' || Math.max(...operator.kernelSize) === 1) continue;
    const end = endOf(graph, id);
    const source = changed.nodes.find((node) => node.id === id)!.inputs[0]!;
    const before = graph.nodes.find((node) => node.id === id)!.inputs[0]!;
    if (String(shapes[before]) !== String(shapes[end])) continue;
    const joined = insertAfter(changed, end, single({ kind: 'arithmetic', function: 'add' }));
    changed = {
      nodes: joined.graph.nodes.map(
        (node): GraphNode => (node.id === joined.focus ? { ...node, inputs: [end, source] } : node),
      ),
    };
    count++;
    if (end === layer) last = joined.focus;
  }
  return { graph: changed, count, last };
}

/** Behind the norm and the activation that alone read a convolution. */
function endOf(graph: Graph, id: NodeId): NodeId {
  const readers = readersOf(graph, id);
  const [reader] = readers;
  if (!reader || readers.length > 1) return id;
  return reader.operator.kind === 'batch_norm2d' || reader.operator.kind === 'activation'
    ? endOf(graph, reader.id)
    : id;
}
