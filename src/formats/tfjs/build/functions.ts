/** Functions of single values by the names that TensorFlow's operators and Keras give them. */
import type { Operator } from '../../../operators/index.ts';
import { ModelError } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import { lyingAxis, type NetworkBuilder, type Value } from './builder.ts';

const activation = (name: 'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'silu' | 'gelu' | 'abs'): Operator => ({
  kind: 'activation',
  function: name,
});

export function elementwise(
  name: Extract<Operator, { readonly kind: 'elementwise' }>['function'],
  alpha = 0,
  beta = 0,
): Operator {
  return { kind: 'elementwise', function: name, alpha, beta };
}

/** Klambauer et al. 2017. */
const selu = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

/** By TensorFlow's operators: the same in every file. */
const operators: Readonly<Record<string, Operator>> = {
  Relu: activation('relu'),
  Relu6: activation('relu6'),
  Sigmoid: activation('sigmoid'),
  Tanh: activation('tanh'),
  Abs: activation('abs'),
  Elu: elementwise('elu', 1),
  Selu: elementwise('selu', selu.alpha, selu.scale),
  Softplus: elementwise('softplus'),
  Exp: elementwise('exp'),
  Log: elementwise('log'),
  Sqrt: elementwise('sqrt'),
  Neg: elementwise('neg'),
  Reciprocal: elementwise('reciprocal'),
};

/** By Keras' names of activations; `linear` is none. */
const kerasActivations: Readonly<Record<string, Operator | null>> = {
  linear: null,
  relu: activation('relu'),
  relu6: activation('relu6'),
  sigmoid: activation('sigmoid'),
  tanh: activation('tanh'),
  swish: activation('silu'),
  silu: activation('silu'),
  gelu: activation('gelu'),
  elu: elementwise('elu', 1),
  selu: elementwise('selu', selu.alpha, selu.scale),
  softplus: elementwise('softplus'),
  exponential: elementwise('exp'),
  mish: elementwise('mish'),
  hard_sigmoid: elementwise('hard_sigmoid', 0.2, 0.5),
};

const found = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** The operator of one of TensorFlow's functions without attributes; null where it is none. */
export function functionOf(name: string): Operator | null {
  return found(operators, name) ?? null;
}

/** Behind `input` the activation that Keras calls `name`. */
export function kerasActivation(builder: NetworkBuilder, id: string, input: Value, name: string): Value {
  if (name === 'softmax') return softmax(builder, id, input, -1);
  const operator = found(kerasActivations, name);
  if (operator === undefined) throw new ModelError('model-operator', { operator: name, node: id });
  return operator ? builder.pointwise(id, operator, input) : input;
}

export function softmax(builder: NetworkBuilder, id: string, input: Value, axis: number): Value {
  return builder.pointwise(id, { kind: 'softmax', axis: lyingAxis(axis, input.dims.length, id) }, input);
}

/** Learned slopes, one for all or one for each channel; others are no layer of the product. */
export function prelu(builder: NetworkBuilder, id: string, input: Value, slopes: TfTensor): Value {
  const channels = input.dims.at(-1) ?? 1;
  const isPerChannel =
    slopes.values.length === 1 || (slopes.values.length === channels && slopes.shape.at(-1) === channels);
  if (!isPerChannel || input.dims.length === 3) throw new ModelError('model-weight', { name: id });
  const operator = { kind: 'prelu', numParameters: slopes.values.length } as const;
  return builder.pointwise(id, operator, input, () => ({ weight: slopes.values, bias: null }));
}
