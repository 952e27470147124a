/** The convolutions of a graph in its order, each with the node that holds its responses. */
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { ConvolutionLayer } from './trainedNetwork.ts';

const isConvolution = ({ operator }: GraphNode): boolean =>
  operator.kind === 'conv2d' || operator.kind === 'conv_transpose2d';

const isNorm = ({ operator }: GraphNode): boolean => operator.kind === 'batch_norm2d';

const isActivation = ({ operator }: GraphNode): boolean =>
  operator.kind === 'activation' || operator.kind === 'elementwise' || operator.kind === 'prelu';

/** Layers are named as their nodes are. A response moves on only to a node that alone reads the one before it. */
export function convolutionLayers(graph: Graph): readonly ConvolutionLayer[] {
  const readers = new Map<NodeId, GraphNode[]>();
  for (const node of graph.nodes) for (const id of node.inputs) readers.set(id, [...(readers.get(id) ?? []), node]);
  const onlyReader = (id: NodeId): GraphNode | null => {
    const all = readers.get(id) ?? [];
    return all.length === 1 ? all[0]! : null;
  };
  return graph.nodes.filter(isConvolution).map(({ id }) => {
    const next = onlyReader(id);
    const behind = next && isNorm(next) ? next.id : id;
    const last = onlyReader(behind);
    return { name: id, node: id, response: last && isActivation(last) ? last.id : behind };
  });
}
