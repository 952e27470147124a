/**
 * GoogLeNet: Szegedy et al., Going deeper with convolutions, arXiv 1409.4842; as in torchvision, with batch norm, without the auxiliary
 * classifiers that only training uses, and with 3x3 kernels in the branch that the paper gives 5x5.
 */
import type { NodeId } from '../graph.ts';
import type { ConvOptions, NetworkBuilder } from './builder.ts';

/** Channels of the four branches: 1x1; 1x1 and 3x3; 1x1 and 3x3 again; 1x1 behind pooling. */
type Branches = readonly [
  one: number,
  reduceThree: number,
  three: number,
  reduceFive: number,
  five: number,
  pool: number,
];

const inceptions: Readonly<Record<string, Branches>> = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
};

export function googlenet(net: NetworkBuilder, classes: number): void {
  let at = layer(net, 'conv1', 'input', 64, { kernel: 7, stride: 2, padding: 3 });
  at = net.maxPool('maxpool1', at, { kernel: 3, stride: 2, ceilMode: true });
  at = layer(net, 'conv2', at, 64);
  at = layer(net, 'conv3', at, 192, { kernel: 3, padding: 1 });
  at = net.maxPool('maxpool2', at, { kernel: 3, stride: 2, ceilMode: true });
  for (const [name, branches] of Object.entries(inceptions)) {
    at = inception(net, `inception${name}`, at, branches);
    if (name === '3b') at = net.maxPool('maxpool3', at, { kernel: 3, stride: 2, ceilMode: true });
    if (name === '4e') at = net.maxPool('maxpool4', at, { kernel: 2, stride: 2, ceilMode: true });
  }
  at = net.flatten('flatten', net.adaptivePool('avgpool', at));
  net.linear('fc', net.dropout('dropout', at, 0.2), classes);
}

function layer(net: NetworkBuilder, name: string, from: NodeId, channels: number, options: ConvOptions = {}): NodeId {
  const at = net.conv(`${name}.conv`, from, channels, { ...options, bias: false });
  return net.activation(`${name}.relu`, net.batchNorm(`${name}.bn`, at, 1e-3));
}

function inception(net: NetworkBuilder, name: string, from: NodeId, branches: Branches): NodeId {
  const [one, reduceThree, three, reduceFive, five, pool] = branches;
  const wide = { kernel: 3, padding: 1 };
  const first = layer(net, `${name}.branch1`, from, one);
  const second = layer(net, `${name}.branch2.1`, layer(net, `${name}.branch2.0`, from, reduceThree), three, wide);
  const third = layer(net, `${name}.branch3.1`, layer(net, `${name}.branch3.0`, from, reduceFive), five, wide);
  const pooled = net.maxPool(`${name}.branch4.0`, from, { kernel: 3, stride: 1, padding: 1, ceilMode: true });
  const fourth = layer(net, `${name}.branch4.1`, pooled, pool);
  return net.concat(`${name}.concat`, first, second, third, fourth);
}
