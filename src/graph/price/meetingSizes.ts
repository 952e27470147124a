/**
 * Where a picture of another size makes maps differ that met before. Sub-sampling rounds, so what enlarges maps again may be a row short of
 * those beside it, or a pad that made up for that one too much. The layer on the way to the join that can choose its size then takes the
 * one that is wanted: a pad pads more or less, a transposed convolution has its `output_padding`, a resize names a size.
 */
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Pair, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

/** Rows and columns that nodes are to have. */
export type WantedSizes = ReadonlyMap<NodeId, Pair>;

/**
 * The nodes that have to take another size for the inputs of `join` to meet. `done`: the nodes before it as they are now, with their `shapes`.
 * Null where it is no join, where its inputs did not meet before (`former`), or where one of them has no way to.
 */
export function wantedAt(
  join: GraphNode,
  done: Graph,
  shapes: Shapes,
  former: { readonly graph: Graph; readonly shapes: Shapes },
): WantedSizes | null {
  if (join.operator.kind !== 'concat' && join.operator.kind !== 'arithmetic') return null;
  const then = former.graph.nodes.find(({ id }) => id === join.id)?.inputs;
  if (!then?.every((id) => isSame(sizeOf(former.shapes[id]!), sizeOf(former.shapes[then[0]!]!)))) return null;
  const ways = join.inputs.map((id) => ({ size: sizeOf(shapes[id]!), node: choosing(done, shapes, id) }));
  const target = (ways.find(({ node }) => node === null) ?? ways[0]!).size;
  const wanted = new Map<NodeId, Pair>();
  for (const { size, node } of ways) {
    if (isSame(size, target)) continue;
    if (node === null) return null;
    wanted.set(node, target);
  }
  return wanted;
}

/** The nearest node in front of `from`, itself included, that can choose its size, if nothing between changes it. */
function choosing({ nodes }: Graph, shapes: Shapes, from: NodeId): NodeId | null {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (let node = byId.get(from); node; node = byId.get(node.inputs[0]!)) {
    const { kind } = node.operator;
    if (kind === 'pad' || kind === 'conv_transpose2d' || kind === 'resize') return node.id;
    const [source] = node.inputs;
    if (source === undefined || !isSame(sizeOf(shapes[source]!), sizeOf(shapes[node.id]!))) return null;
  }
  return null;
}

const sizeOf = ([, , height, width]: Shape): Pair => [height, width];
const isSame = (a: Pair, b: Pair) => a[0] === b[0] && a[1] === b[1];

/** The operator with maps of that size; null where it has none: nothing is cropped, and no row is made up that its input does not reach. */
export function sized(operator: Operator, input: Shape, wanted: Pair): Operator | null {
  const shape = rulesOf(operator).outputShape(operator, [input]);
  if (!shape.ok) return null;
  const more: Pair = [wanted[0] - shape.value[2], wanted[1] - shape.value[3]];
  switch (operator.kind) {
    case 'pad': {
      const [n, c, h, w] = operator.after;
      const after = [n, c, h + more[0], w + more[1]] as const;
      return after[2] >= 0 && after[3] >= 0 ? { ...operator, after } : null;
    }
    case 'conv_transpose2d': {
      const [h, w] = operator.outputPadding;
      const outputPadding: Pair = [h + more[0], w + more[1]];
      const { stride, dilation } = operator;
      const isValid = (i: 0 | 1) => outputPadding[i] >= 0 && outputPadding[i] < Math.max(stride[i], dilation[i]);
      return isValid(0) && isValid(1) ? { ...operator, outputPadding } : null;
    }
    case 'resize': {
      // Less than the enlargement: another size would be another network.
      const isSmall = (i: 0 | 1) => Math.abs(more[i]) * input[(2 + i) as 2 | 3] < shape.value[(2 + i) as 2 | 3];
      return isSmall(0) && isSmall(1) ? { ...operator, size: wanted } : null;
    }
    default:
      return null;
  }
}
