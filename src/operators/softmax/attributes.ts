/** Softmax along one axis, as `torch.nn.Softmax(dim)`. */
import type { Dimension } from '../tensors.ts';

export interface Softmax {
  readonly kind: 'softmax';
  readonly axis: Dimension;
}
