/**
 * Back through the samples of a deformable convolution, from the gradient at every sample, [N, C kh kw, OH, OW] with the taps of a channel
 * side by side, and what the layer itself reads: x, the offsets, the mask. The gradient `to` one of these. No layer of its own; the
 * gradient at the samples is a 1x1 transposed convolution with the layer's weights (`graph/gradient`).
 */
import type { DeformConv2d } from '../attributes.ts';

export interface DeformGradient {
  readonly kind: 'deform_gradient';
  readonly of: DeformConv2d;
  readonly to: 'input' | 'offset' | 'mask';
}
