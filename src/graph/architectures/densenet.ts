/** DenseNet: Huang et al., Densely connected convolutional networks, arXiv 1608.06993; as in torchvision. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export interface DenseNet {
  /** Channels that every layer adds. */
  readonly growthRate: number;
  readonly blocks: readonly number[];
  readonly initFeatures: number;
}

/** Channels of a layer's 1x1 convolution in multiples of the growth rate. */
const bottleneck = 4;

export function densenet(net: NetworkBuilder, classes: number, { growthRate, blocks, initFeatures }: DenseNet): void {
  let at = net.conv('features.conv0', 'input', initFeatures, { kernel: 7, stride: 2, padding: 3, bias: false });
  at = net.activation('features.relu0', net.batchNorm('features.norm0', at));
  at = net.maxPool('features.pool0', at, { kernel: 3, stride: 2, padding: 1 });
  for (const [i, layers] of blocks.entries()) {
    at = denseBlock(net, `features.denseblock${i + 1}`, at, layers, growthRate);
    if (i === blocks.length - 1) continue;
    const name = `features.transition${i + 1}`;
    at = net.activation(`${name}.relu`, net.batchNorm(`${name}.norm`, at));
    at = net.conv(`${name}.conv`, at, Math.floor(net.channels(at) / 2), { bias: false });
    at = net.averagePool(`${name}.pool`, at, { kernel: 2, stride: 2 });
  }
  at = net.activation('relu', net.batchNorm('features.norm5', at));
  net.linear('classifier', net.flatten('flatten', net.adaptivePool('avgpool', at)), classes);
}

/** Every layer reads all that the block has so far, side by side. */
function denseBlock(net: NetworkBuilder, name: string, from: NodeId, layers: number, growthRate: number): NodeId {
  let all = from;
  for (let i = 1; i <= layers; i++) {
    const layer = `${name}.denselayer${i}`;
    let at = net.activation(`${layer}.relu1`, net.batchNorm(`${layer}.norm1`, all));
    at = net.conv(`${layer}.conv1`, at, bottleneck * growthRate, { bias: false });
    at = net.activation(`${layer}.relu2`, net.batchNorm(`${layer}.norm2`, at));
    at = net.conv(`${layer}.conv2`, at, growthRate, { kernel: 3, padding: 1, bias: false });
    all = net.concat(`${layer}.concat`, all, at);
  }
  return all;
}
