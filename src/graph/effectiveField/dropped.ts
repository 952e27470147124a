/**
 * A network whose dropout layers drop, as in training: each becomes a product with a mask of its own, an input node that holds 0 with
 * probability p and 1 / (1 - p) else (Srivastava et al. 2014, in the form of `torch.nn.Dropout`). For what dropout does to a field.
 */
import { uniformAt } from '../../math/random.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { elementsOf } from '../../operators/tensors.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

export interface DroppedNetwork {
  readonly graph: Graph;
  /** The values of all masks, by their input nodes; others for another seed. */
  masks(seed: number): Readonly<Record<NodeId, HostTensor<Float32Array>>>;
}

/** `shapes`: of every node of the graph. */
export function droppedNetwork(graph: Graph, shapes: Shapes): DroppedNetwork {
  const masks: { readonly id: NodeId; readonly node: NodeId; readonly p: number }[] = [];
  const taken = new Set(graph.nodes.map(({ id }) => id));
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const { id, operator, inputs } = node;
    if (operator.kind !== 'dropout' || operator.p === 0) return [node];
    let mask = `${id}.mask`;
    while (taken.has(mask)) mask = `${mask}'`;
    taken.add(mask);
    masks.push({ id: mask, node: id, p: operator.p });
    return [
      { id: mask, operator: { kind: 'input', channels: shapes[id]![1] }, inputs: [] },
      { id, operator: { kind: 'arithmetic', function: 'multiply' }, inputs: [...inputs, mask] },
    ];
  });
  return {
    graph: { nodes },
    masks: (seed) =>
      Object.fromEntries(
        masks.map(({ id, node, p }, stream) => {
          const shape = shapes[node]!;
          const values = Float32Array.from({ length: elementsOf(shape) }, (_, i) =>
            // Uniform in (-1, 1): below 2p - 1 with probability p.
            uniformAt(seed, stream, i) < 2 * p - 1 ? 0 : 1 / (1 - p),
          );
          return [id, { shape, values }];
        }),
      ),
  };
}
