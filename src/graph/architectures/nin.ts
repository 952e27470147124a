/** Network in Network: Lin et al., arXiv 1312.4400, for small pictures: 1x1 layers behind every filter, and a mean of maps for every class. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export function nin(net: NetworkBuilder, classes: number): void {
  let at: NodeId = 'input';
  const layer = (name: string, channels: number, kernel: number) => {
    at = net.conv(name, at, channels, { kernel, padding: (kernel - 1) / 2 });
    at = net.activation(`${name}_relu`, at);
  };
  layer('conv1a', 192, 5);
  layer('conv1b', 160, 1);
  layer('conv1c', 96, 1);
  at = net.maxPool('pool1', at, { kernel: 3, stride: 2, ceilMode: true });
  layer('conv2a', 192, 5);
  layer('conv2b', 192, 1);
  layer('conv2c', 192, 1);
  at = net.averagePool('pool2', at, { kernel: 3, stride: 2, ceilMode: true });
  layer('conv3a', 192, 3);
  layer('conv3b', 192, 1);
  layer('conv3c', classes, 1);
  net.flatten('flatten', net.adaptivePool('pool3', at));
}
