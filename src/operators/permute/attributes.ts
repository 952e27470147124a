/** `torch.permute`: output axis i is input axis dims[i]. */
import type { Dimension } from '../tensors.ts';

export interface Permute {
  readonly kind: 'permute';
  readonly dims: readonly [Dimension, Dimension, Dimension, Dimension];
}
