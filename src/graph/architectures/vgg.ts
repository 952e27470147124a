/** VGG: Simonyan and Zisserman, Very deep convolutional networks for large-scale image recognition, arXiv 1409.1556; as in torchvision. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

/** 3x3 convolutions of each of the five blocks. */
export const vggBlocks = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
} as const;

export function vgg(net: NetworkBuilder, classes: number, blocks: readonly number[], hasNorm = false): void {
  let at: NodeId = 'input';
  let index = 0;
  const next = () => `features.${index++}`;
  for (const [block, convolutions] of blocks.entries()) {
    for (let i = 0; i < convolutions; i++) {
      at = net.conv(next(), at, Math.min(512, 64 << block), { kernel: 3, padding: 1 });
      if (hasNorm) at = net.batchNorm(next(), at);
      at = net.activation(next(), at);
    }
    at = net.maxPool(next(), at, { kernel: 2, stride: 2 });
  }
  at = net.adaptivePool('avgpool', at, 7);
  at = net.flatten('flatten', at);
  at = net.activation('classifier.1', net.linear('classifier.0', at, 4096));
  at = net.dropout('classifier.2', at, 0.5);
  at = net.activation('classifier.4', net.linear('classifier.3', at, 4096));
  at = net.dropout('classifier.5', at, 0.5);
  net.linear('classifier.6', at, classes);
}
