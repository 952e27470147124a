/**
 * ConvNeXt: Liu et al., A ConvNet for the 2020s, arXiv 2201.03545; as in torchvision. Its linear layers over the channels of each pixel
 * are written as 1x1 convolutions, its learned scale of every channel as a depthwise one.
 */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export interface ConvNeXt {
  readonly channels: readonly [number, number, number, number];
  readonly blocks: readonly [number, number, number, number];
}

const eps = 1e-6;

export function convnext(net: NetworkBuilder, classes: number, { channels, blocks }: ConvNeXt): void {
  let at = norm(net, 'features.0.1', net.conv('features.0.0', 'input', channels[0], { kernel: 4, stride: 4 }));
  for (const [stage, count] of blocks.entries()) {
    for (let i = 0; i < count; i++) at = block(net, `features.${2 * stage + 1}.${i}`, at);
    const next = channels[stage + 1];
    if (next === undefined) continue;
    const name = `features.${2 * stage + 2}`;
    at = net.conv(`${name}.1`, norm(net, `${name}.0`, at), next, { kernel: 2, stride: 2 });
  }
  at = norm(net, 'classifier.0', net.adaptivePool('avgpool', at));
  net.linear('classifier.2', net.flatten('classifier.1', at), classes);
}

function norm(net: NetworkBuilder, name: string, from: NodeId): NodeId {
  return net.add(name, { kind: 'layer_norm2d', numChannels: net.channels(from), eps }, from);
}

function block(net: NetworkBuilder, name: string, from: NodeId): NodeId {
  const channels = net.channels(from);
  let at = net.conv(`${name}.block.0`, from, channels, { kernel: 7, padding: 3, groups: channels });
  at = norm(net, `${name}.block.2`, at);
  at = net.activation(`${name}.block.4`, net.conv(`${name}.block.3`, at, 4 * channels), 'gelu');
  at = net.conv(`${name}.block.5`, at, channels);
  at = net.conv(`${name}.layer_scale`, at, channels, { groups: channels, bias: false });
  return net.arithmetic(`${name}.add`, 'add', at, from);
}
