/** A network without its sub-sampling, or with a stride of 2 early on where it has none; and one with its first step taken last. */
import type { Graph, GraphNode, NodeId } from '../../graph.ts';
import { type Network, refit } from '../../price/refit.ts';
import { movedSubsampling, subsamplingSteps } from '../../price/subsampling.ts';
import { type Alteration, unaltered } from './alteration.ts';
import { refitted } from './refitted.ts';

export function alterStride(network: Network, layer: NodeId): Alteration {
  const steps = subsamplingSteps(network);
  if (steps.length === 0) return withStride(network, layer);
  const graph = withoutSteps(network);
  if (!graph) return unaltered('no-network');
  return refitted(graph, network, layer, { way: 'removed', count: steps.flatMap(({ nodes }) => nodes).length });
}

export function alterStrideOrder(network: Network, layer: NodeId): Alteration {
  const steps = subsamplingSteps(network);
  if (steps.length < 2) return unaltered('one-step');
  return refitted(movedSubsampling(network, 0, steps.length - 1), network, layer, {
    way: 'moved',
    count: steps[0]!.nodes.length,
  });
}

/** One step after the other: each leaves larger maps for the next. Null where layers do not fit them. */
function withoutSteps(network: Network): Graph | null {
  const inputs = Object.fromEntries(
    network.graph.nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => [id, network.shapes[id]!]),
  );
  let left = network;
  while (subsamplingSteps(left).length > 0) {
    const next = refit(movedSubsampling(left, 0, null), { from: left, inputs });
    if (!next.ok) return null;
    left = next.value;
  }
  return left.graph;
}

/** At the second convolution with a window, else at the first one where the network still fits. */
function withStride(network: Network, layer: NodeId): Alteration {
  const wide = network.graph.nodes.filter(
    ({ operator }) => operator.kind === 'conv2d' && Math.max(...operator.kernelSize) > 1,
  );
  if (wide.length === 0) return unaltered('no-window');
  for (const { id } of [...wide.slice(1), wide[0]!]) {
    const nodes = network.graph.nodes.map(
      (node): GraphNode =>
        node.id === id && node.operator.kind === 'conv2d' && node.operator.padding !== 'same'
          ? { ...node, operator: { ...node.operator, stride: [2, 2] } }
          : node,
    );
    const altered = refitted({ nodes }, network, layer, { way: 'added', count: 1 });
    if (altered.kind === 'altered' && subsamplingSteps(altered.network).length > 0) return altered;
  }
  return unaltered('no-network');
}
