/**
 * U-Net: Ronneberger et al., Convolutional networks for biomedical image segmentation, arXiv 1505.04597; padded, so that the output is as
 * large as the input. Where a size is odd the upsampled maps are padded to those beside them.
 */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

const depth = 4;

export function unet(net: NetworkBuilder, classes: number): void {
  let at: NodeId = 'input';
  const levels: NodeId[] = [];
  for (let level = 0; level <= depth; level++) {
    if (level > 0) at = net.maxPool(`down${level}.pool`, at, { kernel: 2, stride: 2 });
    at = twice(net, level === 0 ? 'inc' : `down${level}`, at, 64 << level);
    levels.push(at);
  }
  for (let level = depth - 1; level >= 0; level--) {
    const name = `up${depth - level}`;
    const beside = levels[level]!;
    at = net.concat(`${name}.concat`, beside, upsampled(net, name, at, beside));
    at = twice(net, name, at, 64 << level);
  }
  net.conv('outc', at, classes);
}

function twice(net: NetworkBuilder, name: string, from: NodeId, channels: number): NodeId {
  let at = from;
  for (const i of [1, 2]) {
    at = net.conv(`${name}.conv${i}`, at, channels, { kernel: 3, padding: 1 });
    at = net.activation(`${name}.relu${i}`, at);
  }
  return at;
}

/** Twice the size and half the channels by a transposed convolution, padded to the size of `beside`. */
function upsampled(net: NetworkBuilder, name: string, from: NodeId, beside: NodeId): NodeId {
  const inChannels = net.channels(from);
  const at = net.add(
    `${name}.up`,
    {
      kind: 'conv_transpose2d',
      inChannels,
      outChannels: inChannels / 2,
      kernelSize: [2, 2],
      stride: [2, 2],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
      outputPadding: [0, 0],
      groups: 1,
      bias: true,
      dilation: [1, 1],
    },
    from,
  );
  const [, , height, width] = net.shape(beside);
  const [, , h, w] = net.shape(at);
  if (h === height && w === width) return at;
  const after = [0, 0, height - h, width - w] as const;
  return net.add(`${name}.pad`, { kind: 'pad', before: [0, 0, 0, 0], after, mode: 'constant', value: 0 }, at);
}
