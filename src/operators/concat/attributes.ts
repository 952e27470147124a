/** Tensors side by side along one axis (`torch.cat`), any number of them. */
import type { Dimension } from '../tensors.ts';

export interface Concat {
  readonly kind: 'concat';
  readonly axis: Dimension;
}
