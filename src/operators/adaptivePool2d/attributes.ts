/** Pooling to a size that is given, as `torch.nn.AdaptiveAvgPool2d` and `AdaptiveMaxPool2d`; [1, 1] is global pooling. */
import type { Pair } from '../operator.ts';

export interface AdaptivePool2d {
  readonly kind: 'adaptive_pool2d';
  readonly function: 'max' | 'average';
  readonly outputSize: Pair;
}
