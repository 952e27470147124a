/**
 * The same network with filter groups at the price that another has: what groups save is spent on more channels. All channels of grouped layers
 * come in whole groups, so the number of groups' multiples is searched, and conv1a, whose channels are free, makes up the rest: of all
 * networks of that price the one is taken whose first layer has most nearly its usual share.
 */
import { type SmallNetwork, smallNetworkChannels } from './smallNetworkInNetwork.ts';

/** Channels of conv1a for each of the later layers, at any width. */
const usualShare = 32 / 48;
/** Beyond these many times its channels a network is no longer the same one. */
const mostWidth = 8;

/** `priceOf`: parameters, or operations; of one more channel of conv1a it is always as much more. */
export function matchedNetwork(
  network: SmallNetwork,
  target: number,
  priceOf: (network: SmallNetwork) => number,
): SmallNetwork {
  let best: { readonly network: SmallNetwork; readonly distortion: number } | null = null;
  const { groups } = network;
  for (let channels = groups; channels <= mostWidth * smallNetworkChannels; channels += groups) {
    const wide = (firstChannels: number) => ({ ...network, width: channels / smallNetworkChannels, firstChannels });
    const least = priceOf(wide(1));
    if (least > target && best) break;
    const perChannel = priceOf(wide(2)) - least;
    const firstChannels = Math.max(1, 1 + Math.round((target - least) / perChannel));
    const distortion = Math.abs(Math.log(firstChannels / (usualShare * channels)));
    if (!best || distortion < best.distortion) best = { network: wide(firstChannels), distortion };
  }
  return best?.network ?? network;
}
