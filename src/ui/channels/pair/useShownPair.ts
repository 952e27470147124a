/** The pair of channels that is told of: the one under the pointer, else the pinned one. */
import { useStore } from 'zustand';
import type { Looked } from '../../../live/channels/looked.ts';
import { type ChannelPair, useChannel, useChannelsContext, useChannelsView } from '../channels.tsx';

/** The pinned channel of the other layer, of those that it has. */
export function useOtherChannel({ other }: Looked): number {
  return Math.min(useChannelsView().otherChannel, other.outChannels - 1);
}

export function useShownPair(looked: Looked): ChannelPair {
  const hover = useStore(useChannelsContext().hovered, (state) => state.pair);
  const pinned = { row: useChannel(), column: useOtherChannel(looked) };
  // The one under the pointer may be of layers that stood there before.
  const isInside = hover && hover.row < looked.layer.outChannels && hover.column < looked.other.outChannels;
  return isInside ? hover : pinned;
}
