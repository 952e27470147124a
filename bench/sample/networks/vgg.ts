/** VGG (Simonyan and Zisserman 2015): VGG-11 with half the channels and small fully connected layers, and the five blocks of VGG-16. */
import type { NetworkBuilder } from './builder.ts';

export function vgg11Half(network: NetworkBuilder): void {
  const maps = blocks(network, [[32], [64], [128, 128], [256, 256], [256, 256]]);
  const hidden = network.linear(network.flatten(maps), 512, 'relu');
  network.linear(network.linear(hidden, 512, 'relu'), 100);
}

/** Without the fully connected layers. */
export function vgg16Blocks(network: NetworkBuilder): void {
  blocks(network, [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ]);
}

function blocks(network: NetworkBuilder, stages: readonly (readonly number[])[]): string {
  let maps = network.input;
  for (const stage of stages) {
    for (const channels of stage) maps = network.conv(maps, channels, 3);
    maps = network.maxPool(maps, 2, 2);
  }
  return maps;
}
