/**
 * Instead of a transposed convolution: enlarge by nearest neighbour, then convolve (Odena et al., Distill 2016). Every output is reached by
 * all taps, so there is no checkerboard; it is another layer, not the same one.
 */
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { Pair, ParameterValues } from '../../operators/operator.ts';
import type { Resize } from '../../operators/resize/attributes.ts';
import { createResize } from '../../operators/resize/index.ts';
import { type Alternative, turnedWeights } from './direct.ts';

/** Every pixel `scaleFactor` times as high and wide: `nn.Upsample(scale_factor=...)`. */
export function enlargement(scaleFactor: Pair): Resize {
  return createResize({
    mode: 'nearest',
    scaleFactor,
    coordinateTransformationMode: 'asymmetric',
    nearestMode: 'floor',
  });
}

/**
 * `enlarged` is s times as high and wide as the input, the output too. It begins with the transposed layer's kernel, turned, and divided by
 * the pixels that one input pixel becomes: then both answer a constant input alike on average.
 */
export function resizeConvolveAlternative(transposed: ConvTranspose2d, values: ParameterValues): Alternative {
  const { inChannels, outChannels, kernelSize, stride, dilation, groups, bias } = transposed;
  const area = stride[0] * stride[1];
  const conv = createConv2d({ inChannels, outChannels, kernelSize, dilation, groups, bias, padding: 'same' });
  return {
    graph: {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: inChannels }, inputs: [] },
        { id: 'enlarged', operator: enlargement(stride), inputs: ['input'] },
        { id: 'output', operator: conv, inputs: ['enlarged'] },
      ],
    },
    parameters: {
      output: { weight: turnedWeights(transposed, values.weight).map((weight) => weight / area), bias: values.bias },
    },
  };
}
