/** Element-wise non-linearities: one operator with the function as its attribute, since all their rules but the formula are the same. */
export const activationNames = [
  'none',
  'relu',
  'leaky_relu',
  'relu6',
  'sigmoid',
  'tanh',
  'gelu',
  'silu',
  'abs',
] as const;
export type ActivationName = (typeof activationNames)[number];

export interface Activation {
  readonly kind: 'activation';
  readonly function: ActivationName;
}
