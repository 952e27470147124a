/** EfficientNet: Tan and Le, Rethinking model scaling for convolutional neural networks, arXiv 1905.11946; as in torchvision. */
import type { NodeId } from '../graph.ts';
import { divisible, type NetworkBuilder } from './builder.ts';

/** Multipliers of the channels and of the layers of B0, and the share of dropout. */
export interface EfficientNet {
  readonly width: number;
  readonly depth: number;
  readonly dropout: number;
  readonly eps?: number;
}

/** B0's stages: expansion, kernel, stride, channels, layers. */
const stages = [
  [1, 3, 1, 16, 1],
  [6, 3, 2, 24, 2],
  [6, 5, 2, 40, 2],
  [6, 3, 2, 80, 3],
  [6, 5, 1, 112, 3],
  [6, 5, 2, 192, 4],
  [6, 3, 1, 320, 1],
] as const;

export function efficientnet(net: NetworkBuilder, classes: number, model: EfficientNet): void {
  const { width, depth, dropout, eps = 1e-5 } = model;
  let at = normed(net, 'features.0', 'input', divisible(32 * width), { kernel: 3, stride: 2 }, eps);
  for (const [i, [expansion, kernel, first, channels, layers]] of stages.entries()) {
    for (let layer = 0; layer < Math.ceil(layers * depth); layer++) {
      const block = { expansion, kernel, stride: layer === 0 ? first : 1, out: divisible(channels * width), eps };
      at = mbconv(net, `features.${i + 1}.${layer}`, at, block);
    }
  }
  at = normed(net, `features.${stages.length + 1}`, at, 4 * net.channels(at), {}, eps);
  at = net.flatten('flatten', net.adaptivePool('avgpool', at));
  net.linear('classifier.1', net.dropout('classifier.0', at, dropout), classes);
}

interface Block {
  readonly expansion: number;
  readonly kernel: number;
  readonly stride: number;
  readonly out: number;
  readonly eps: number;
}

/** Expand, filter every channel, weigh the channels, project; with a way past it where the shapes agree. */
function mbconv(net: NetworkBuilder, name: string, from: NodeId, block: Block): NodeId {
  const { expansion, kernel, stride, out, eps } = block;
  const channels = divisible(expansion * net.channels(from));
  let at = from;
  let part = 0;
  if (channels !== net.channels(from)) at = normed(net, `${name}.block.${part++}`, at, channels, {}, eps);
  at = normed(net, `${name}.block.${part++}`, at, channels, { kernel, stride, groups: channels }, eps);
  at = squeezeExcite(net, `${name}.block.${part++}`, at, Math.max(1, Math.floor(net.channels(from) / 4)));
  at = net.conv(`${name}.block.${part}.0`, at, out, { bias: false });
  at = net.batchNorm(`${name}.block.${part}.1`, at, eps);
  return stride === 1 && net.channels(from) === out ? net.arithmetic(`${name}.add`, 'add', at, from) : at;
}

/** Every channel times a number made of the means of all channels (Hu et al., arXiv 1709.01507). */
function squeezeExcite(net: NetworkBuilder, name: string, from: NodeId, squeezed: number): NodeId {
  let at = net.adaptivePool(`${name}.avgpool`, from);
  at = net.activation(`${name}.activation`, net.conv(`${name}.fc1`, at, squeezed), 'silu');
  at = net.conv(`${name}.fc2`, at, net.channels(from));
  at = net.activation(`${name}.scale_activation`, at, 'sigmoid');
  return net.arithmetic(`${name}.scale`, 'multiply', from, at);
}

function normed(
  net: NetworkBuilder,
  name: string,
  from: NodeId,
  channels: number,
  {
    kernel = 1,
    stride = 1,
    groups = 1,
  }: { readonly kernel?: number; readonly stride?: number; readonly groups?: number },
  eps: number,
): NodeId {
  const options = { kernel, stride, groups, padding: (kernel - 1) / 2, bias: false };
  const at = net.batchNorm(`${name}.1`, net.conv(`${name}.0`, from, channels, options), eps);
  return net.activation(`${name}.2`, at, 'silu');
}
