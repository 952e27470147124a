/** ResNet-18 (He et al. 2016), batch norm folded: four stages of two basic blocks. */
import type { NetworkBuilder } from './builder.ts';

/** Two 3 x 3 convolutions beside a short cut, which is a 1 x 1 convolution where size or channels change. */
function block(network: NetworkBuilder, from: string, channels: number, stride: number): string {
  const isSame = stride === 1 && network.shapeOf(from)[1] === channels;
  const first = network.conv(from, channels, 3, { stride });
  const second = network.conv(first, channels, 3, { activation: null });
  const shortCut = isSame ? from : network.conv(from, channels, 1, { stride, activation: null });
  return network.addAndRectify(second, shortCut);
}

export function resNet18(network: NetworkBuilder): void {
  let maps = network.maxPool(network.conv(network.input, 64, 7, { stride: 2 }), 3, 2, 1);
  for (const [stage, channels] of [64, 128, 256, 512].entries()) {
    maps = block(network, maps, channels, stage === 0 ? 1 : 2);
    maps = block(network, maps, channels, 1);
  }
  network.linear(network.globalMean(maps), 1000);
}
