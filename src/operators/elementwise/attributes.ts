/**
 * Functions of single values beside the activations that Explore offers (`activation`): with numbers of their own, as models from files
 * have them. Names as in `torch.nn.functional`.
 */
export const elementwiseFunctions = [
  'leaky_relu',
  'elu',
  'selu',
  'hard_sigmoid',
  'hard_swish',
  'softplus',
  'mish',
  'gelu_tanh',
  'clip',
  'exp',
  'sqrt',
  'reciprocal',
  'neg',
  'log',
] as const;
export type ElementwiseFunction = (typeof elementwiseFunctions)[number];

/** leaky_relu: alpha is the slope below 0; elu: alpha; selu and hard_sigmoid: alpha, beta; clip: alpha to beta. Others use neither. */
export interface Elementwise {
  readonly kind: 'elementwise';
  readonly function: ElementwiseFunction;
  readonly alpha: number;
  readonly beta: number;
}
