/** A U-Net (Ronneberger et al. 2015): three halvings, transposed convolutions on the way back, skips by concatenation. */
import type { NetworkBuilder } from './builder.ts';

/** `width`: channels of the first level; each level below has twice as many. */
export function uNet(network: NetworkBuilder, width: number): void {
  const twice = (from: string, channels: number) => network.conv(network.conv(from, channels, 3), channels, 3);
  const skips: string[] = [];
  let maps = network.input;
  for (const level of [0, 1, 2]) {
    const skip = twice(maps, width * 2 ** level);
    skips.push(skip);
    maps = network.maxPool(skip, 2, 2);
  }
  maps = twice(maps, width * 8);
  for (const skip of skips.toReversed()) {
    const [, channels] = network.shapeOf(skip);
    maps = twice(network.concat([skip, network.upsample(maps, channels)]), channels);
  }
  network.conv(maps, 2, 1, { activation: null });
}
