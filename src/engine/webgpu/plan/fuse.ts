/** Finds what can be computed together in a graph: the rules of `fusion.ts`. */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import type { Operator } from '../../../operators/index.ts';
import { alone, type Fusion, lastOf } from './fusion.ts';

/** The nodes that the outputs depend on, in graph order. */
export function neededNodes({ nodes }: Graph, outputs: readonly NodeId[]): readonly GraphNode[] {
  const needed = new Set<NodeId>(outputs);
  for (const { id, inputs } of nodes.toReversed()) {
    if (needed.has(id)) for (const input of inputs) needed.add(input);
  }
  return nodes.filter(({ id }) => needed.has(id));
}

/**
 * All nodes that the outputs need, but inputs, as fusions; each stands where its last node stood, so all that it reads is before it.
 * `held`: nodes whose weights are tensors, which no norm is folded into.
 */
export function fuse(
  graph: Graph,
  shapes: Shapes,
  outputs: readonly NodeId[],
  held: ReadonlySet<NodeId> = new Set(),
): readonly Fusion[] {
  const nodes = neededNodes(graph, outputs);
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const id of inputs) readers.set(id, (readers.get(id) ?? 0) + 1);
  const fusions = new Map<NodeId, Fusion>();
  const order = new Map(nodes.map(({ id }, i) => [id, i]));

  /** The fusion that ends in `id`, if one more node may join it. */
  const open = (id: NodeId | undefined, mayBeWanted = false): Fusion | null => {
    const fusion = id === undefined ? undefined : fusions.get(id);
    if (!fusion || readers.get(id!) !== 1 || !storesThroughEpilogue(fusion.head.operator)) return null;
    if (lastIsActivation(fusion)) return null;
    return mayBeWanted || !outputs.includes(id!) ? fusion : null;
  };
  /** Which of the two is added to: the one that was computed last where both could be. */
  const additionOf = (inputs: readonly NodeId[]): { before: Fusion; residual: NodeId } | null => {
    const [earlier, later] = inputs.toSorted((a, b) => order.get(a)! - order.get(b)!) as [NodeId, NodeId];
    if (!sameShape(shapes[earlier]!, shapes[later]!)) return null;
    for (const [id, residual] of [
      [later, earlier],
      [earlier, later],
    ] as const) {
      const before = open(id);
      if (before?.residual === null) return { before, residual };
    }
    return null;
  };
  const join = (before: Fusion, { id }: GraphNode, change: Partial<Fusion>): void => {
    fusions.delete(lastOf(before));
    fusions.set(id, { ...before, joined: [...before.joined, id], ...change });
  };

  for (const node of nodes) {
    const { operator, inputs } = node;
    switch (operator.kind) {
      case 'input':
        continue;
      case 'batch_norm2d': {
        const before = open(inputs[0]);
        if (before?.joined.length === 0 && !held.has(node.id) && !held.has(before.head.id)) {
          join(before, node, { norm: { node: node.id, operator } });
          continue;
        }
        break;
      }
      case 'arithmetic': {
        const addition = operator.function === 'add' ? additionOf(inputs) : null;
        if (addition) {
          join(addition.before, node, { residual: addition.residual });
          continue;
        }
        break;
      }
      case 'activation': {
        const before = open(inputs[0], isConv2d(fusions.get(inputs[0]!)));
        if (before) {
          const isWanted = outputs.includes(inputs[0]!);
          join(before, node, { activation: operator.function, before: isWanted ? inputs[0]! : null });
          continue;
        }
        break;
      }
      default:
    }
    fusions.set(node.id, alone(node));
  }
  return [...fusions.values()];
}

/** Operators whose programs end in the epilogue of `shaders/lib/output.wgsl`. */
function storesThroughEpilogue({ kind }: Operator): boolean {
  return kind === 'conv2d' || kind === 'conv_transpose2d' || kind === 'deform_conv2d' || kind === 'linear';
}

const isConv2d = (fusion: Fusion | undefined) => fusion?.head.operator.kind === 'conv2d';

function lastIsActivation({ joined, norm, residual }: Fusion): boolean {
  return joined.length > Number(norm !== null) + Number(residual !== null);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.every((size, axis) => size === b[axis]);
}
