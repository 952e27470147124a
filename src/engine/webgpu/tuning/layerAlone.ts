/** One convolution of a graph by itself, reading its own input: what candidates are measured and checked on. */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';

/** The input node of a layer alone. */
export const aloneInput = 'input';

export interface LayerAlone {
  readonly conv: Conv2d;
  /** The node of the graph whose maps the layer reads. */
  readonly source: NodeId;
  /** Input, convolution and, where one follows as its only reader, activation: fused when they run. */
  readonly graph: Graph;
  /** The last node of `graph`. */
  readonly output: NodeId;
}

/** Null where the node is no convolution. */
export function layerAlone(graph: Graph, id: NodeId): LayerAlone | null {
  const node = graph.nodes.find((candidate) => candidate.id === id);
  const source = node?.inputs[0];
  if (node?.operator.kind !== 'conv2d' || source === undefined) return null;
  const conv = node.operator;
  const input: GraphNode = {
    id: aloneInput,
    operator: { kind: 'input', channels: conv.inChannels },
    inputs: [],
  };
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(id));
  const [reader] = readers;
  const activation = readers.length === 1 && reader?.operator.kind === 'activation' ? [reader] : [];
  return {
    conv,
    source,
    graph: { nodes: [input, { ...node, inputs: [aloneInput] }, ...activation] },
    output: activation[0]?.id ?? id,
  };
}
