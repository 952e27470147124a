/** Two small networks as the Network screen has them, for photos and a thousand classes: a residual one, and one of separable layers. */
import { NetworkBuilder } from '../../graph/architectures/builder.ts';
import type { Graph, NodeId } from '../../graph/graph.ts';

export type SmallNetworkName = 'residual' | 'separable';

export function smallNetwork(name: SmallNetworkName): Graph {
  const net = new NetworkBuilder([1, 3, 16, 16]);
  const normed = (id: string, from: NodeId, channels: number, options: Parameters<NetworkBuilder['conv']>[3]) =>
    net.activation(
      `${id}.relu`,
      net.batchNorm(`${id}.norm`, net.conv(id, from, channels, { ...options, bias: false })),
    );
  const stem = normed('stem', 'input', 8, { kernel: 3, stride: 2, padding: 1 });
  const end = name === 'residual' ? residualBlock(net, normed, stem) : separableLayers(normed, stem);
  net.linear('fc', net.flatten('flatten', net.adaptivePool('mean', end)), 1000);
  return net.graph;
}

type Normed = (id: string, from: NodeId, channels: number, options: Parameters<NetworkBuilder['conv']>[3]) => NodeId;

function residualBlock(net: NetworkBuilder, normed: Normed, from: NodeId): NodeId {
  const inner = normed('block.conv1', from, 8, { kernel: 3, padding: 1 });
  const branch = net.batchNorm(
    'block.norm2',
    net.conv('block.conv2', inner, 8, { kernel: 3, padding: 1, bias: false }),
  );
  return net.activation('block.relu', net.arithmetic('block.add', 'add', branch, from));
}

function separableLayers(normed: Normed, from: NodeId): NodeId {
  const spread = normed('depthwise', from, 8, { kernel: 3, padding: 1, groups: 8 });
  return normed('pointwise', spread, 16, {});
}
