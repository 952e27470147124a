/** `torch.nn.GroupNorm`; with as many groups as channels it is instance normalisation. */
export interface GroupNorm {
  readonly kind: 'group_norm';
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
}
