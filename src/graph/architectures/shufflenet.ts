/** ShuffleNet V2: Ma et al., Practical guidelines for efficient CNN architecture design, arXiv 1807.11164; as in torchvision. */
import type { Quad } from '../../operators/tensors.ts';
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

/** Channels of the first layer, the three stages and the last layer. */
export type ShuffleNetChannels = readonly [number, number, number, number, number];

const units = [4, 8, 4] as const;

export function shufflenetV2(net: NetworkBuilder, classes: number, channels: ShuffleNetChannels): void {
  const [first, ...rest] = channels;
  const last = channels[4];
  let at = pointwise(net, 'conv1', 'input', first, { kernel: 3, stride: 2 });
  at = net.maxPool('maxpool', at, { kernel: 3, stride: 2, padding: 1 });
  for (const [stage, count] of units.entries()) {
    const name = `stage${stage + 2}`;
    at = downUnit(net, `${name}.0`, at, rest[stage]!);
    for (let i = 1; i < count; i++) at = unit(net, `${name}.${i}`, at);
  }
  at = pointwise(net, 'conv5', at, last);
  net.linear('fc', net.flatten('flatten', net.adaptivePool('avgpool', at)), classes);
}

/** Half of the channels pass by, the other half goes through three layers; then they are shuffled. */
function unit(net: NetworkBuilder, name: string, from: NodeId): NodeId {
  const half = net.channels(from) / 2;
  const passed = part(net, `${name}.chunk1`, from, 0, half);
  let at = part(net, `${name}.chunk2`, from, half, half);
  at = branch(net, `${name}.branch2`, at, half, 1);
  return shuffled(net, name, passed, at);
}

function downUnit(net: NetworkBuilder, name: string, from: NodeId, channels: number): NodeId {
  const half = channels / 2;
  const first = `${name}.branch1`;
  let passed = depthwise(net, first, 0, from, 2);
  passed = net.conv(`${first}.2`, passed, half, { bias: false });
  passed = net.activation(`${first}.4`, net.batchNorm(`${first}.3`, passed));
  return shuffled(net, name, passed, branch(net, `${name}.branch2`, from, half, 2));
}

function branch(net: NetworkBuilder, name: string, from: NodeId, channels: number, stride: number): NodeId {
  let at = net.conv(`${name}.0`, from, channels, { bias: false });
  at = net.activation(`${name}.2`, net.batchNorm(`${name}.1`, at));
  at = depthwise(net, name, 3, at, stride);
  at = net.conv(`${name}.5`, at, channels, { bias: false });
  return net.activation(`${name}.7`, net.batchNorm(`${name}.6`, at));
}

/** A depthwise layer and its norm, without an activation. */
function depthwise(net: NetworkBuilder, name: string, index: number, from: NodeId, stride: number): NodeId {
  const channels = net.channels(from);
  const options = { kernel: 3, stride, padding: 1, groups: channels, bias: false };
  return net.batchNorm(`${name}.${index + 1}`, net.conv(`${name}.${index}`, from, channels, options));
}

function shuffled(net: NetworkBuilder, name: string, a: NodeId, b: NodeId): NodeId {
  const both = net.concat(`${name}.concat`, a, b);
  return net.add(`${name}.shuffle`, { kind: 'channel_shuffle', groups: 2 }, both);
}

function part(net: NetworkBuilder, name: string, from: NodeId, start: number, count: number): NodeId {
  const [images, , height, width] = net.shape(from);
  const counts: Quad = [images, count, height, width];
  return net.add(name, { kind: 'slice', start: [0, start, 0, 0], count: counts, step: [1, 1, 1, 1] }, from);
}

function pointwise(
  net: NetworkBuilder,
  name: string,
  from: NodeId,
  channels: number,
  { kernel = 1, stride = 1 }: { readonly kernel?: number; readonly stride?: number } = {},
): NodeId {
  const at = net.conv(`${name}.0`, from, channels, { kernel, stride, padding: (kernel - 1) / 2, bias: false });
  return net.activation(`${name}.2`, net.batchNorm(`${name}.1`, at));
}
