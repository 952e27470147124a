/** Layer normalisation over channels: each pixel's channels get mean 0 and variance 1, then a factor and an offset per channel. */
import { sameShape } from '../normalisation.ts';
import type { OperatorRules } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { standardisingRules } from '../standardise.ts';
import type { LayerNorm2d } from './attributes.ts';

export const layerNorm2d: OperatorRules<LayerNorm2d> = {
  kind: 'layer_norm2d',
  outputShape: (norm, inputs) => sameShape(inputs, norm.numChannels),
  arity: () => 1,
  ...pointwise,
  ...standardisingRules((_, [images, , height, width]) => ({
    count: images * height * width,
    of: (n, _c, y, x) => (n * height + y) * width + x,
  })),
};
