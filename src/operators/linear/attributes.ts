/** The attributes of a fully connected layer, named as in `torch.nn.Linear`. It reads flattened maps: [N, inFeatures, 1, 1]. */
export interface Linear {
  readonly kind: 'linear';
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
}
