/** Arithmetic of two tensors, value by value, with NumPy's broadcasting over all four axes. */
export const arithmeticFunctions = ['add', 'subtract', 'multiply', 'divide', 'power', 'minimum', 'maximum'] as const;
export type ArithmeticFunction = (typeof arithmeticFunctions)[number];

export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly function: ArithmeticFunction;
}
