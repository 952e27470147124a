/** The same values, row-major, under other sizes: `torch.reshape`, and `torch.flatten` as [N, C·H·W, 1, 1]. */
import type { Shape } from '../operator.ts';

export interface Reshape {
  readonly kind: 'reshape';
  readonly shape: Shape;
}
