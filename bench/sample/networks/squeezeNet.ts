/** SqueezeNet 1.1 (Iandola et al. 2016): fire modules, in which two convolutions of one input lie side by side in the output. */
import type { NetworkBuilder } from './builder.ts';

function fire(network: NetworkBuilder, from: string, squeezed: number): string {
  const expanded = 4 * squeezed;
  const squeeze = network.conv(from, squeezed, 1);
  return network.concat([network.conv(squeeze, expanded, 1), network.conv(squeeze, expanded, 3)]);
}

export function squeezeNet(network: NetworkBuilder): void {
  let maps = network.conv(network.input, 64, 3, { stride: 2, padding: 0 });
  for (const squeezed of [16, 32]) {
    maps = network.maxPool(maps, 3, 2);
    for (let i = 0; i < 2; i++) maps = fire(network, maps, squeezed);
  }
  maps = network.maxPool(maps, 3, 2);
  for (const squeezed of [48, 48, 64, 64]) maps = fire(network, maps, squeezed);
  network.globalMean(network.conv(maps, 1000, 1));
}
