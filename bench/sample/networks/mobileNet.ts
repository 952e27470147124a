/** MobileNet V1 (Howard et al. 2017), batch norm folded: 13 pairs of a depthwise and a pointwise convolution. */
import { separable } from '../../../src/graph/architectures/mobilenet.ts';
import type { NetworkBuilder } from './builder.ts';

/** `width`: the multiplier of all channels. */
export function mobileNet(network: NetworkBuilder, width: number): void {
  const activation = 'relu6';
  let maps = network.conv(network.input, 32 * width, 3, { stride: 2, activation });
  for (const [channels, stride] of separable) {
    maps = network.depthwise(maps, { stride, activation });
    maps = network.conv(maps, channels * width, 1, { activation });
  }
  network.linear(network.globalMean(maps), 1000);
}
