/**
 * What `torch.nn.BatchNorm2d` does when it trains, but for its scale and shift: every channel gets mean 0 and variance 1 over the whole
 * batch, z = (x - mean) / sqrt(variance + eps) with the biased variance. Scale and shift are a layer of their own behind it.
 */
export interface BatchStandardise {
  readonly kind: 'batch_standardise';
  readonly numChannels: number;
  readonly eps: number;
}
