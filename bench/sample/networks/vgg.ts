/** VGG-11 (Simonyan and Zisserman 2015) with half the channels and small fully connected layers. */
import type { NetworkBuilder } from './builder.ts';

const stages = [[32], [64], [128, 128], [256, 256], [256, 256]] as const;

export function vgg11Half(network: NetworkBuilder): void {
  let maps = network.input;
  for (const stage of stages) {
    for (const channels of stage) maps = network.conv(maps, channels, 3);
    maps = network.maxPool(maps, 2, 2);
  }
  const hidden = network.linear(network.flatten(maps), 512, 'relu');
  network.linear(network.linear(hidden, 512, 'relu'), 100);
}
