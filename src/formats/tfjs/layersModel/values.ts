/** Keras' layers of single values: activations, normalisation, and arithmetic of several tensors. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import type { Value } from '../build/builder.ts';
import { affine, arithmetic, batchNorm } from '../build/combine.ts';
import { elementwise, kerasActivation, prelu, softmax } from '../build/functions.ts';
import { unsupported } from '../error.ts';
import { activationOf, numberOf } from './layers.ts';
import { inputOf, type LayerContext, type LayerRule, weightOf } from './rule.ts';

const same: LayerRule = inputOf;

const activation: LayerRule = (context) => {
  const { builder, layer } = context;
  return kerasActivation(builder, layer.name, inputOf(context), activationOf(layer));
};

const relu: LayerRule = (context) => {
  const { builder, layer } = context;
  const slope = numberOf(layer, 'negative_slope', 0);
  const most = numberOf(layer, 'max_value', Number.POSITIVE_INFINITY);
  if (numberOf(layer, 'threshold', 0) !== 0) throw unsupported(layer.name, 'threshold');
  if (most === Number.POSITIVE_INFINITY && slope === 0)
    return kerasActivation(builder, layer.name, inputOf(context), 'relu');
  if (most === 6 && slope === 0) return kerasActivation(builder, layer.name, inputOf(context), 'relu6');
  if (slope === 0) return builder.pointwise(layer.name, elementwise('clip', 0, most), inputOf(context));
  if (most !== Number.POSITIVE_INFINITY) throw unsupported(layer.name, 'negative_slope with max_value');
  return builder.pointwise(layer.name, elementwise('leaky_relu', slope), inputOf(context));
};

const leakyRelu: LayerRule = (context) => {
  const { builder, layer } = context;
  const alpha = numberOf(layer, 'alpha', numberOf(layer, 'negative_slope', 0.3));
  return builder.pointwise(layer.name, elementwise('leaky_relu', alpha), inputOf(context));
};

const elu: LayerRule = (context) =>
  context.builder.pointwise(
    context.layer.name,
    elementwise('elu', numberOf(context.layer, 'alpha', 1)),
    inputOf(context),
  );

const preluLayer: LayerRule = (context) =>
  prelu(context.builder, context.layer.name, inputOf(context), weightOf(context, 'alpha'));

const softmaxLayer: LayerRule = (context) =>
  softmax(context.builder, context.layer.name, inputOf(context), numberOf(context.layer, 'axis', -1));

const norm: LayerRule = (context) => {
  const { builder, layer, weights } = context;
  const input = inputOf(context);
  const channels = input.dims.at(-1) ?? 0;
  const rawAxis = layer.config.axis;
  const axis = Array.isArray(rawAxis) ? rawAxis[0] : (rawAxis ?? -1);
  if (axis !== -1 && axis !== input.dims.length - 1) throw unsupported(layer.name, `axis ${String(axis)}`);
  const filled = (part: string, value: number, isUsed: boolean) =>
    isUsed ? (weights(layer, part)?.values ?? weightOf(context, part).values) : new Float32Array(channels).fill(value);
  return batchNorm(builder, layer.name, input, numberOf(layer, 'epsilon', 1e-3), () => ({
    weight: filled('gamma', 1, layer.config.scale !== false),
    bias: filled('beta', 0, layer.config.center !== false),
    runningMean: weightOf(context, 'moving_mean').values,
    runningVar: weightOf(context, 'moving_variance').values,
  }));
};

/** Tensor by tensor, from the left. */
const combining =
  (name: ArithmeticFunction): LayerRule =>
  ({ builder, layer, inputs }: LayerContext) => {
    const [first, ...others] = inputs;
    if (!first || others.length === 0) throw unsupported(layer.name, `${inputs.length} inputs`);
    return others.reduce<Value>(
      (sum, next, i) =>
        arithmetic(builder, i === others.length - 1 ? layer.name : `${layer.name}:${i}`, name, sum, next),
      first,
    );
  };

/** x * scale + offset, as `Rescaling` has it. */
const rescaling: LayerRule = (context) => {
  const { builder, layer } = context;
  const [scale, offset] = [numberOf(layer, 'scale', 1), numberOf(layer, 'offset', 0)];
  return affine(
    builder,
    layer.name,
    inputOf(context),
    () => scale,
    () => offset,
  );
};

/** The residual scaling of super-resolution networks: x * beta. */
const multiplyBeta: LayerRule = (context) => {
  const { builder, layer } = context;
  const beta = numberOf(layer, 'beta', 0.2);
  return affine(
    builder,
    layer.name,
    inputOf(context),
    () => beta,
    () => 0,
  );
};

export const valueLayers: Readonly<Record<string, LayerRule>> = {
  Activation: activation,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  PReLU: preluLayer,
  Softmax: softmaxLayer,
  BatchNormalization: norm,
  Add: combining('add'),
  Subtract: combining('subtract'),
  Multiply: combining('multiply'),
  Maximum: combining('maximum'),
  Minimum: combining('minimum'),
  Rescaling: rescaling,
  MultiplyBeta: multiplyBeta,
  Dropout: same,
  SpatialDropout2D: same,
  GaussianNoise: same,
};
