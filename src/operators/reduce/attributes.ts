/** A mean, sum, maximum or minimum over a set of axes, which keep the size 1 (PyTorch's keepdim). */
import type { Dimension } from '../tensors.ts';

export interface Reduce {
  readonly kind: 'reduce';
  readonly function: 'mean' | 'sum' | 'max' | 'min';
  readonly axes: readonly Dimension[];
}
