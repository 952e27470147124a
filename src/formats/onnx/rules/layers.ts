/** Normalisations, PReLU, pooling of whole maps, and resizing. */
import { createLocalResponseNorm } from '../../../operators/localResponseNorm/index.ts';
import type { Pair } from '../../../operators/operator.ts';
import {
  type CoordinateMode,
  coordinateModes,
  type NearestMode,
  nearestModes,
} from '../../../operators/resize/attributes.ts';
import { createResize } from '../../../operators/resize/index.ts';
import { listOf, numberOf, textOf } from '../attributes.ts';
import { asMaps, type GraphBuilder, sizeOf, type Value } from '../builder.ts';
import { OnnxError } from '../error.ts';
import type { OnnxNode } from '../model.ts';
import { combine } from './arithmetic.ts';
import { defineOutput, type ImportRule } from './rule.ts';
import { axesOf } from './shapes.ts';

function needed(node: OnnxNode, builder: GraphBuilder, index: number): Float32Array {
  const tensor = builder.constant(node, index);
  if (!tensor) throw new OnnxError('damaged', `${node.operator} without input ${index}`);
  return tensor.values;
}

const batchNorm: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const shape = asMaps(value.dims);
  const operator = { kind: 'batch_norm2d', numFeatures: shape[1], eps: numberOf(node, 'epsilon', 1e-5) } as const;
  const [weight, bias, runningMean, runningVar] = [1, 2, 3, 4].map((i) => needed(node, builder, i)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const parameters = { weight, bias, runningMean, runningVar };
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape], parameters), value.dims);
};

const instanceNorm: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const shape = asMaps(value.dims);
  const channels = shape[1];
  const eps = numberOf(node, 'epsilon', 1e-5);
  const operator = { kind: 'group_norm', numGroups: channels, numChannels: channels, eps } as const;
  const parameters = { weight: needed(node, builder, 1), bias: needed(node, builder, 2) };
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape], parameters), value.dims);
};

const localResponseNorm: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const shape = asMaps(value.dims);
  const size = numberOf(node, 'size', 1);
  const operator = {
    ...createLocalResponseNorm({
      size,
      alpha: numberOf(node, 'alpha', 1e-4),
      beta: numberOf(node, 'beta', 0.75),
      k: numberOf(node, 'bias', 1),
    }),
    channelsBefore: Math.floor((size - 1) / 2),
  };
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape]), value.dims);
};

/** One slope, or one for each channel, is a layer of its own; any other shape of slopes is arithmetic: relu(x) - slope relu(-x). */
const prelu: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const shape = asMaps(value.dims);
  const slope = builder.known(node, 1);
  const isPerChannel = slope !== null && (slope.values.length === 1 || areChannels(slope.dims, value.dims));
  if (slope && isPerChannel) {
    const operator = { kind: 'prelu', numParameters: slope.values.length } as const;
    const parameters = { weight: slope.values, bias: null };
    defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape], parameters), value.dims);
    return;
  }
  const of = (operator: Parameters<GraphBuilder['emit']>[0], from: Value): Value => ({
    ...builder.emit(operator, [from.node], [from.shape]),
    dims: from.dims,
  });
  const relu = { kind: 'activation', function: 'relu' } as const;
  const below = of(relu, of({ kind: 'elementwise', function: 'neg', alpha: 0, beta: 0 }, value));
  const sloped = combine(builder, 'multiply', below, builder.value(node, 1));
  const result = combine(builder, 'subtract', of(relu, value), sloped);
  defineOutput(node, builder, result, value.dims);
};

/** Slopes lie along the channels: [C, 1, 1], or as PyTorch's older exports have them, [C] whatever follows. */
function areChannels(slopes: readonly number[], dims: readonly number[]): boolean {
  const channels = dims[1] ?? 1;
  if (sizeOf(slopes) !== channels) return false;
  const isAligned = slopes[slopes.length - (dims.length - 1)] === channels;
  return isAligned || (slopes.length === 1 && dims.at(-1) !== channels);
}

const globalPool =
  (name: 'max' | 'average'): ImportRule =>
  (node, builder) => {
    const value = builder.value(node, 0);
    const shape = asMaps(value.dims);
    const operator = { kind: 'adaptive_pool2d', function: name, outputSize: [1, 1] } as const;
    const result = builder.emit(operator, [builder.lying(value, shape)], [shape]);
    defineOutput(node, builder, result, [...value.dims.slice(0, 2), ...value.dims.slice(2).map(() => 1)]);
  };

function oneOf<T extends string>(node: OnnxNode, name: string, choices: readonly T[], otherwise: T): T {
  const text = textOf(node, name, otherwise);
  const found = choices.find((choice) => choice === text);
  if (!found) throw new OnnxError('unsupported', `${node.operator} with ${name}=${text}`);
  return found;
}

/** What is said of rows and columns among the resized axes; other axes must keep their size. */
function spatial(
  node: OnnxNode,
  axes: readonly number[],
  given: readonly number[] | null,
  same: (axis: number) => number,
): Pair | null {
  if (given === null || given.length === 0) return null;
  const at = (axis: number) => {
    const place = axes.indexOf(axis);
    return place === -1 ? same(axis) : given[place]!;
  };
  if (at(0) !== same(0) || at(1) !== same(1))
    throw new OnnxError('unsupported', `${node.operator} of batch or channels`);
  return [at(2), at(3)];
}

const resize: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  if (value.dims.length !== 4) throw new OnnxError('unsupported', `Resize of a tensor of ${value.dims.length} axes`);
  if (numberOf(node, 'antialias', 0) !== 0) throw new OnnxError('unsupported', 'Resize with antialias');
  const axes = axesOf(node, builder, -1, 4) ?? [0, 1, 2, 3];
  const scales = spatial(node, axes, [...(builder.constant(node, 2)?.values ?? [])], () => 1);
  const sizes = spatial(node, axes, builder.integers(node, 3), (axis) => value.dims[axis]!);
  const [height, width] = [value.dims[2]!, value.dims[3]!];
  const policy = textOf(node, 'keep_aspect_ratio_policy', 'stretch');
  const operator = createResize({
    mode: oneOf(node, 'mode', ['nearest', 'linear', 'cubic'], 'nearest'),
    ...(sizes ? fitted(sizes, [height, width], policy) : { size: null, scaleFactor: scales }),
    coordinateTransformationMode: oneOf<CoordinateMode>(
      node,
      'coordinate_transformation_mode',
      coordinateModes,
      'half_pixel',
    ),
    nearestMode: oneOf<NearestMode>(node, 'nearest_mode', nearestModes, 'round_prefer_floor'),
    cubicCoeffA: numberOf(node, 'cubic_coeff_a', -0.75),
    excludeOutside: numberOf(node, 'exclude_outside', 0) !== 0,
  });
  const shape = asMaps(value.dims);
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape]));
};

/** The size that is asked for, or the one of the same proportions within it or around it (ONNX, keep_aspect_ratio_policy). */
function fitted(
  sizes: Pair,
  [height, width]: Pair,
  policy: string,
): { readonly size: Pair; readonly scaleFactor: Pair | null } {
  if (policy === 'stretch') return { size: sizes, scaleFactor: null };
  const ratios = [sizes[0] / height, sizes[1] / width] as const;
  const scale = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  return { size: [Math.round(scale * height), Math.round(scale * width)], scaleFactor: [scale, scale] };
}

/** Resize as it was before opset 10: nearest and linear by whole coordinates. */
const upsample: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const given = [...(builder.constant(node, 1)?.values ?? listOf(node, 'scales') ?? [])];
  const scaleFactor = spatial(node, [0, 1, 2, 3], given, () => 1);
  if (value.dims.length !== 4 || !scaleFactor)
    throw new OnnxError('unsupported', 'Upsample of other than feature maps');
  const operator = createResize({
    mode: oneOf(node, 'mode', ['nearest', 'linear'], 'nearest'),
    size: null,
    scaleFactor,
    coordinateTransformationMode: 'asymmetric',
    nearestMode: 'floor',
  });
  const shape = asMaps(value.dims);
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape]));
};

export const layerRules: Readonly<Record<string, ImportRule>> = {
  BatchNormalization: batchNorm,
  InstanceNormalization: instanceNorm,
  LRN: localResponseNorm,
  PRelu: prelu,
  GlobalAveragePool: globalPool('average'),
  GlobalMaxPool: globalPool('max'),
  Resize: resize,
  Upsample: upsample,
};
