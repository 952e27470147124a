/** Arithmetic of tensors with broadcasting, joins, reductions, softmax and matrix products. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import type { Reduce } from '../../../operators/reduce/attributes.ts';
import type { Dimension } from '../../../operators/tensors.ts';
import { numberOf } from '../attributes.ts';
import { aligned, type GraphBuilder, sizeOf, type Value } from '../builder.ts';
import { OnnxError } from '../error.ts';
import type { OnnxNode } from '../model.ts';
import { defineOutput, type ImportRule } from './rule.ts';
import { axesOf, axisOf, fourDims } from './shapes.ts';

/** NumPy's broadcasting of two lists of sizes. */
function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  const at = (dims: readonly number[], i: number) => dims[i - (rank - dims.length)] ?? 1;
  return Array.from({ length: rank }, (_, i) => (at(a, i) === 1 ? at(b, i) : at(a, i)));
}

export function combine(builder: GraphBuilder, name: ArithmeticFunction, a: Value, b: Value): Value {
  const isSame = a.dims.join() === b.dims.join();
  if (!isSame && Math.max(a.dims.length, b.dims.length) > 4)
    throw new OnnxError('unsupported', 'broadcasting of more than four axes');
  const shapes = [aligned(a.dims), aligned(b.dims)] as const;
  const nodes = [builder.lying(a, shapes[0]), builder.lying(b, shapes[1])];
  return { ...builder.emit({ kind: 'arithmetic', function: name }, nodes, shapes), dims: broadcast(a.dims, b.dims) };
}

/** Two tensors, or as many as there are, one after another. */
const arithmetic =
  (name: ArithmeticFunction): ImportRule =>
  (node, builder) => {
    let sum = builder.value(node, 0);
    for (let i = 1; i < node.inputs.length; i++) sum = combine(builder, name, sum, builder.value(node, i));
    defineOutput(node, builder, sum, sum.dims);
  };

const concat: ImportRule = (node, builder) => {
  const values = node.inputs.map((_, i) => builder.value(node, i));
  const rank = values[0]?.dims.length ?? 0;
  const axis = axisOf(numberOf(node, 'axis', 0), rank);
  const shapes = values.map((value) => fourDims(value).shape);
  const nodes = values.map((value, i) => builder.lying(value, shapes[i]!));
  const result = builder.emit({ kind: 'concat', axis: (axis + 4 - rank) as Dimension }, nodes, shapes);
  defineOutput(node, builder, result, result.shape.slice(4 - rank));
};

const reduce =
  (name: Reduce['function']): ImportRule =>
  (node, builder) => {
    const value = builder.value(node, 0);
    const { shape, offset } = fourDims(value);
    const given = axesOf(node, builder, 1, value.dims.length);
    if (given?.length === 0 && numberOf(node, 'noop_with_empty_axes', 0) !== 0) {
      defineOutput(node, builder, value, value.dims);
      return;
    }
    const axes = given && given.length > 0 ? given : value.dims.map((_, i) => i);
    const operator = {
      kind: 'reduce',
      function: name,
      axes: axes.map((axis) => (axis + offset) as Dimension),
    } as const;
    const result = builder.emit(operator, [builder.lying(value, shape)], [shape]);
    const kept = result.shape.slice(offset);
    const dims = numberOf(node, 'keepdims', 1) === 0 ? kept.filter((_, axis) => !axes.includes(axis)) : kept;
    defineOutput(node, builder, result, dims);
  };

/** Since opset 13 along one axis; before, over all axes from `axis` on together. */
const softmax: ImportRule = (node, builder, opset) => {
  const value = builder.value(node, 0);
  const rank = value.dims.length;
  const axis = axisOf(numberOf(node, 'axis', opset >= 13 ? -1 : 1), rank);
  const isTogether = opset < 13;
  const [before, after] = [value.dims.slice(0, axis), value.dims.slice(isTogether ? rank : axis + 1)];
  const own = sizeOf(value.dims) / (sizeOf(before) * sizeOf(after));
  const shape = [1, sizeOf(before), own, sizeOf(after)] as const;
  const result = builder.emit({ kind: 'softmax', axis: 2 }, [builder.lying(value, shape)], [shape]);
  defineOutput(node, builder, result, value.dims);
};

/** x [M, K] by a known matrix [K, N], or [N, K] where it is transposed: a fully connected layer over M images. */
function product(
  builder: GraphBuilder,
  x: Value,
  matrix: { readonly values: Float32Array; readonly dims: readonly number[] },
  isTransposed: boolean,
  alpha: number,
  bias: Float32Array | null,
): Value {
  const [rows = 0, columns = 0] = matrix.dims;
  const [inFeatures, outFeatures] = isTransposed ? [columns, rows] : [rows, columns];
  const weight = new Float32Array(rows * columns);
  for (let n = 0; n < outFeatures; n++)
    for (let k = 0; k < inFeatures; k++)
      weight[n * inFeatures + k] = alpha * matrix.values[isTransposed ? n * inFeatures + k : k * outFeatures + n]!;
  const images = sizeOf(x.dims.slice(0, -1));
  const shape = [images, inFeatures, 1, 1] as const;
  const operator = { kind: 'linear', inFeatures, outFeatures, bias: bias !== null } as const;
  const result = builder.emit(operator, [builder.lying(x, shape)], [shape], { weight, bias });
  return { ...result, dims: [...x.dims.slice(0, -1), outFeatures] };
}

const gemm: ImportRule = (node, builder) => {
  const a = builder.value(node, 0);
  const b = builder.constant(node, 1);
  if (!b) throw new OnnxError('damaged', 'Gemm without a second matrix');
  const [alpha, beta] = [numberOf(node, 'alpha', 1), numberOf(node, 'beta', 1)];
  const x = numberOf(node, 'transA', 0) === 0 ? a : transposed(builder, a);
  const isTransposed = numberOf(node, 'transB', 0) !== 0;
  const outFeatures = b.dims[isTransposed ? 0 : 1] ?? 0;
  const c = builder.known(node, 2);
  const isBias = c !== null && sizeOf(c.dims.slice(0, -1)) === 1 && [1, outFeatures].includes(c.values.length);
  const bias = isBias
    ? Float32Array.from({ length: outFeatures }, (_, n) => beta * c.values[c.values.length === 1 ? 0 : n]!)
    : null;
  const result = product(builder, x, b, isTransposed, alpha, bias);
  if (isBias || !builder.isThere(node, 2)) {
    defineOutput(node, builder, result, result.dims);
    return;
  }
  const added = scaled(node, builder, builder.value(node, 2), beta);
  const sum = combine(builder, 'add', result, added);
  defineOutput(node, builder, sum, sum.dims);
};

function transposed(builder: GraphBuilder, value: Value): Value {
  const { shape } = fourDims(value);
  const result = builder.emit({ kind: 'permute', dims: [0, 1, 3, 2] }, [builder.lying(value, shape)], [shape]);
  return { ...result, dims: [...value.dims].reverse() };
}

function scaled(node: OnnxNode, builder: GraphBuilder, value: Value, by: number): Value {
  if (by === 1) return value;
  const name = `${node.outputs[0]}:beta`;
  builder.know(name, { name, dims: [], values: Float32Array.of(by), integers: null });
  return combine(builder, 'multiply', value, builder.value({ ...node, inputs: [name] }, 0));
}

const matMul: ImportRule = (node, builder) => {
  const b = builder.constant(node, 1);
  if (b?.dims.length !== 2) throw new OnnxError('unsupported', 'MatMul by anything but a known matrix');
  const result = product(builder, builder.value(node, 0), b, false, 1, null);
  defineOutput(node, builder, result, result.dims);
};

export const arithmeticRules: Readonly<Record<string, ImportRule>> = {
  Add: arithmetic('add'),
  Sub: arithmetic('subtract'),
  Mul: arithmetic('multiply'),
  Div: arithmetic('divide'),
  Pow: arithmetic('power'),
  Min: arithmetic('minimum'),
  Max: arithmetic('maximum'),
  Sum: arithmetic('add'),
  Concat: concat,
  ReduceMean: reduce('mean'),
  ReduceSum: reduce('sum'),
  ReduceMax: reduce('max'),
  ReduceMin: reduce('min'),
  Softmax: softmax,
  Gemm: gemm,
  MatMul: matMul,
};
