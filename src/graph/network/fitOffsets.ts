/**
 * The offsets of a deformable layer follow it: two channels for each tap of each offset group, and one for its mask (Dai et al. 2017, Zhu
 * et al. 2019). The convolution that makes them, directly or behind an activation, gets as many outputs where nothing else reads it.
 */
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';

/** The channels that convolutions of offsets and masks have to give. */
export function offsetChannels({ nodes }: Graph): ReadonlyMap<NodeId, number> {
  const wanted = new Map<NodeId, number>();
  const places = new Map(nodes.map((node) => [node.id, node]));
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  /** The convolution whose outputs the input is, alone. */
  const makerOf = (id: NodeId | undefined): GraphNode | null => {
    const node = id === undefined ? undefined : places.get(id);
    if (!node || readers.get(node.id) !== 1) return null;
    if (node.operator.kind === 'activation') return makerOf(node.inputs[0]);
    return node.operator.kind === 'conv2d' && node.operator.groups === 1 ? node : null;
  };
  for (const { operator, inputs } of nodes) {
    if (operator.kind !== 'deform_conv2d') continue;
    const samples = samplesOf(operator);
    for (const [input, perSample] of [
      [inputs[1], 2],
      [inputs[2], 1],
    ] as const) {
      const maker = makerOf(input);
      if (maker) wanted.set(maker.id, perSample * samples);
    }
  }
  return wanted;
}

const samplesOf = ({ offsetGroups, kernelSize }: DeformConv2d): number => offsetGroups * kernelSize[0] * kernelSize[1];
