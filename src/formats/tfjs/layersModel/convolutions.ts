/** Keras' layers with a window, and the fully connected one. */

import type { Pair } from '../../../operators/operator.ts';
import { dense } from '../build/combine.ts';
import {
  biasOf as biasValues,
  convolution,
  depthwise,
  pooling,
  transposed,
  type WindowAttributes,
} from '../build/windows.ts';
import { ModelError, malformed, unsupported } from '../error.ts';
import { checkLayout, type KerasLayer, pairOf, textOf } from './layers.ts';
import { activated, biasOf, inputOf, type LayerRule, weightOf } from './rule.ts';

function paddingOf(layer: KerasLayer): 'same' | 'valid' {
  const name = textOf(layer, 'padding', 'valid').toLowerCase();
  if (name !== 'same' && name !== 'valid') throw unsupported(layer.name, `padding ${name}`);
  return name;
}

function windowOf(layer: KerasLayer): WindowAttributes {
  checkLayout(layer);
  return {
    stride: pairOf(layer, 'strides', [1, 1]),
    dilation: pairOf(layer, 'dilation_rate', [1, 1]),
    padding: paddingOf(layer),
  };
}

const conv2d: LayerRule = (context) => {
  const { builder, layer } = context;
  const [kernel, bias] = [weightOf(context, 'kernel'), biasOf(context)];
  return activated(context, convolution(builder, layer.name, inputOf(context), kernel, bias, windowOf(layer)));
};

const depthwiseConv2d: LayerRule = (context) => {
  const { builder, layer, weights } = context;
  const kernel = weights(layer, 'depthwise_kernel') ?? weightOf(context, 'kernel');
  return activated(context, depthwise(builder, layer.name, inputOf(context), kernel, biasOf(context), windowOf(layer)));
};

/** Depthwise, then a 1 x 1 convolution that carries the layer's name. */
const separableConv2d: LayerRule = (context) => {
  const { builder, layer } = context;
  const kernel = weightOf(context, 'depthwise_kernel');
  const apart = depthwise(builder, `${layer.name}:depthwise`, inputOf(context), kernel, null, windowOf(layer));
  const plain: WindowAttributes = { stride: [1, 1], dilation: [1, 1], padding: 'valid' };
  const mixed = convolution(builder, layer.name, apart, weightOf(context, 'pointwise_kernel'), biasOf(context), plain);
  return activated(context, mixed);
};

const conv2dTranspose: LayerRule = (context) => {
  const { builder, layer } = context;
  if (layer.config.output_padding !== undefined && layer.config.output_padding !== null)
    throw unsupported(layer.name, 'output_padding');
  const [kernel, bias] = [weightOf(context, 'kernel'), biasOf(context)];
  return activated(context, transposed(builder, layer.name, inputOf(context), kernel, bias, windowOf(layer), null));
};

const pool =
  (name: 'max' | 'average'): LayerRule =>
  (context) => {
    const { builder, layer } = context;
    checkLayout(layer);
    const size = pairOf(layer, 'pool_size', [2, 2]);
    const attributes = { stride: pairOf(layer, 'strides', size), padding: paddingOf(layer) };
    return pooling(builder, layer.name, inputOf(context), name, size, attributes);
  };

const denseLayer: LayerRule = (context) => {
  const { builder, layer } = context;
  const { shape, values } = weightOf(context, 'kernel');
  if (shape.length !== 2) throw new ModelError('model-weight', { name: layer.name });
  const [inFeatures, outFeatures] = shape as Pair;
  const bias = biasValues(biasOf(context), outFeatures, layer.name);
  const at = (i: number, o: number) => values[i * outFeatures + o] ?? fail(layer);
  return activated(context, dense(builder, layer.name, inputOf(context), { inFeatures, outFeatures, at }, bias));
};

function fail({ name }: KerasLayer): never {
  throw malformed(name);
}

export const convolutionLayers: Readonly<Record<string, LayerRule>> = {
  Conv2D: conv2d,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
  Conv2DTranspose: conv2dTranspose,
  MaxPooling2D: pool('max'),
  AveragePooling2D: pool('average'),
  Dense: denseLayer,
};
