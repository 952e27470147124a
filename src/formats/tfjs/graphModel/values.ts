/** Rules of arithmetic, functions of single values and normalisation. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import { lyingAxis } from '../build/builder.ts';
import { arithmetic, batchNorm, globalAverage, withConstant } from '../build/combine.ts';
import { elementwise, functionOf, prelu, softmax } from '../build/functions.ts';
import { unsupported } from '../error.ts';
import { type Context, constantAt, type GraphRule, integersAt, valueAt } from './context.ts';
import { isSet, numberOf, textOf } from './nodes.ts';

const binary =
  (name: ArithmeticFunction): GraphRule =>
  ({ builder, node, operand }) => {
    const [a, b] = [operand(0), operand(1)];
    if ('value' in a && 'value' in b) return { value: arithmetic(builder, node.name, name, a.value, b.value) };
    if ('value' in a && 'constant' in b)
      return { value: withConstant(builder, node.name, name, a.value, b.constant, false) };
    if ('constant' in a && 'value' in b)
      return { value: withConstant(builder, node.name, name, b.value, a.constant, true) };
    throw unsupported(node.name, 'arithmetic of constants');
  };

/** A bias that could not be made part of the layer before it. */
const biasAdd: GraphRule = (context) => {
  const { builder, node } = context;
  return { value: withConstant(builder, node.name, 'add', valueAt(context, 0), constantAt(context, 1), false) };
};

const leakyRelu: GraphRule = (context) => {
  const { builder, node } = context;
  const operator = elementwise('leaky_relu', numberOf(node, 'alpha', 0.2));
  return { value: builder.pointwise(node.name, operator, valueAt(context, 0)) };
};

const clip: GraphRule = (context) => {
  const [lo, hi] = [1, 2].map((index) => constantAt(context, index).values[0] ?? Number.NaN) as [number, number];
  return { value: context.builder.pointwise(context.node.name, elementwise('clip', lo, hi), valueAt(context, 0)) };
};

const slopes: GraphRule = (context) => {
  const { builder, node } = context;
  return { value: prelu(builder, node.name, valueAt(context, 0), constantAt(context, 1)) };
};

const norm: GraphRule = (context) => {
  const { builder, node } = context;
  const layout = textOf(node, 'data_format', 'NHWC');
  if (layout !== 'NHWC') throw unsupported(node.name, layout);
  const [weight, bias, runningMean, runningVar] = [1, 2, 3, 4].map((index) => constantAt(context, index).values) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const eps = numberOf(node, 'epsilon', 1e-4);
  const parameters = () => ({ weight, bias, runningMean, runningVar });
  return { value: batchNorm(builder, node.name, valueAt(context, 0), eps, parameters) };
};

const reduction =
  (name: 'mean' | 'sum' | 'max' | 'min'): GraphRule =>
  (context) => {
    const { builder, node } = context;
    const input = valueAt(context, 0);
    const rank = input.dims.length;
    const axes = integersAt(context, 1).map((axis) => (axis < 0 ? axis + rank : axis));
    const isKept = isSet(node, 'keep_dims');
    const isWholeMap = rank === 4 && axes.length === 2 && axes.includes(1) && axes.includes(2);
    if (isWholeMap && name === 'mean') return { value: globalAverage(builder, node.name, input, isKept) };
    const reduced = axes.map((axis) => lyingAxis(axis, rank, node.name));
    // Maps without rows and columns lie as [N, C] does; other axes would have to move.
    if (!isKept && !isWholeMap) throw unsupported(node.name, `axes ${axes.join(', ')} without keep_dims`);
    const kept = input.dims.map((size, i) => (axes.includes(i) ? 1 : size));
    const dims = isKept ? kept : [kept[0]!, kept[3]!];
    const operator = { kind: 'reduce', function: name, axes: reduced } as const;
    return { value: builder.emit(node.name, operator, [input], { dims }) };
  };

const softmaxRule: GraphRule = (context) => ({
  value: softmax(context.builder, context.node.name, valueAt(context, 0), -1),
});

export const valueRules: Readonly<Record<string, GraphRule>> = {
  Add: binary('add'),
  AddV2: binary('add'),
  Sub: binary('subtract'),
  Mul: binary('multiply'),
  RealDiv: binary('divide'),
  Maximum: binary('maximum'),
  Minimum: binary('minimum'),
  BiasAdd: biasAdd,
  LeakyRelu: leakyRelu,
  ClipByValue: clip,
  Prelu: slopes,
  FusedBatchNorm: norm,
  FusedBatchNormV2: norm,
  FusedBatchNormV3: norm,
  Mean: reduction('mean'),
  Sum: reduction('sum'),
  Max: reduction('max'),
  Min: reduction('min'),
  Softmax: softmaxRule,
};

/** The rule of a function without attributes, or null. */
export function functionRule(name: string): GraphRule | null {
  const operator = functionOf(name);
  if (!operator) return null;
  return (context: Context) => ({ value: context.builder.pointwise(context.node.name, operator, valueAt(context, 0)) });
}
