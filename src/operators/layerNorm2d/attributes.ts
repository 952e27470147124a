/** Layer normalisation over the channels of each pixel, as ConvNeXt's `LayerNorm2d`. */
export interface LayerNorm2d {
  readonly kind: 'layer_norm2d';
  readonly numChannels: number;
  readonly eps: number;
}
