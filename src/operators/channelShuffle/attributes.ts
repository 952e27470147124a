/** `torch.nn.ChannelShuffle` (ShuffleNet, Zhang et al. 2018). */
export interface ChannelShuffle {
  readonly kind: 'channel_shuffle';
  readonly groups: number;
}
