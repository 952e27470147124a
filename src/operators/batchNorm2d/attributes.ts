/** Batch normalisation at inference, named as in `torch.nn.BatchNorm2d`: with the training data's statistics. */
export interface BatchNorm2d {
  readonly kind: 'batch_norm2d';
  readonly numFeatures: number;
  readonly eps: number;
}
