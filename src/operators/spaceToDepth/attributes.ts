/** Blocks of pixels into channels: the reverse of `depth_to_space` in the same mode; `CRD` is `torch.nn.PixelUnshuffle`. */
export interface SpaceToDepth {
  readonly kind: 'space_to_depth';
  readonly block: number;
  readonly mode: 'CRD' | 'DCR';
}
