/** Functions of single values: activations, and element-wise functions with numbers of their own. */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import type { ElementwiseFunction } from '../../../operators/elementwise/attributes.ts';
import { numberOf, textOf } from '../attributes.ts';
import type { OnnxNode } from '../model.ts';
import { defineOutput, type ImportRule } from './rule.ts';

const activation =
  (name: ActivationName): ImportRule =>
  (node, builder) => {
    const value = builder.value(node, 0);
    const result = builder.emit({ kind: 'activation', function: name }, [value.node], [value.shape]);
    defineOutput(node, builder, result, value.dims);
  };

type Numbers = (node: OnnxNode) => { readonly alpha: number; readonly beta: number };

const none: Numbers = () => ({ alpha: 0, beta: 0 });
const alphaOr =
  (alpha: number): Numbers =>
  (node) => ({ alpha: numberOf(node, 'alpha', alpha), beta: 0 });

const elementwise =
  (name: ElementwiseFunction, numbers: Numbers = none): ImportRule =>
  (node, builder) => {
    const value = builder.value(node, 0);
    const operator = { kind: 'elementwise', function: name, ...numbers(node) } as const;
    defineOutput(node, builder, builder.emit(operator, [value.node], [value.shape]), value.dims);
  };

const gelu: ImportRule = (node, builder, opset) =>
  (textOf(node, 'approximate', 'none') === 'tanh' ? elementwise('gelu_tanh') : activation('gelu'))(
    node,
    builder,
    opset,
  );

/** The ends are inputs since opset 11, attributes before; absent, they are open. */
const clip: ImportRule = (node, builder, opset) => {
  const end = (index: number, name: string, open: number) =>
    builder.constant(node, index)?.values[0] ?? numberOf(node, name, open);
  const numbers = { alpha: end(1, 'min', Number.NEGATIVE_INFINITY), beta: end(2, 'max', Number.POSITIVE_INFINITY) };
  elementwise('clip', () => numbers)(node, builder, opset);
};

export const functionRules: Readonly<Record<string, ImportRule>> = {
  Relu: activation('relu'),
  Sigmoid: activation('sigmoid'),
  Tanh: activation('tanh'),
  Abs: activation('abs'),
  Gelu: gelu,
  LeakyRelu: elementwise('leaky_relu', alphaOr(0.01)),
  Elu: elementwise('elu', alphaOr(1)),
  Selu: elementwise('selu', (node) => ({
    alpha: numberOf(node, 'alpha', 1.6732632),
    beta: numberOf(node, 'gamma', 1.050701),
  })),
  HardSigmoid: elementwise('hard_sigmoid', (node) => ({
    alpha: numberOf(node, 'alpha', 0.2),
    beta: numberOf(node, 'beta', 0.5),
  })),
  HardSwish: elementwise('hard_swish'),
  Softplus: elementwise('softplus'),
  Mish: elementwise('mish'),
  Clip: clip,
  Exp: elementwise('exp'),
  Log: elementwise('log'),
  Sqrt: elementwise('sqrt'),
  Reciprocal: elementwise('reciprocal'),
  Neg: elementwise('neg'),
};
