/**
 * Back through a function of single values: gy f'(x), from x and the gradient gy at y = f(x), both of one shape. No layer of its own: the
 * gradient of a network (`graph/gradient`) has it where the network has an activation. Where a function has a kink the slope is that on
 * its left, as PyTorch has it: 0 for a rectifier at 0 (of |x| 0, between its two).
 */
export const gradientFunctions = [
  'leaky_relu',
  'abs',
  'sigmoid',
  'tanh',
  'gelu',
  'silu',
  'elu',
  'hard_sigmoid',
  'hard_swish',
  'mish',
  'gelu_tanh',
  'clip',
  'sqrt',
] as const;
export type GradientFunction = (typeof gradientFunctions)[number];

/**
 * leaky_relu: alpha is the slope below 0; elu: beta (x below 0: alpha (e^x - 1)); hard_sigmoid: alpha, beta; clip: alpha to beta, whose ends
 * have the slope 0. Others use neither.
 */
export interface PointwiseGradient {
  readonly kind: 'pointwise_gradient';
  readonly function: GradientFunction;
  readonly alpha: number;
  readonly beta: number;
}
