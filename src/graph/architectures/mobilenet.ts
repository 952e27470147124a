/**
 * MobileNet V1: Howard et al., arXiv 1704.04861; V2: Sandler et al., Inverted residuals and linear bottlenecks, arXiv 1801.04381, as in
 * torchvision.
 */
import type { NodeId } from '../graph.ts';
import { divisible, type NetworkBuilder } from './builder.ts';

/** Channels and stride of V1's depthwise separable layers. */
export const separable = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

export function mobilenetV1(net: NetworkBuilder, classes: number, width: number): void {
  const channels = (count: number) => Math.max(8, Math.floor(count * width));
  let at = normed(net, 'conv1', 'input', channels(32), { kernel: 3, stride: 2 }, 'relu');
  for (const [i, [out, stride]] of separable.entries()) {
    const name = `layers.${i}`;
    at = normed(net, `${name}.depthwise`, at, net.channels(at), { kernel: 3, stride, isDepthwise: true }, 'relu');
    at = normed(net, `${name}.pointwise`, at, channels(out), {}, 'relu');
  }
  net.linear('fc', net.flatten('flatten', net.adaptivePool('avgpool', at)), classes);
}

/** V2's stages: expansion, channels, blocks, stride of the first. */
const inverted = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export function mobilenetV2(net: NetworkBuilder, classes: number, width: number): void {
  let at = normed(net, 'features.0', 'input', divisible(32 * width), { kernel: 3, stride: 2 }, 'relu6');
  let index = 1;
  for (const [expansion, channels, blocks, first] of inverted) {
    for (let i = 0; i < blocks; i++) {
      const stride = i === 0 ? first : 1;
      at = invertedResidual(net, `features.${index++}`, at, { expansion, out: divisible(channels * width), stride });
    }
  }
  at = normed(net, `features.${index}`, at, divisible(1280 * Math.max(1, width)), {}, 'relu6');
  at = net.flatten('flatten', net.adaptivePool('avgpool', at));
  net.linear('classifier.1', net.dropout('classifier.0', at, 0.2), classes);
}

function invertedResidual(
  net: NetworkBuilder,
  name: string,
  from: NodeId,
  { expansion, out, stride }: { readonly expansion: number; readonly out: number; readonly stride: number },
): NodeId {
  const hidden = expansion * net.channels(from);
  let at = from;
  let part = 0;
  if (expansion !== 1) at = normed(net, `${name}.conv.${part++}`, at, hidden, {}, 'relu6');
  at = normed(net, `${name}.conv.${part++}`, at, hidden, { kernel: 3, stride, isDepthwise: true }, 'relu6');
  at = net.conv(`${name}.conv.${part++}`, at, out, { bias: false });
  at = net.batchNorm(`${name}.conv.${part}`, at);
  const isResidual = stride === 1 && net.channels(from) === out;
  return isResidual ? net.arithmetic(`${name}.add`, 'add', from, at) : at;
}

/** Convolution, batch norm and activation, as torchvision's `Conv2dNormActivation` numbers them. */
function normed(
  net: NetworkBuilder,
  name: string,
  from: NodeId,
  channels: number,
  layer: { readonly kernel?: number; readonly stride?: number; readonly isDepthwise?: boolean },
  activation: 'relu' | 'relu6',
): NodeId {
  const { kernel = 1, stride = 1, isDepthwise = false } = layer;
  const groups = isDepthwise ? channels : 1;
  const at = net.conv(`${name}.0`, from, channels, { kernel, stride, padding: (kernel - 1) / 2, groups, bias: false });
  return net.activation(`${name}.2`, net.batchNorm(`${name}.1`, at), activation);
}
