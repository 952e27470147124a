/** Keras' layers that move values, and the pooling of whole maps. */
import type { Pair } from '../../../operators/operator.ts';
import { globalAverage } from '../build/combine.ts';
import { concat, flatten, freeDims, pad, reshape, resize } from '../build/shapes.ts';
import { malformed, unsupported } from '../error.ts';
import { sizesOrFree } from '../json.ts';
import { checkLayout, type KerasLayer, numberOf, pairOf, textOf } from './layers.ts';
import { inputOf, type LayerRule } from './rule.ts';

const concatenate: LayerRule = ({ builder, layer, inputs }) =>
  inputs.length === 1 && inputs[0] ? inputs[0] : concat(builder, layer.name, inputs, numberOf(layer, 'axis', -1));

/** One number, two, or two pairs of them: before and behind rows and columns. */
function amountsOf({ config, name }: KerasLayer): readonly [Pair, Pair] {
  const value = config.padding ?? 1;
  const [rows, columns = rows] = Array.isArray(value) ? value : [value];
  const pair = (entry: unknown): Pair => {
    const [before, after = before] = Array.isArray(entry) ? entry : [entry];
    if (!Number.isSafeInteger(before) || !Number.isSafeInteger(after)) throw malformed(`${name}.padding`);
    return [before, after];
  };
  return [pair(rows), pair(columns)];
}

const zeroPadding: LayerRule = (context) => {
  const { builder, layer } = context;
  checkLayout(layer);
  return pad(builder, layer.name, inputOf(context), [[0, 0], ...amountsOf(layer), [0, 0]], 'constant');
};

/** Keras resizes with half-pixel centres. */
const upSampling: LayerRule = (context) => {
  const { builder, layer } = context;
  checkLayout(layer);
  const scaleFactor = pairOf(layer, 'size', [2, 2]);
  if (scaleFactor.some((factor) => factor < 1 || factor > 1024)) throw malformed(`${layer.name}.size`);
  const name = textOf(layer, 'interpolation', 'nearest');
  if (name !== 'nearest' && name !== 'bilinear') throw unsupported(layer.name, name);
  const how =
    name === 'nearest'
      ? ({ mode: 'nearest', coordinateTransformationMode: 'asymmetric', nearestMode: 'floor' } as const)
      : ({ mode: 'linear', coordinateTransformationMode: 'half_pixel' } as const);
  return resize(builder, layer.name, inputOf(context), { ...how, scaleFactor });
};

const average: LayerRule = (context) => {
  const { builder, layer } = context;
  checkLayout(layer);
  return globalAverage(builder, layer.name, inputOf(context), layer.config.keepdims === true);
};

const globalMax: LayerRule = (context) => {
  const { builder, layer } = context;
  checkLayout(layer);
  const input = inputOf(context);
  const [n, c] = builder.shape(input);
  const dims = layer.config.keepdims === true ? [n, 1, 1, c] : [n, c];
  return builder.emit(layer.name, { kind: 'adaptive_pool2d', function: 'max', outputSize: [1, 1] }, [input], { dims });
};

const flattenLayer: LayerRule = (context) => flatten(context.builder, context.layer.name, inputOf(context));

const reshapeLayer: LayerRule = (context) => {
  const { builder, layer } = context;
  const input = inputOf(context);
  const wanted = [-1, ...sizesOrFree(layer.config.target_shape, `${layer.name}.target_shape`)];
  return reshape(builder, layer.name, input, freeDims(builder, layer.name, input, wanted));
};

export const moveLayers: Readonly<Record<string, LayerRule>> = {
  Concatenate: concatenate,
  ZeroPadding2D: zeroPadding,
  UpSampling2D: upSampling,
  GlobalAveragePooling2D: average,
  GlobalMaxPooling2D: globalMax,
  Flatten: flattenLayer,
  Reshape: reshapeLayer,
};
