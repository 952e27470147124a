/** AlexNet in its second form: Krizhevsky, One weird trick for parallelizing convolutional neural networks, arXiv 1404.5997; as in torchvision. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export function alexnet(net: NetworkBuilder, classes: number): void {
  let at: NodeId = net.conv('features.0', 'input', 64, { kernel: 11, stride: 4, padding: 2 });
  at = net.activation('features.1', at);
  at = net.maxPool('features.2', at, { kernel: 3, stride: 2 });
  at = net.conv('features.3', at, 192, { kernel: 5, padding: 2 });
  at = net.activation('features.4', at);
  at = net.maxPool('features.5', at, { kernel: 3, stride: 2 });
  for (const [i, channels] of [384, 256, 256].entries()) {
    at = net.conv(`features.${6 + 2 * i}`, at, channels, { kernel: 3, padding: 1 });
    at = net.activation(`features.${7 + 2 * i}`, at);
  }
  at = net.maxPool('features.12', at, { kernel: 3, stride: 2 });
  at = net.adaptivePool('avgpool', at, 6);
  at = net.flatten('flatten', at);
  at = net.dropout('classifier.0', at, 0.5);
  at = net.activation('classifier.2', net.linear('classifier.1', at, 4096));
  at = net.dropout('classifier.3', at, 0.5);
  at = net.activation('classifier.5', net.linear('classifier.4', at, 4096));
  net.linear('classifier.6', at, classes);
}
