/** A small stack to begin with: five convolutions in two sizes of maps, whose units see 22 x 22 pixels, with no layer for classes. */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export function stack(net: NetworkBuilder): void {
  let at: NodeId = 'input';
  const layer = (place: number, channels: number, kernel: number) => {
    at = net.conv(`conv${place}`, at, channels, { kernel, padding: (kernel - 1) / 2 });
    at = net.activation(`relu${place}`, at);
  };
  layer(1, 16, 3);
  layer(2, 16, 3);
  at = net.maxPool('pool', at, { kernel: 2, stride: 2 });
  layer(3, 32, 3);
  layer(4, 32, 3);
  layer(5, 32, 5);
}
