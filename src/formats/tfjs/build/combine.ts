/** Arithmetic of tensors, and of a tensor with constants: one for all values or one for each channel. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import type { ParameterValues } from '../../../operators/operator.ts';
import { ModelError, unsupported } from '../error.ts';
import type { TfTensor } from '../weights.ts';
import { mapsDims, type NetworkBuilder, type Value } from './builder.ts';
import { elementwise } from './functions.ts';

/** Two tensors of the same rank; sizes of 1 are repeated. */
export function arithmetic(builder: NetworkBuilder, id: string, name: ArithmeticFunction, a: Value, b: Value): Value {
  if (a.dims.length !== b.dims.length) throw unsupported(id, `tensors of rank ${a.dims.length} and ${b.dims.length}`);
  const dims = a.dims.map((size, i) => Math.max(size, b.dims[i]!));
  return builder.emit(id, { kind: 'arithmetic', function: name }, [a, b], { dims });
}

/** x * scale + shift, channel by channel: a batch norm whose statistics are 0 and 1. */
export function affine(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  scale: (channel: number) => number,
  shift: (channel: number) => number,
): Value {
  const channels = channelsOf(id, input);
  const filled = (value: (channel: number) => number) => Float32Array.from({ length: channels }, (_, c) => value(c));
  return builder.pointwise(id, { kind: 'batch_norm2d', numFeatures: channels, eps: 0 }, input, () => ({
    weight: filled(scale),
    bias: filled(shift),
    runningMean: filled(() => 0),
    runningVar: filled(() => 1),
  }));
}

function channelsOf(id: string, { dims }: Value): number {
  if (dims.length !== 4 && dims.length !== 2) throw unsupported(id, `channels of a tensor of rank ${dims.length}`);
  return dims.at(-1)!;
}

export function batchNorm(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  eps: number,
  parameters: () => Required<ParameterValues>,
): Value {
  const channels = channelsOf(id, input);
  const values = parameters();
  const all = [values.weight, values.bias, values.runningMean, values.runningVar];
  if (all.some((part) => part?.length !== channels)) throw new ModelError('model-weight', { name: id });
  return builder.pointwise(id, { kind: 'batch_norm2d', numFeatures: channels, eps }, input, () => values);
}

/** Where a constant is one number or one for each channel: that of channel c. */
function perChannel(id: string, constant: TfTensor, input: Value): (channel: number) => number {
  const { shape, values } = constant;
  const channels = channelsOf(id, input);
  if (values.length === 1 && shape.length <= input.dims.length) return () => values[0]!;
  if (values.length !== channels || shape.at(-1) !== channels || shape.length > input.dims.length)
    throw unsupported(id, `a constant of ${shape.join(' x ')}`);
  return (channel) => values[channel]!;
}

/** A tensor with a constant; `isFirst`: the constant stands left of the sign. */
export function withConstant(
  builder: NetworkBuilder,
  id: string,
  name: ArithmeticFunction,
  input: Value,
  constant: TfTensor,
  isFirst: boolean,
): Value {
  const value = perChannel(id, constant, input);
  switch (name) {
    case 'add':
      return affine(builder, id, input, () => 1, value);
    case 'subtract':
      return isFirst
        ? affine(builder, id, input, () => -1, value)
        : affine(
            builder,
            id,
            input,
            () => 1,
            (c) => -value(c),
          );
    case 'multiply':
      return affine(builder, id, input, value, () => 0);
    case 'divide':
      if (isFirst) throw unsupported(id, 'a constant divided by maps');
      return affine(
        builder,
        id,
        input,
        (c) => 1 / value(c),
        () => 0,
      );
    case 'minimum':
    case 'maximum': {
      if (constant.values.length !== 1) throw unsupported(id, `a constant of ${constant.shape.join(' x ')}`);
      const end = constant.values[0]!;
      const [lo, hi] = name === 'minimum' ? [Number.NEGATIVE_INFINITY, end] : [end, Number.POSITIVE_INFINITY];
      return builder.pointwise(id, elementwise('clip', lo, hi), input);
    }
    case 'power':
      throw unsupported(id, 'a power with a constant');
    default:
      name satisfies never;
      throw new Error('unknown arithmetic');
  }
}

/** x [N, in] times a matrix that lies [in, out]. */
export function dense(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  matrix: { readonly inFeatures: number; readonly outFeatures: number; at(input: number, output: number): number },
  bias: Float32Array | null,
): Value {
  const { inFeatures, outFeatures, at } = matrix;
  const [images = 1] = input.dims;
  if (input.dims.length !== 2 || input.dims[1] !== inFeatures || (bias && bias.length !== outFeatures))
    throw new ModelError('model-weight', { name: id });
  const weight = () =>
    Float32Array.from({ length: outFeatures * inFeatures }, (_, i) => at(i % inFeatures, Math.floor(i / inFeatures)));
  return builder.emit(id, { kind: 'linear', inFeatures, outFeatures, bias: bias !== null }, [input], {
    dims: [images, outFeatures],
    parameters: () => ({ weight: weight(), bias }),
  });
}

/** The mean of every map: [N, C], or [N, 1, 1, C] where the axes are kept. */
export function globalAverage(builder: NetworkBuilder, id: string, input: Value, isKept: boolean): Value {
  const [n, c] = builder.shape(input);
  const dims = isKept ? mapsDims([n, c, 1, 1]) : [n, c];
  return builder.emit(id, { kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] }, [input], { dims });
}
