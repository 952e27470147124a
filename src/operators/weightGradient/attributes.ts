/**
 * The gradient of a convolution at its weight, from the input x [N, Cin, H, W] and the gradient gy [N, Cout, OH, OW] at the output, as maps
 * of the weight's own shape, summed over the batch:
 *
 *   y[o, c, a, b] = sum over n, u, v of gy[n, o, u, v] x[n, (o's group) Cin/g + c, u s + a d - p, v s + b d - p]
 *
 * No layer of its own: what the gradient of a network (`graph/gradient`) has for every layer that multiplies windows. A transposed
 * convolution's weight has it with x and gy in each other's place, a linear layer's with 1x1 kernels.
 */
import type { Pair } from '../operator.ts';

export interface WeightGradient {
  readonly kind: 'weight_gradient';
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** Zeros above and to the left of x; those below and to the right follow from the shape of gy. */
  readonly padding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}
