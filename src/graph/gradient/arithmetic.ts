/** Small steps that gradients are put together of. Every function adds nodes and gives the last. */
import type { ArithmeticFunction } from '../../operators/arithmetic/attributes.ts';
import type { Shape } from '../../operators/operator.ts';
import type { GradientFunction } from '../../operators/pointwiseGradient/attributes.ts';
import type { Dimension } from '../../operators/tensors.ts';
import { dimensions } from '../../operators/tensors.ts';
import type { NodeId } from '../graph.ts';
import { type Derived, equal, type GradientBuilder, type TensorSource } from './builder.ts';

export function combine(builder: GradientBuilder, name: ArithmeticFunction, a: NodeId, b: NodeId): NodeId {
  return builder.add({ kind: 'arithmetic', function: name }, [a, b]);
}

export function negative(builder: GradientBuilder, x: NodeId): NodeId {
  return builder.add({ kind: 'elementwise', function: 'neg', alpha: 0, beta: 0 }, [x]);
}

/** gy f'(x). */
export function throughFunction(
  builder: GradientBuilder,
  name: GradientFunction,
  [x, gy]: readonly [NodeId, NodeId],
  [alpha, beta]: readonly [number, number] = [0, 0],
): NodeId {
  return builder.add({ kind: 'pointwise_gradient', function: name, alpha, beta }, [x, gy]);
}

/** Every channel times a number of its own, [C]: a batch norm whose statistics are 0 and 1. */
export function scaled(builder: GradientBuilder, x: NodeId, weight: TensorSource): NodeId {
  const channels = builder.shape(x)[1];
  return builder.add({ kind: 'batch_norm2d', numFeatures: channels, eps: 0 }, [x], affine(channels, weight, null));
}

/** x times `factor` plus `offset`; with factor 0 a map of one value. */
export function shifted(builder: GradientBuilder, x: NodeId, factor: number, offset: number): NodeId {
  const channels = builder.shape(x)[1];
  const values = affine(channels, equal(channels, factor), equal(channels, offset));
  return builder.add({ kind: 'batch_norm2d', numFeatures: channels, eps: 0 }, [x], values);
}

function affine(channels: number, weight: TensorSource, bias: TensorSource | null): Derived {
  return { weight, bias, runningMean: equal(channels, 0), runningVar: equal(channels, 1) };
}

/** Added up over images, rows and columns, [1, C, 1, 1]; maps first, so that there is work for many at once. */
export function perChannelSum(builder: GradientBuilder, x: NodeId): NodeId {
  return reduced(builder, 'sum', reduced(builder, 'sum', x, [2, 3]), [0]);
}

export function reduced(builder: GradientBuilder, name: 'mean' | 'sum', x: NodeId, axes: readonly Dimension[]): NodeId {
  return axes.length === 0 ? x : builder.add({ kind: 'reduce', function: name, axes }, [x]);
}

/** What was repeated along axes of size 1 is added up along them again. */
export function unrepeated(builder: GradientBuilder, x: NodeId, shape: Shape): NodeId {
  const from = builder.shape(x);
  return reduced(
    builder,
    'sum',
    x,
    dimensions.filter((axis) => shape[axis] === 1 && from[axis] !== 1),
  );
}
